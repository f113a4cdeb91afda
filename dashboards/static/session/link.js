// The address that holds everything: scenarios, world, quarter and how far the room has seen, compressed, with a checksum of its own.

import { seedOf } from "stage/model/seeds.js";
import { messages, text } from "stage/words/messages.js";

/** @typedef {import("stage/model/port.js").PageData} PageData */
/** @typedef {import("stage/session/store.js").State} State */
/** @typedef {{state: State, quarter: number, far: number, result: string | null, notices: string[]}} Opened  far: the last quarter that had been seen */

const MARK = "#s=";

async function through(bytes, stream) {
  return new Uint8Array(await new Response(new Blob([bytes]).stream().pipeThrough(stream)).arrayBuffer());
}

const toText = (bytes) => btoa(String.fromCharCode(...bytes)).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
const toBytes = (text) => Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (letter) => letter.charCodeAt(0));

function short(scenario, presets) {
  const preset = presets.find((each) => each.preset === scenario.preset);
  const kept = { ...scenario };
  for (const key of ["about", "source", "question", "title"]) if (preset && preset[key] === scenario[key]) delete kept[key];
  for (const key of ["parameters", "kinds", "partners"]) if (!Object.keys(kept[key]).length) delete kept[key];
  if (!kept.events.length) delete kept.events;
  return kept;
}

function whole(kept, presets) {
  const preset = presets.find((each) => each.preset === kept.preset) ?? {};
  const words = Object.fromEntries(["title", "question", "about", "source"].map((key) => [key, preset[key] ?? ""]));
  return { ...words, parameters: {}, kinds: {}, partners: {}, events: [], ...kept };
}

/**
 * The part of an address after #.
 * @param {{state: State, quarter: number, far: number, start: PageData, place: {hash: string}, result: string | null}} shown
 */
export async function written({ state, quarter, far, start, place, result }) {
  /** @type {Record<string, unknown>} */
  const kept = { v: start.version, h: start.source, p: place.hash.slice(0, 16), a: short(state.A, start.presets), s: state.seed, q: quarter, f: far, r: result };
  if (start.rules.hash) kept.u = start.rules.hash;
  if (state.B) Object.assign(kept, { b: short(state.B, start.presets), w: state.active });
  const packed = await through(new TextEncoder().encode(JSON.stringify(kept)), new CompressionStream("deflate"));
  return MARK + toText(packed);
}

/**
 * What an address holds; a message where it is damaged, null where there is nothing.
 * @param {string} hash
 * @param {PageData} start
 * @param {{hash: string, title: string}} place  the place that is shown
 * @returns {Promise<{opened?: Opened, damaged?: string} | null>}
 */
export async function read(hash, start, place = start.place) {
  if (!hash.startsWith(MARK)) return null;
  let kept, seed;
  try {
    kept = JSON.parse(new TextDecoder().decode(await through(toBytes(hash.slice(MARK.length)), new DecompressionStream("deflate"))));
    seed = seedOf(kept.s, start.largest_seed);
    if (!kept.a?.preset || seed === null || !Number.isInteger(kept.q)) throw new Error("parts are missing");
  } catch {
    return { damaged: messages.notices.damaged_link };
  }
  const notices = [];
  const other = kept.v !== start.version || kept.h !== start.source;
  if (other) notices.push(text(messages.notices.other_version, { version: kept.v }));
  if ((kept.u ?? "") !== start.rules.hash) notices.push(messages.notices.other_rules);
  if (kept.p !== place.hash.slice(0, 16)) notices.push(text(messages.notices.other_place, { place: place.title }));
  /** @type {State} */
  const state = { A: whole(kept.a, start.presets), B: kept.b ? whole(kept.b, start.presets) : null, active: kept.b ? kept.w ?? "A" : "A", seed };
  const within = (/** @type {unknown} */ quarter) => Math.max(0, Math.min(start.quarters - 1, Number.isInteger(quarter) ? Number(quarter) : 0));
  return { opened: { state, quarter: within(kept.q), far: Math.max(within(kept.f), within(kept.q)), result: other || notices.length ? null : kept.r, notices } };
}

// The address that holds everything: scenario, seed and quarter, compressed, with a checksum of its own.

import { messages, text } from "stage/words/messages.js";

/** @typedef {import("stage/model/port.js").PageData} PageData */
/** @typedef {import("stage/session/store.js").State} State */
/** @typedef {{state: State, quarter: number, result: string | null, notices: string[]}} Opened */

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
 * @param {{state: State, quarter: number, start: PageData, place: {hash: string}, result: string}} shown
 */
export async function written({ state, quarter, start, place, result }) {
  /** @type {Record<string, unknown>} */
  const kept = { v: start.version, h: start.source, p: place.hash.slice(0, 16), a: short(state.A, start.presets), s: state.seed, q: quarter, r: result };
  if (state.B) Object.assign(kept, { b: short(state.B, start.presets), w: state.active });
  const packed = await through(new TextEncoder().encode(JSON.stringify(kept)), new CompressionStream("deflate"));
  return MARK + toText(packed);
}

/**
 * What an address holds; a message where it is damaged, null where there is nothing.
 * @param {string} hash
 * @param {PageData} start
 * @returns {Promise<{opened?: Opened, damaged?: string} | null>}
 */
export async function read(hash, start) {
  if (!hash.startsWith(MARK)) return null;
  let kept;
  try {
    kept = JSON.parse(new TextDecoder().decode(await through(toBytes(hash.slice(MARK.length)), new DecompressionStream("deflate"))));
    if (!kept.a?.preset || !Number.isInteger(kept.s) || !Number.isInteger(kept.q)) throw new Error("parts are missing");
  } catch {
    return { damaged: messages.notices.damaged_link };
  }
  const notices = [];
  const other = kept.v !== start.version || kept.h !== start.source;
  if (other) notices.push(text(messages.notices.other_version, { version: kept.v }));
  if (kept.p !== start.place.hash.slice(0, 16)) notices.push(text(messages.notices.other_place, { place: start.place.title }));
  /** @type {State} */
  const state = { A: whole(kept.a, start.presets), B: kept.b ? whole(kept.b, start.presets) : null, active: kept.b ? kept.w ?? "A" : "A", seed: kept.s };
  return { opened: { state, quarter: Math.max(0, Math.min(start.quarters - 1, kept.q)), result: other || notices.length ? null : kept.r, notices } };
}

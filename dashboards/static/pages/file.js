// The stage as one file: everything it needs is in the page, and nothing is asked for.

import { compiledModel } from "stage/model/compiled.js";
import { sha256 } from "stage/model/sha256.js";
import { openStage } from "stage/pages/stage.js";
import { byId } from "stage/parts/dom.js";
import { messages, text } from "stage/words/messages.js";
import { toldReasons } from "stage/words/why.js";

const words = messages.file_page;

/** Why the page cannot run here, told in plain words. */
class Unable extends Error {}

/** @param {string} packed */
const bytesOf = (packed) => Uint8Array.from(atob(packed.trim()), (letter) => letter.charCodeAt(0));

/** @param {string} id */
function held(id) {
  try {
    return JSON.parse(byId(id).textContent);
  } catch {
    throw new Unable(words.damaged);
  }
}

/** @param {string} id */
async function unpacked(id) {
  try {
    return JSON.parse(await new Response(new Blob([bytesOf(byId(id).textContent)]).stream().pipeThrough(new DecompressionStream("deflate"))).text());
  } catch {
    throw new Unable(words.damaged);
  }
}

const NEEDED = ["WebAssembly", "Worker", "CompressionStream", "DecompressionStream", "structuredClone"];

async function begin() {
  if (!NEEDED.every((name) => name in globalThis)) throw new Unable(words.old_browser);
  const { data, more, module: { code, sha256: promised } } = { data: held("data"), more: await unpacked("held"), module: held("module") };
  let bytes;
  try {
    bytes = bytesOf(code);
  } catch {
    throw new Unable(words.damaged);
  }
  if (await sha256(bytes) !== promised) throw new Unable(words.damaged);
  if (!WebAssembly.validate(bytes)) throw new Unable(words.old_browser);
  const script = URL.createObjectURL(new Blob([byId("worker").textContent], { type: "text/javascript" }));
  await openStage(compiledModel(await WebAssembly.compile(bytes), data, more, script, toldReasons));
  byId("unable").hidden = true;
}

begin().catch((error) => {
  byId("unable").textContent = error instanceof Unable ? error.message : text(words.not_started, { trouble: error.message });
  byId("unable").hidden = false;
});

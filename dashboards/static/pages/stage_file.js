// The stage as one file: everything it needs is in the page. Behind a server, that reads a place from files, and does nothing else.

import { compiledModel } from "stage/model/compiled.js";
import { reader } from "stage/model/reading.js";
import { importer } from "stage/model/server.js";
import { sha256 } from "stage/model/sha256.js";
import { PageCopy, unpacked } from "stage/pages/page_copy.js";
import { openStage } from "stage/pages/stage.js";
import { byId } from "stage/parts/dom.js";
import { messages, text } from "stage/words/messages.js";
import { toldWayIn } from "stage/words/way_in.js";
import { toldReasons } from "stage/words/why.js";

const words = messages.file_page;

/** Why the page cannot run here, told in plain words. */
class Unable extends Error {}

/**
 * Something that the page holds; a part that cannot be read is damage.
 * @template Found
 * @param {() => Found | Promise<Found>} read
 */
async function held(read) {
  try {
    return await read();
  } catch {
    throw new Unable(words.damaged);
  }
}

const said = (id) => JSON.parse(byId(id).textContent);
const NEEDED = ["WebAssembly", "Worker", "CompressionStream", "DecompressionStream", "structuredClone"];

async function begin() {
  if (!NEEDED.every((name) => name in globalThis)) throw new Unable(words.old_browser);
  const copy = new PageCopy(document.documentElement), server = document.getElementById("server") ? await held(() => said("server")) : null;
  const data = await held(() => said("data")), more = await held(() => unpacked(byId("held").textContent)), { code, sha256: promised } = await held(() => said("module"));
  const bytes = await held(() => Uint8Array.from(atob(code), (letter) => letter.charCodeAt(0)));
  if (await sha256(bytes) !== promised) throw new Unable(words.damaged);
  if (!WebAssembly.validate(bytes)) throw new Unable(words.old_browser);
  const script = URL.createObjectURL(new Blob([await held(() => unpacked(byId("worker").textContent))], { type: "text/javascript" }));
  const model = compiledModel(await WebAssembly.compile(bytes), data, more, script, { reasons: toldReasons, wayIn: toldWayIn }, server ? importer(messages.notices) : reader(() => unpacked(byId("reading").textContent), words));
  await openStage(model, { copy, address: server?.address ?? "", brought: byId("brought").textContent.trim() });
  byId("unable").hidden = true;
}

begin().catch((error) => {
  byId("unable").textContent = error instanceof Unable ? error.message : text(words.not_started, { trouble: error.message });
  byId("unable").hidden = false;
});

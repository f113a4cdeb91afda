// A worker: answers what it is asked with the compiled model, one question after another.

import { AtWork } from "stage/model/at_work.js";

/** @type {AtWork | null} */
let work = null;
let asked = Promise.resolve();

/** @param {{ask: string, given: any[]}} question */
async function answer({ ask, given }) {
  if (ask === "open") work = new AtWork(given[0]);
  else return await /** @type {any} */ (work)[ask](...given);
}

/** The memory of an answer's arrays, which is handed over rather than copied. */
const handed = (found) => (ArrayBuffer.isView(found) ? [found.buffer] : found && typeof found === "object" ? Object.values(found).flatMap(handed) : []);

self.addEventListener("message", ({ data }) => {
  asked = asked.then(() => answer(data)).then((found) => self.postMessage({ id: data.id, found }, { transfer: handed(found) }), (error) => self.postMessage({ id: data.id, trouble: String(error?.message ?? error) }));
});

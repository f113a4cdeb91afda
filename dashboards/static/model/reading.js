// A place read from files by the page itself: in a worker of its own, whose script is unpacked when the first files come.

import { Trouble } from "stage/model/port.js";

/**
 * How a place is read from files.
 * @param {() => Promise<string>} script  of the worker
 * @param {{not_read: string}} words  where the reading itself fails
 * @returns {import("stage/model/port.js").ReadPlace}
 */
export function reader(script, { not_read: failed }) {
  /** @type {Promise<Worker> | null} */
  let made = null;
  const worker = () => (made ??= script().then((text) => new Worker(URL.createObjectURL(new Blob([text], { type: "text/javascript" })))));
  /** One question after another, so that an answer is that of the question. */
  let asked = /** @type {Promise<any>} */ (Promise.resolve());

  async function ask(files, maps) {
    const contents = await Promise.all(files.map(async (file) => ({ name: file.name, content: new Uint8Array(await file.arrayBuffer()) })));
    const reading = await worker();
    const answer = await new Promise((done) => {
      reading.onmessage = ({ data }) => done(data);
      reading.onerror = (event) => done({ trouble: event.message });
      reading.postMessage({ files: contents, maps }, { transfer: contents.map(({ content }) => content.buffer) });
    });
    if (answer.mistake !== undefined) throw new Trouble(answer.mistake);
    if (answer.trouble === undefined) return answer.found;
    console.error(answer.trouble);
    reading.terminate();
    made = null;
    throw new Trouble(failed);
  }

  return (files, maps) => (asked = asked.catch(() => null).then(() => ask(files, maps)));
}

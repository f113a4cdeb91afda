// A model that remembers its latest long answers: what a panel has shown need not be worked out again to be printed.

/** @typedef {import("stage/model/port.js").Model} Model */

const MOST = 8;

/**
 * The same model; `help` for what was asked lately answers at once. An answer that failed, or that whoever asked first let go, is asked for again.
 * @param {Model} model
 * @returns {Model}
 */
export function remembering(model) {
  /** @type {Map<string, Promise<import("stage/model/port.js").Help>>} */
  const kept = new Map();
  return {
    ...model,
    help: (request, quarter, heard) => {
      const key = JSON.stringify([request, quarter]);
      const known = kept.get(key);
      const ask = () => model.help(request, quarter, heard);
      if (known) return known.catch(ask);
      const asked = ask();
      kept.set(key, asked);
      asked.catch(() => kept.delete(key));
      if (kept.size > MOST) kept.delete([...kept.keys()][0]);
      return asked;
    },
  };
}

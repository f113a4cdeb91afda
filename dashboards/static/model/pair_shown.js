// A pair for the way in: the world that shows most, the first rows of its log that are told, and what its pictures say of both.

/** @typedef {import("stage/model/event_log.js").EventLog} EventLog */
/** @typedef {import("stage/model/event_log.js").Row} Row */

/** What is to be told: a row of this event and outcome, with numbers above these and columns below those. */
/** @typedef {{name: string, what: number, outcome?: number, above?: Record<string, number>, below?: Record<string, string>}} Telling */

/** @typedef {{seed: number, rows: {name: string, row: Row}[], partners: Record<string, number>[], ties: Record<string, number>[], measures: Record<string, number>[]}} PairShown  partners: in the first quarter; ties and measures by quarter */

/**
 * @param {(seed: number) => EventLog} logged
 * @param {number} worlds
 * @param {Telling[]} telling
 * @returns {PairShown}
 */
export function pairShown(logged, worlds, telling) {
  /** @type {PairShown | null} */
  let best = null;
  for (let seed = 1; seed <= worlds && (best?.rows.length ?? 0) < telling.length; seed += 1) {
    const log = logged(seed), columns = log.columns();
    const found = telling.flatMap(({ name, ...wanted }) => { const row = first(columns, log.rows, wanted); return row < 0 ? [] : [{ name, row }]; });
    if (best && found.length <= best.rows.length) continue;
    const rows = log.picked(found.map(({ row }) => row));
    best = { seed, rows: found.map(({ name }, k) => ({ name, row: rows[k] })), partners: log.pictured("partner").slice(0, 2), ties: log.pictured("tie"), measures: log.measured() };
  }
  return /** @type {PairShown} */ (best);
}

/**
 * The first row that is wanted, or −1.
 * @param {ReturnType<EventLog["columns"]>} columns
 * @param {number} rows
 * @param {Omit<Telling, "name">} wanted
 */
function first({ whole, other }, rows, { what, outcome, above = {}, below = {} }) {
  const wholeOf = (name, row) => whole[name][2 * row];
  for (let row = 0; row < rows; row += 1) {
    if (wholeOf("what", row) === what && (outcome === undefined || wholeOf("outcome", row) === outcome) && Object.entries(above).every(([name, least]) => wholeOf(name, row) > least)
      && Object.entries(below).every(([name, more]) => other[name][row] < other[more][row])) return row;
  }
  return -1;
}

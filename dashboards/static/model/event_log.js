// The log of a run, found by the compiled model in its pictures and offers, and the rows of it that tell why it goes no further.

/** @typedef {import("stage/model/engine.js").Engine} Engine */

/** What else is read of a run for its log, by name. @typedef {{marks: string[], spend: string}} LogReads  what comes from above among the place's numbers; what a tie's worth is told by */
/** A row: its place in the log, and its columns by name. @typedef {{row: number, whole: Record<string, number>, other: Record<string, number>, spend: number}} Row */
/** A reason as the model gives it. @typedef {{blocker: number, share: number, ties: number, stuck: boolean, rows: Row[]}} Found */

const WIDE = 8, SINGLE = 4;

export class EventLog {
  /**
   * A run with its log, which stands in the engine's memory until its next run.
   * @param {Engine} engine
   * @param {import("stage/model/engine.js").Wanted} wanted
   * @param {[number, number][]} timed  quarter, counted from 1, and number of the title of each event of the scenario
   * @param {number} quarters
   * @param {import("stage/model/engine.js").Reads & LogReads} reads
   */
  constructor(engine, wanted, timed, quarters, reads) {
    const { place: placed, offers: offered } = engine.descriptors, made = /** @type {Float64Array[]} */ ([]), above = /** @type {number[]} */ ([]);
    this.engine = engine;
    this.reads = reads;
    this.run = engine.record(wanted, quarters, reads, (table) => {
      made.push(engine.offers(table));
      above.push(...reads.marks.map((name) => engine.number("place", placed, name)));
    });
    const { table, partners, ties } = this.run, wide = offered.length, { log } = engine.descriptors;
    const whole = (numbers) => engine.numbers(BigInt64Array.from(numbers, BigInt)), many = made.map(({ length }) => length / wide);
    const offers = engine.room(made.reduce((sum, { byteLength }) => sum + byteLength, 0));
    made.reduce((at, each) => { engine.floats(at, each.length).set(each); return at + each.byteLength; }, offers);
    const given = [table, quarters, partners, ties, offers, many.reduce((sum, each) => sum + each, 0), whole(many), whole(above), whole(timed.flat()), timed.length];
    engine.entries.scratch_from(engine.free);
    this.rows = engine.entries.log_rows(...given, 0, engine.free, engine.free);
    this.whole = engine.room(log.whole.length * this.rows * WIDE);
    this.other = engine.room(log.other.length * this.rows * SINGLE);
    engine.entries.scratch_from(engine.free);
    engine.entries.log_rows(...given, this.rows, this.whole, this.other);
  }

  /** The columns by name. A whole number is the lower half of the 64 bits that it has in memory. */
  columns() {
    const { engine: { memory: { buffer }, descriptors: { log } }, rows } = this;
    const whole = log.whole.map((name, k) => [name, new Int32Array(buffer, this.whole + k * rows * WIDE, 2 * rows)]);
    const other = log.other.map((name, k) => [name, new Float32Array(buffer, this.other + k * rows * SINGLE, rows)]);
    return { whole: Object.fromEntries(whole), other: Object.fromEntries(other) };
  }

  /**
   * What weighs against going further at the end of a quarter.
   * @param {number} quarter  counted from 1
   * @returns {{reasons: Found[], measures: Float64Array}}
   */
  why(quarter) {
    const { engine, run: { table, ties, measures, wide }, rows } = this, { measures: measured, reasons: { columns, rows: first, most } } = engine.descriptors;
    const row = measures + (quarter - 1) * measured.length * WIDE, width = columns.length, out = engine.room(most * width * WIDE);
    engine.entries.scratch_from(engine.free);
    const many = engine.entries.reasons(table, quarter, ties + (quarter - 1) * wide[1] * SINGLE, row, rows, this.whole, this.other, out);
    const found = engine.floats(out, many * width).slice();
    const reasons = Array.from({ length: many }, (_, k) => {
      const [blocker, share, held, stuck] = found.subarray(k * width), told = [...found.subarray(k * width + first, (k + 1) * width)].filter((each) => each >= 0);
      return { blocker, share, ties: held, stuck: stuck > 0, rows: this.picked(told) };
    });
    return { reasons, measures: engine.floats(row, measured.length).slice() };
  }

  /**
   * The pictures of partners or ties as records, quarter by quarter.
   * @param {"partner" | "tie"} what
   */
  pictured(what) {
    const { engine: { descriptors: { pictures }, memory: { buffer } }, run: { partners, ties, wide, quarters } } = this, { names } = pictures[what], [at, each] = what === "tie" ? [ties, wide[1]] : [partners, wide[0]];
    return records(new Float32Array(buffer, at, each * quarters), names);
  }

  /** The measures by name, quarter by quarter. */
  measured() {
    const { engine, run: { measures, quarters } } = this, names = engine.descriptors.measures;
    return records(engine.floats(measures, names.length * quarters), names);
  }

  /** @param {number[]} rows */
  picked(rows) {
    const { whole, other } = this.columns(), { tie_facts: facts } = this.engine.descriptors, at = facts.indexOf(this.reads.spend), of = (columns, k) => Object.fromEntries(Object.entries(columns).map(([name, column]) => [name, column[k]]));
    const spends = this.engine.floats(this.engine.at.tie_fact, /** @type {any} */ (this.engine.place).ties * facts.length);
    return rows.map((row) => ({ row, whole: of(whole, 2 * row), other: of(other, row), spend: whole.tie[2 * row] < 0 ? 0 : spends[whole.tie[2 * row] * facts.length + at] }));
  }
}

/**
 * Numbers that lie one after another, as records.
 * @param {ArrayLike<number>} numbers
 * @param {string[]} names
 * @returns {Record<string, number>[]}
 */
const records = (numbers, names) => Array.from({ length: numbers.length / names.length }, (_, k) => Object.fromEntries(names.map((name, j) => [name, numbers[k * names.length + j]])));

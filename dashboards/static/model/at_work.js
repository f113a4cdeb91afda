// What a worker does with the compiled model: whole runs for the page, the same settings in many worlds, one change in many worlds.

import { Engine } from "stage/model/engine.js";
import { EventLog } from "stage/model/event_log.js";
import { sha256 } from "stage/model/sha256.js";
import { logRows, numberRows } from "stage/model/taken_away.js";

/** @typedef {import("stage/model/engine.js").Descriptors} Descriptors */
/** @typedef {import("stage/model/engine.js").PlaceArrays} PlaceArrays */
/** @typedef {import("stage/model/engine.js").Wanted} Wanted */

/**
 * How the numbers of a picture become columns of the page: a field in 256 steps over a range; trust, of two fields; whether a tie counts as one.
 * @typedef {{partner: Ranged[], tie: Ranged[], trust: Record<string, [string, string]>, joined: {name: string, field: string}, reads: import("stage/model/engine.js").Reads & import("stage/model/event_log.js").LogReads}} Columns
 * @typedef {{name: string, low: number, high: number}} Ranged
 */

/** What a worker is given first. @typedef {{module: WebAssembly.Module, descriptors: Descriptors, columns: Columns, places: Record<string, PlaceArrays>, quarters: number}} Tools  places by hash */

const RESULT = 16, WIDE = 8;

export class AtWork {
  /** @param {Tools} tools */
  constructor({ module, descriptors, columns, places, quarters }) {
    this.engine = new Engine(new WebAssembly.Instance(module), descriptors);
    this.descriptors = descriptors;
    this.columns = columns;
    this.places = places;
    this.quarters = quarters;
    /** @type {{key: string, kept: Uint8Array} | null} The beginning that was played last. */
    this.played = null;
  }

  /**
   * A whole run, as the page draws it, but for what only the page knows of it.
   * @param {string} hash  of the place
   * @param {Wanted} wanted
   */
  async run(hash, wanted) {
    const { engine, descriptors, quarters } = this, place = this.places[hash];
    engine.use(place);
    const run = engine.record(wanted, quarters, this.columns.reads), width = descriptors.measures.length, { regime, times } = engine.ending(run, wanted.settings);
    const told = { partner: this.drawn("partner", run.partners, place.partners), tie: { ...this.drawn("tie", run.ties, place.ties), ...this.joined(run, place.ties) } };
    const result = await this.result(run, width);
    return { ...told, measures: Float32Array.from(engine.floats(run.measures, quarters * width)), width, quarters, header: { quarters, result, regime, times: named(times), elections: run.elections } };
  }

  /** The columns of partners or ties, from their pictures at an address. */
  drawn(what, at, items) {
    const { names } = this.descriptors.pictures[what], field = (name) => names.indexOf(name);
    return Object.fromEntries(this.columns[what].map(({ name, low, high }) => {
      const [one, other] = what === "tie" && name in this.columns.trust ? this.columns.trust[name].map(field) : [field(name), -1];
      const values = this.bytes(items, (out, many) => this.engine.entries.column(at, names.length, one, other, low, high, many, out));
      return [name, { values, low, scale: (high - low) / 255, count: items }];
    }));
  }

  joined(run, items) {
    const { names } = this.descriptors.pictures.tie, { name, field } = this.columns.joined, row = run.wide[1] * 4;
    const values = this.bytes(items, (out) => run.seamless.forEach((least, quarter) => this.engine.entries.column_reaches(run.ties + quarter * row, names.length, names.indexOf(field), least, items, out + quarter * items)));
    return { [name]: { values, low: 0, scale: 1, count: items } };
  }

  /** A byte for each item and quarter, filled by an entry. */
  bytes(items, fill) {
    const { engine } = this, before = engine.free, many = items * this.quarters, out = engine.room(many);
    engine.entries.scratch_from(engine.free);
    fill(out, many);
    const found = new Uint8Array(engine.memory.buffer, out, many).slice();
    engine.free = before;
    return found;
  }

  /** The hash by which a run is known: its measures, partners and ties, to the last bit. */
  async result({ measures, partners, ties, wide, quarters }, width) {
    const { buffer } = this.engine.memory, parts = [[measures, width * WIDE], [partners, wide[0] * 4], [ties, wide[1] * 4]].map(([at, row]) => new Uint8Array(buffer, at, row * quarters));
    const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
    parts.reduce((at, part) => { whole.set(part, at); return at + part.length; }, 0);
    return (await sha256(whole)).slice(0, RESULT);
  }

  /** The log of a run. */
  logged(hash, wanted, timed) {
    const { engine, quarters, columns: { reads } } = this;
    engine.use(this.places[hash]);
    return new EventLog(engine, wanted, timed, quarters, reads);
  }

  /**
   * What weighs against going further at the end of a quarter, counted from 1.
   * @param {string} hash  of the place
   * @param {Wanted} wanted
   * @param {[number, number][]} timed  quarter, counted from 1, and number of the title of each event of the scenario
   * @param {number} quarter
   */
  why(hash, wanted, timed, quarter) {
    return this.logged(hash, wanted, timed).why(quarter);
  }

  /**
   * The rows of a side's event log as CSV.
   * @param {string} hash  of the place
   * @param {Wanted} wanted
   * @param {[number, number][]} timed
   * @param {{side: string, titles: string[], files: import("stage/model/taken_away.js").Files}} told
   */
  eventLog(hash, wanted, timed, { side, titles, files }) {
    return logRows(files, side, this.logged(hash, wanted, timed), this.places[hash].ids, titles);
  }

  /**
   * The rows of a side's numbers as CSV, and the hash of its result.
   * @param {string} hash  of the place
   * @param {Wanted} wanted
   * @param {string} side
   */
  async numbers(hash, wanted, side) {
    const { engine, quarters, columns: { reads }, descriptors: { measures: { length: width } } } = this;
    engine.use(this.places[hash]);
    const run = engine.record(wanted, quarters, reads);
    return { rows: numberRows(side, engine.floats(run.measures, quarters * width), width), result: await this.result(run, width) };
  }

  /**
   * The same settings in these worlds: where each ended, and its series of some measures, float64 [world][measure][quarter].
   * @param {string} hash  of the place
   * @param {Wanted} wanted  its seed is not used
   * @param {number[]} seeds
   * @param {string[]} shown
   */
  worlds(hash, wanted, seeds, shown) {
    const { engine, quarters } = this, { measures } = this.descriptors, index = shown.map((code) => measures.indexOf(code));
    engine.use(this.places[hash]);
    const regimes = /** @type {string[]} */ ([]), series = new Float64Array(seeds.length * shown.length * quarters);
    seeds.forEach((seed, k) => {
      const run = engine.measured({ ...wanted, seed }, quarters);
      index.forEach((m, j) => { for (let q = 0; q < quarters; q += 1) series[(k * shown.length + j) * quarters + q] = run.series[q * measures.length + m]; });
      regimes.push(engine.ending(run, wanted.settings).regime);
    });
    return { regimes, series };
  }

  /**
   * One run up to a quarter, then these changes in force in worlds with luck of their own: how each ends, in one measure.
   * @param {string} hash  of the place
   * @param {Wanted} wanted
   * @param {{key: string, quarter: number, changes: import("stage/model/engine.js").BoundEvent["calls"], seeds: number[], measure: string}} branch  key: tells what was played up to the quarter
   */
  branches(hash, { settings, events, seed }, { key, quarter, changes, seeds, measure }) {
    const { engine, quarters } = this, { measures: codes } = this.descriptors;
    engine.use(this.places[hash]);
    const table = engine.begin(settings, seed), measures = engine.room(quarters * codes.length * WIDE);
    if (this.played?.key === key) engine.restore(this.played.kept);
    else {
      engine.play(table, { from: 0, to: quarter, events, measures });
      this.played = { key, kept: engine.kept() };
    }
    engine.happen(table, { quarter, calls: changes });
    const changed = engine.kept();
    return seeds.map((each) => {
      engine.restore(changed);
      engine.reseed(each);
      engine.play(table, { from: quarter, to: quarters, events, measures });
      return engine.floats(measures, quarters * codes.length)[(quarters - 1) * codes.length + codes.indexOf(measure)];
    });
  }
}

/** Times by the page's names; null where it did not come to that. */
const named = (times) => Object.fromEntries(Object.entries(times).map(([name, time]) => [name.replace("time_to_", ""), Number.isNaN(time) ? null : time]));

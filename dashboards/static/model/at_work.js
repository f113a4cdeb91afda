// What a worker does with the compiled model: whole runs for the page, the same settings in many worlds, one change in many worlds.

import { Engine } from "stage/model/engine.js";
import { EventLog } from "stage/model/event_log.js";
import { pairShown } from "stage/model/pair_shown.js";
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

/** @typedef {ReturnType<Engine["record"]>} Recorded */

const RESULT = 16, WIDE = 8, SINGLE = 4;

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

  /** These places from now on, by hash. @param {Record<string, PlaceArrays>} places */
  take(places) {
    this.places = places;
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
    const result = this.result(run);
    const told = { partner: this.drawn("partner", run, place.partners), tie: { ...this.drawn("tie", run, place.ties), ...this.joined(run, place.ties) } };
    return { ...told, measures: Float32Array.from(engine.floats(run.measures, quarters * width)), width, quarters, header: { quarters, result: await result, regime, times: named(times), elections: run.elections } };
  }

  /**
   * The columns of partners or ties, from their pictures.
   * @param {"partner" | "tie"} what
   * @param {Recorded} run
   * @param {number} items
   */
  drawn(what, run, items) {
    const { names } = this.descriptors.pictures[what], field = (name) => names.indexOf(name), kept = this.columns[what];
    const columns = kept.map(({ name, low, high }) => [...(what === "tie" && name in this.columns.trust ? this.columns.trust[name].map(field) : [field(name), -1]), low, high]);
    const values = this.bytes(items, columns.length, run[what === "tie" ? "ties" : "partners"], names.length, (at, k, out) => {
      const [one, other, low, high] = columns[k];
      this.engine.entries.column(at, names.length, one, other, low, high, items, out);
    });
    return Object.fromEntries(kept.map(({ name, low, high }, k) => [name, { values: values[k], low, scale: (high - low) / 255, count: items }]));
  }

  /**
   * Which ties count as one service.
   * @param {Recorded} run
   * @param {number} items
   */
  joined(run, items) {
    const { names } = this.descriptors.pictures.tie, { name, field } = this.columns.joined;
    const [values] = this.bytes(items, 1, run.ties, names.length, (at, _, out, quarter) => this.engine.entries.column_reaches(at, names.length, names.indexOf(field), run.seamless[quarter], items, out));
    return { [name]: { values, low: 0, scale: 1, count: items } };
  }

  /**
   * A byte for each item and quarter of so many columns, filled by an entry: quarter by quarter, so that a picture is read while it is at hand.
   * @param {number} items
   * @param {number} columns
   * @param {number} pictures  their address
   * @param {number} width  numbers of an item in a picture
   * @param {(picture: number, column: number, out: number, quarter: number) => void} fill
   */
  bytes(items, columns, pictures, width, fill) {
    const { engine, quarters } = this, before = engine.free, many = items * quarters, outs = Array.from({ length: columns }, () => engine.space(many));
    engine.entries.scratch_from(engine.free);
    for (let quarter = 0; quarter < quarters; quarter += 1) outs.forEach((out, k) => fill(pictures + quarter * items * width * SINGLE, k, out + quarter * items, quarter));
    engine.free = before;
    return outs.map((out) => new Uint8Array(engine.memory.buffer, out, many).slice());
  }

  /**
   * The hash by which a run is known: its measures, partners and ties, to the last bit.
   * @param {Recorded} run
   */
  async result({ measures, bytes }) {
    return (await sha256(new Uint8Array(this.engine.memory.buffer, measures, bytes))).slice(0, RESULT);
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
   * What a pair shows: its run in the first of so many worlds in which all that is to be told comes about, or in that with most of it.
   * @param {string} hash  of the place
   * @param {Wanted} wanted  its seed is not used
   * @param {number} worlds
   * @param {import("stage/model/pair_shown.js").Telling[]} telling
   */
  pair(hash, wanted, worlds, telling) {
    return pairShown((seed) => this.logged(hash, { ...wanted, seed }, []), worlds, telling);
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
    return { rows: numberRows(side, engine.floats(run.measures, quarters * width), width), result: await this.result(run) };
  }

  /**
   * The same settings in these worlds: where each ended, and its series of some measures, float64 [world][measure][quarter].
   * @param {string} hash  of the place
   * @param {Wanted} wanted  its seed is not used
   * @param {import("stage/model/port.js").Seed[]} seeds
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
   * By how much the second of two scenarios ends above the first in each of these worlds, in one measure.
   * @param {string} hash  of the place
   * @param {Wanted[]} pair  their seeds are not used
   * @param {import("stage/model/port.js").Seed[]} seeds
   * @param {string} measure
   */
  contrasts(hash, pair, seeds, measure) {
    const { engine, quarters } = this, { measures } = this.descriptors, last = (quarters - 1) * measures.length + measures.indexOf(measure);
    engine.use(this.places[hash]);
    return seeds.map((seed) => {
      const [one, other] = pair.map((wanted) => engine.measured({ ...wanted, seed }, quarters).series[last]);
      return other - one;
    });
  }

  /**
   * One run up to a quarter, then these changes in force in worlds with luck of their own: how each ends, in one measure.
   * @param {string} hash  of the place
   * @param {Wanted} wanted
   * @param {{key: string, quarter: number, changes: import("stage/model/engine.js").BoundEvent["calls"], seeds: import("stage/model/port.js").Seed[], measure: string}} branch  key: tells what was played up to the quarter
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

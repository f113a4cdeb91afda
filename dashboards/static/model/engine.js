// The compiled model in memory: lays out a run, calls the module's entries, reads what they left. Nothing of the model stands here.

/**
 * What is drawn from the model's declarations (`incentive_abm.browser.descriptors`).
 * @typedef {object} Descriptors
 * @property {string[]} arrays  of a run, in the order of its table
 * @property {string[]} changing  those that change within a run
 * @property {Record<"place" | "partner" | "start", string[]>} settings
 * @property {Record<string, {scope: string, default: number, written: string, low: number, high: number, choices: string[]}>} parameters
 * @property {string[]} limits
 * @property {string[]} ending
 * @property {string[]} regimes
 * @property {string[]} kinds
 * @property {string[]} backgrounds
 * @property {string[]} place  the place's own numbers
 * @property {Record<"reversal" | "reorganisation", number>} forced
 * @property {string[]} measures
 * @property {string[]} tie_facts
 * @property {string[]} offers
 * @property {{whole: string[], other: string[]}} log  the columns of its rows
 * @property {{columns: string[], rows: number, most: number}} reasons  of one: its columns, where its rows begin; how many are told
 * @property {Record<"partner" | "tie", {names: string[], fields: number[]}>} pictures
 */

/**
 * A place as the compiled model reads it (`place_arrays`), its arrays in base64.
 * @typedef {{partners: number, ties: number, ids: string[], kind: number[], sizes: Record<string, number>, fixed: Record<string, string>, given: Record<string, string>}} PlaceArrays
 */

/** @typedef {Record<string, (...numbers: number[]) => number>} Entries */
/** @typedef {{place: Float64Array, partner: Float64Array, start: Float64Array, limits: Float64Array}} Settings */
/** @typedef {{quarter: number, calls: [string, ...number[]][]}} BoundEvent  entries to call, with what they take besides the table */
/** @typedef {import("stage/model/port.js").Seed} Seed */
/** @typedef {{settings: Settings, events: BoundEvent[], seed: Seed}} Wanted  what a run is made of */
/** @typedef {{election: string, least: string}} Reads  the place's number that is 0 in the quarter of an election, and its setting that a tie must reach to count as one */
/** @typedef {{regime: string, times: Record<string, number>}} Ending */

const WIDE = 8, SINGLE = 4, ALIGNED = 16, PAGE = 65536;

/** @param {string} packed */
const bytesOf = (packed) => Uint8Array.from(atob(packed), (letter) => letter.charCodeAt(0));

export class Engine {
  /**
   * @param {WebAssembly.Instance} instance
   * @param {Descriptors} descriptors
   */
  constructor(instance, descriptors) {
    const { memory, __heap_base: base } = /** @type {any} */ (instance.exports);
    this.memory = /** @type {WebAssembly.Memory} */ (memory);
    this.entries = /** @type {Entries} */ (/** @type {unknown} */ (instance.exports));
    this.descriptors = descriptors;
    this.bottom = /** @type {number} */ (base.value);
    this.free = this.bottom;
    this.first = this.bottom;
    /** @type {PlaceArrays | null} */
    this.place = null;
    /** @type {Record<string, number>} */
    this.at = {};
    /** @type {Record<string, number>} */
    this.given = {};
  }

  /**
   * Room for so many bytes, set to nothing.
   * @param {number} bytes
   */
  room(bytes) {
    const at = this.space(bytes);
    new Uint8Array(this.memory.buffer, at, this.free - at).fill(0);
    return at;
  }

  /**
   * The same, for what is written before it is read.
   * @param {number} bytes
   */
  space(bytes) {
    const at = this.free, end = at + Math.ceil(bytes / ALIGNED) * ALIGNED, missing = end - this.memory.buffer.byteLength;
    if (missing > 0) this.memory.grow(Math.ceil(missing / PAGE));
    this.free = end;
    return at;
  }

  /** @param {Uint8Array} bytes */
  put(bytes) {
    const at = this.space(bytes.byteLength);
    new Uint8Array(this.memory.buffer, at, bytes.byteLength).set(bytes);
    return at;
  }

  /** @param {Float64Array | Uint32Array | BigUint64Array | BigInt64Array} numbers */
  numbers(numbers) {
    return this.put(new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength));
  }

  /**
   * @param {number} at
   * @param {number} many
   */
  floats(at, many) {
    return new Float64Array(this.memory.buffer, at, many);
  }

  /**
   * Runs from now on are of this place.
   * @param {PlaceArrays} place
   */
  use(place) {
    if (this.place === place) return;
    this.place = place;
    this.free = this.bottom;
    this.at = {};
    for (const [name, packed] of Object.entries(place.fixed)) this.at[name] = this.put(bytesOf(packed));
    this.given = Object.fromEntries(Object.entries(place.given).map(([name, packed]) => [name, this.put(bytesOf(packed))]));
    const { partner, tie } = this.descriptors.pictures;
    this.fields = [partner, tie].map(({ fields }) => this.numbers(BigInt64Array.from(fields, BigInt)));
    this.first = this.free;
  }

  /**
   * The state before the first quarter: the address of its table. What an earlier run left is gone.
   * @param {Settings} settings
   * @param {Seed} seed
   */
  begin(settings, seed) {
    const place = /** @type {PlaceArrays} */ (this.place), { arrays, changing } = this.descriptors;
    this.free = this.first;
    const written = { partner_setting: settings.partner, policy_setting: settings.partner, place_setting: settings.place, start_setting: settings.start, seed: BigUint64Array.of(BigInt(seed)) };
    for (const name of changing) this.at[name] = name in written ? this.numbers(written[name]) : this.room(place.sizes[name] * WIDE);
    const table = this.numbers(Uint32Array.of(...arrays.map((name) => this.at[name]), place.partners, place.ties));
    this.entries.scratch_from(this.free);
    this.entries.begin(table, ...Object.values(this.given));
    return table;
  }

  /**
   * Play quarters of the run at a table, with its events; `heard` after each.
   * @param {number} table
   * @param {{from: number, to: number, events: BoundEvent[], measures: number}} span  measures: where those of quarter 0 would stand
   * @param {(quarter: number) => void} [heard]
   */
  play(table, { from, to, events, measures }, heard) {
    const row = this.descriptors.measures.length * WIDE;
    this.entries.scratch_from(this.free);
    for (let quarter = from; quarter < to; quarter += 1) {
      for (const event of events) if (event.quarter === quarter) this.happen(table, event);
      this.entries.advance(table, quarter, quarter + 1, measures + quarter * row);
      heard?.(quarter);
    }
  }

  /**
   * @param {number} table
   * @param {BoundEvent} event
   */
  happen(table, { calls }) {
    for (const [entry, ...numbers] of calls) this.entries[entry](table, ...numbers);
  }

  /**
   * One run with its pictures: where its measures and pictures stand, one after another, until the next run, and two numbers of each quarter.
   * @param {Wanted} wanted
   * @param {number} quarters
   * @param {Reads} reads
   * @param {(table: number) => void} [heard]  after each quarter
   */
  record({ settings, events, seed }, quarters, reads, heard) {
    const place = /** @type {PlaceArrays} */ (this.place), { measures: measured, pictures: kept } = this.descriptors;
    const table = this.begin(settings, seed), wide = [place.partners * kept.partner.names.length, place.ties * kept.tie.names.length];
    const sizes = [measured.length * WIDE, wide[0] * SINGLE, wide[1] * SINGLE].map((row) => row * quarters), bytes = sizes.reduce((sum, size) => sum + size);
    const measures = this.space(bytes), partners = measures + sizes[0], ties = partners + sizes[1];
    /** @type {number[]} */
    const elections = [], seamless = /** @type {number[]} */ ([]), fields = /** @type {number[]} */ (this.fields);
    this.play(table, { from: 0, to: quarters, events, measures }, (quarter) => {
      this.entries.picture(table, ...fields, partners + quarter * wide[0] * SINGLE, ties + quarter * wide[1] * SINGLE);
      if (this.number("place", this.descriptors.place, reads.election) === 0) elections.push(quarter);
      seamless.push(this.number("place_setting", this.descriptors.settings.place, reads.least));
      heard?.(table);
    });
    return { table, measures, partners, ties, bytes, wide, quarters, elections, seamless };
  }

  /**
   * One number of the run that was played last.
   * @param {string} array
   * @param {string[]} names
   * @param {string} name
   */
  number(array, names, name) {
    return this.floats(this.at[array], names.length)[names.indexOf(name)];
  }

  /**
   * The measures of one run, without pictures: float64 [quarters][measures].
   * @param {Wanted} wanted
   * @param {number} quarters
   */
  measured({ settings, events, seed }, quarters) {
    const table = this.begin(settings, seed), wide = quarters * this.descriptors.measures.length, measures = this.room(wide * WIDE);
    this.play(table, { from: 0, to: quarters, events, measures });
    return { measures, quarters, series: this.floats(measures, wide) };
  }

  /** Everything that changes of the run at hand, to be put back by `restore`. */
  kept() {
    return new Uint8Array(this.memory.buffer, this.first, this.free - this.first).slice();
  }

  /** @param {Uint8Array} kept */
  restore(kept) {
    new Uint8Array(this.memory.buffer, this.first, kept.byteLength).set(kept);
  }

  /**
   * Other luck from here on.
   * @param {Seed} seed
   */
  reseed(seed) {
    new BigUint64Array(this.memory.buffer, this.at.seed, 1)[0] = BigInt(seed);
  }

  /**
   * What became of a run, from its measures.
   * @param {{measures: number, quarters: number}} run
   * @param {Settings} settings
   * @returns {Ending}
   */
  ending({ measures, quarters }, settings) {
    const { ending, regimes } = this.descriptors, before = this.free;
    const limits = this.numbers(settings.limits), out = this.room(ending.length * WIDE);
    this.entries.scratch_from(this.free);
    this.entries.ending(measures, quarters, limits, out);
    const [regime, ...times] = this.floats(out, ending.length);
    this.free = before;
    return { regime: regimes[regime], times: Object.fromEntries(times.map((time, k) => [ending[k + 1], time])) };
  }

  /**
   * Every offer of the quarter that a table's run has just played: rows of `descriptors.offers`.
   * @param {number} table
   */
  offers(table) {
    const many = this.entries.offers(table), wide = this.descriptors.offers.length, before = this.free;
    const out = this.room(many * wide * WIDE);
    this.entries.scratch_from(this.free);
    this.entries.offers_made(table, many, out);
    const found = this.floats(out, many * wide).slice();
    this.free = before;
    return found;
  }
}

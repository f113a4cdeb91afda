// One table of a TOML file: its keys and values checked, and what is wrong told with the file, the table and the key.

import { Wrong, filled, nearest, quoted } from "stage/model/faults.js";

/** @typedef {import("stage/model/faults.js").Telling} Telling */

const isTable = (value) => typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof Date);

export class FileTable {
  /**
   * @param {Record<string, unknown>} values
   * @param {string} where  how messages call the table
   * @param {Telling} telling
   * @param {number[]} at  its place in the file
   */
  constructor(values, where, telling, at = []) {
    this.values = values;
    this.where = where;
    this.telling = telling;
    this.at = at;
  }

  get keys() {
    return Object.keys(this.values);
  }

  has(key) {
    return Object.hasOwn(this.values, key);
  }

  /** The place of a key in the file; of one that is not given, the table's beginning. */
  position(key) {
    return [...this.at, this.keys.indexOf(key) + 1];
  }

  said(name, places = {}) {
    return filled(this.telling.faults[name], places);
  }

  quoted(value) {
    return quoted(value, this.telling);
  }

  /** What is wrong under a key, to be thrown; one cause may repeat in other tables. */
  mistake(told, key = "", cause = "") {
    return new Wrong([{ told: `${this.where}: ${told}`, at: this.position(key), cause, spot: this.where.slice(this.where.lastIndexOf(": ") + 2) }]);
  }

  /** Refuse every key that is not known; `neighbours` answers the words of other tools with ours. */
  only(known, neighbours) {
    const found = this.keys.filter((key) => !known.includes(key)).flatMap((key) => {
      const name = this.quoted(key);
      const told = Object.hasOwn(neighbours, key) ? this.said("key.of_other_tools", { key: name, ours: neighbours[key] }) : this.said("key.unknown", { key: name, hint: nearest(key, known, this.telling), known: known.join(", ") });
      return this.mistake(told, key, told).found;
    });
    if (found.length) throw new Wrong(found);
  }

  /** A table, or an empty one where it is not given. */
  table(key, shown = key) {
    const value = this.has(key) ? this.values[key] : {};
    if (!isTable(value)) throw this.mistake(this.said("key.no_table", { key, value: this.quoted(value) }), key);
    const inner = this.where.includes(": [") ? `${this.where.slice(0, -1)}.${shown}]` : `${this.where}: [${shown}]`;
    return new FileTable(/** @type {Record<string, unknown>} */ (value), inner, this.telling, this.position(key));
  }

  /** The tables of a list written as [[key]], or none. */
  tables(key, one) {
    const value = this.has(key) ? this.values[key] : [];
    if (!Array.isArray(value) || !value.every(isTable)) throw this.mistake(this.said("key.no_tables", { key, one }), key);
    return value.map((each, k) => new FileTable(each, `${this.where}: [[${key}]] ${k + 1}`, this.telling, [...this.position(key), k + 1]));
  }

  /** A text, or "" where it is not given. */
  text(key) {
    const value = this.has(key) ? this.values[key] : "";
    if (typeof value !== "string") throw this.mistake(this.said("key.no_text", { key, value: this.quoted(value) }), key);
    return value.trim();
  }

  /** A finite number, or undefined where it is not given. */
  number(key) {
    if (!this.has(key)) return undefined;
    const value = this.values[key], number = typeof value === "bigint" ? Number(value) : value;
    if (typeof number !== "number" || !Number.isFinite(number)) throw this.mistake(this.said("key.no_number", { key, value: this.quoted(value) }), key);
    return number;
  }

  /** A whole number from 0, which must be given. */
  whole(key) {
    const value = this.values[key];
    if (typeof value === "bigint" && value >= 0n) return Number(value);
    throw this.mistake(this.has(key) ? this.said("key.no_whole_number", { key, value: this.quoted(value), low: 0 }) : this.said("key.no_whole_number_at_all", { key, low: 0 }), key);
  }

  /** One of a closed set of words; undefined where it is not given. */
  choice(key, words) {
    return this.has(key) ? this.member(key, this.values[key], words) : undefined;
  }

  /** A value under a key as one of a closed set of words. */
  member(key, value, words) {
    if (typeof value === "string" && words.includes(value)) return value;
    throw this.mistake(this.said("no_choice", { name: key, value: this.quoted(value), words: words.join(", "), hint: nearest(typeof value === "string" ? value : this.quoted(value), words, this.telling) }), key);
  }
}

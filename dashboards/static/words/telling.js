// Rows of a run's log in words, as the model declares (`incentive_abm/words/telling/rows.toml`): which message tells a row, and
// what fills its places. The declaration says how it is read; Python reads the same in `results/stories/telling.py`.

import { toldNumber } from "stage/words/number_forms.js";

/** @typedef {import("stage/model/event_log.js").Row} Row */
/** @typedef {string | any[]} Filling */
/** @typedef {{if?: Record<string, any>, say?: string, fill?: Filling, with?: Record<string, Filling>}} Case */

/**
 * What the model declares of its words: messages by id, tellings, number forms, the words that columns hold, the obstacles'
 * labels, and what worth 1 is of a tie's spending.
 * @typedef {{messages: Record<string, string>, rows: Record<string, Case[]>, numbers: import("stage/words/number_forms.js").Forms, codes: Record<string, string[]>, obstacles: string[], worth_of_spend: number}} ModelWords
 */

export class Telling {
  /**
   * @param {ModelWords} words
   * @param {string[]} labels  of the place's partners
   * @param {string[]} titles  of the scenario's events
   */
  constructor(words, labels, titles) {
    this.words = words;
    this.labels = labels;
    this.titles = titles;
    /** @type {Record<string, (row: Row, ...given: string[]) => string>} */
    this.forms = {
      name: (row, column) => labels[row.whole[column]],
      earlier: (row, one, other) => labels[Math.min(row.whole[one], row.whole[other])],
      later: (row, one, other) => labels[Math.max(row.whole[one], row.whole[other])],
      title: (row, column) => capitalised(titles[row.whole[column]]),
      label: (row, column) => words.obstacles[row.whole[column]],
      whole: (row, column) => String(row.whole[column]),
      count: (row, what, column) => this.counted(`numbers.count.${what}`, row.whole[column]),
      say: (_, message) => this.said(message, {}),
      tell: (row, telling) => this.told(row, telling),
      worth: (row, column) => this.number("pounds", row.other[column] * words.worth_of_spend * row.spend),
    };
  }

  /**
   * A row as a sentence.
   * @param {Row} row
   */
  sentence(row) {
    return this.told(row, this.word(row, "what"));
  }

  /**
   * @param {Row} row
   * @param {string} telling
   * @returns {string}
   */
  told(row, telling) {
    const found = this.words.rows[telling].find(({ if: conditions = {} }) => Object.entries(conditions).every(([column, wanted]) => this.holds(row, column, wanted)));
    const { say = "", fill, with: places = {} } = /** @type {Case} */ (found);
    if (fill !== undefined) return this.filled(row, fill);
    const message = say.replaceAll(PLACE, (_, column) => this.word(row, column));
    return this.said(message, Object.fromEntries(Object.entries(places).map(([place, filling]) => [place, this.filled(row, filling)])));
  }

  /**
   * @param {Row} row
   * @param {Filling} filling
   * @returns {string}
   */
  filled(row, filling) {
    if (typeof filling !== "string") return this.joined(filling.map((each) => this.filled(row, each)).filter(Boolean));
    const [form, ...given] = filling.split(" "), known = this.forms[form];
    return known ? known(row, ...given) : this.number(form, numberOf(row, given[0]));
  }

  holds(row, column, wanted) {
    if (column === "alike") return this.filled(row, wanted[0]) === this.filled(row, wanted[1]);
    if (Array.isArray(wanted)) return wanted.includes(this.word(row, column));
    const number = numberOf(row, column);
    return number >= (wanted.least ?? number) && (wanted.above === undefined || number > wanted.above);
  }

  /** The word that a column's number stands for, empty for none. */
  word(row, column) {
    return this.words.codes[column][row.whole[column]] ?? "";
  }

  number(form, number) {
    return toldNumber(this.words.numbers, form, number, (message, places) => this.said(message, places));
  }

  counted(message, number) {
    return this.said(`${message}.${number === 1 ? "one" : "many"}`, { number: number.toLocaleString("en-GB") });
  }

  /** a, b and c */
  joined(parts) {
    return parts.length < 2 ? parts.join("") : this.said("numbers.list", { most: parts.slice(0, -1).join(", "), last: parts.at(-1) });
  }

  /**
   * A message with its places filled; throws for a place that is not given.
   * @param {string} message
   * @param {Record<string, string>} places
   */
  said(message, places) {
    return this.words.messages[message].replaceAll(PLACE, (_, place) => {
      if (!(place in places)) throw new Error(`${message} needs ${place}`);
      return places[place];
    });
  }
}

const PLACE = /\{(\w+)[^}]*\}/g;

const numberOf = (row, column) => row.whole[column] ?? row.other[column] ?? Number(column);

const capitalised = (/** @type {string} */ title) => title.slice(0, 1).toUpperCase() + title.slice(1);

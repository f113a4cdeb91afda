// Rows of a run's log in words, as the model declares (`incentive_abm/words/telling/rows.toml`): which message tells a row, and
// what fills its places. The declaration says how it is read; Python reads the same in `results/stories/telling.py`.

import words from "stage/words/model_words.js";
import { capitalised, counted, NAMED, said, toldNumber } from "stage/words/of_the_model.js";

/** @typedef {import("stage/model/event_log.js").Row} Row */
/** @typedef {string | any[]} Filling */
/** @typedef {{if?: Record<string, any>, say?: string, fill?: Filling, with?: Record<string, Filling>}} Case */

/** What tellings need of the model besides its words: the words that columns hold, the obstacles' labels, what worth 1 is of a tie's spending, and how a row's columns are shown. @typedef {{codes: Record<string, string[]>, obstacles: string[], worth_of_spend: number, facts: {digits: number, unshown: string[]}}} Known */

const tellings = /** @type {Record<string, Case[]>} */ (/** @type {unknown} */ (words.rows));

export class Telling {
  /**
   * @param {Known} known
   * @param {string[]} labels  of the place's partners
   * @param {string[]} titles  of the scenario's events
   */
  constructor({ codes, obstacles, worth_of_spend: worth }, labels, titles) {
    this.codes = codes;
    /** @type {Record<string, (row: Row, ...given: string[]) => string>} */
    this.forms = {
      name: (row, column) => labels[row.whole[column]],
      earlier: (row, one, other) => labels[Math.min(row.whole[one], row.whole[other])],
      later: (row, one, other) => labels[Math.max(row.whole[one], row.whole[other])],
      title: (row, column) => capitalised(titles[row.whole[column]]),
      label: (row, column) => obstacles[row.whole[column]],
      whole: (row, column) => String(row.whole[column]),
      count: (row, what, column) => counted(what, row.whole[column]),
      say: (_, message) => said(message),
      tell: (row, telling) => this.told(row, telling),
      worth: (row, column) => toldNumber("pounds", row.other[column] * worth * row.spend),
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
    const found = tellings[telling].find(({ if: conditions = {} }) => Object.entries(conditions).every(([column, wanted]) => this.holds(row, column, wanted)));
    const { say = "", fill, with: places = {} } = /** @type {Case} */ (found);
    if (fill !== undefined) return this.filled(row, fill);
    const message = say.replaceAll(NAMED, (_, column) => this.word(row, column));
    return said(message, Object.fromEntries(Object.entries(places).map(([place, filling]) => [place, this.filled(row, filling)])));
  }

  /**
   * @param {Row} row
   * @param {Filling} filling
   * @returns {string}
   */
  filled(row, filling) {
    if (typeof filling !== "string") return this.joined(filling.map((each) => this.filled(row, each)).filter(Boolean));
    const [form, ...given] = filling.split(" "), known = this.forms[form];
    return known ? known(row, ...given) : toldNumber(form, numberOf(row, given[0]));
  }

  holds(row, column, wanted) {
    if (column === "alike") return this.filled(row, wanted[0]) === this.filled(row, wanted[1]);
    if (Array.isArray(wanted)) return wanted.includes(this.word(row, column));
    const number = numberOf(row, column);
    return number >= (wanted.least ?? number) && (wanted.above === undefined || number > wanted.above);
  }

  /** The word that a column's number stands for, empty for none. */
  word(row, column) {
    return this.codes[column][row.whole[column]] ?? "";
  }

  /** a, b and c */
  joined(parts) {
    return parts.length < 2 ? parts.join("") : said("numbers.list", { most: parts.slice(0, -1).join(", "), last: parts.at(-1) });
  }
}

const numberOf = (row, column) => row.whole[column] ?? row.other[column] ?? Number(column);

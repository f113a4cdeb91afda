// JSON as Python reads it: whole numbers apart from others, and in its words where it is none.
// @ts-nocheck: what a value is, is known when it runs, as in the sources translated.

import { class_of } from "stage/python/classes.js";
import { ValueError } from "stage/python/errors.js";
import { told_float } from "stage/python/figures.js";
import { dict_of } from "stage/python/gathered.js";
import { length } from "stage/python/text.js";

const BLANK = /[ \t\n\r]*/y, NUMBER = /(-?(?:0|[1-9]\d*))(\.\d+)?([eE][-+]?\d+)?/y;
const WORDS = { null: null, true: true, false: false, NaN: NaN, Infinity: Infinity, "-Infinity": -Infinity };
const ESCAPES = { '"': '"', "\\": "\\", "/": "/", b: "\b", f: "\f", n: "\n", r: "\r", t: "\t" };
const JSONDecodeError = class_of("JSONDecodeError", ValueError, {}, {});

/** Reads one text. */
class Reading {
  constructor(text) {
    this.text = text;
    this.at = 0;
  }
  wrong(what, at = this.at) {
    const before = this.text.slice(0, at), line = before.split("\n").length, column = length(before.slice(before.lastIndexOf("\n") + 1)) + 1;
    return Object.assign(JSONDecodeError(`${what}: line ${line} column ${column} (char ${length(before)})`), { $msg: what, $lineno: BigInt(line), $colno: BigInt(column), $pos: BigInt(length(before)) });
  }
  blank() {
    BLANK.lastIndex = this.at;
    BLANK.exec(this.text);
    this.at = BLANK.lastIndex;
  }
  whole() {
    this.blank();
    const value = this.value();
    this.blank();
    if (this.at < this.text.length) throw this.wrong("Extra data");
    return value;
  }
  value() {
    const each = this.text[this.at];
    if (each === '"') return this.string();
    if (each === "{") return this.gathered("}", () => this.pair(), dict_of);
    if (each === "[") return this.gathered("]", () => this.value(), (items) => items);
    for (const [word, value] of Object.entries(WORDS)) {
      if (this.text.startsWith(word, this.at)) {
        this.at += word.length;
        return value;
      }
    }
    NUMBER.lastIndex = this.at;
    const found = NUMBER.exec(this.text);
    if (!found) throw this.wrong("Expecting value");
    this.at = NUMBER.lastIndex;
    return found[2] || found[3] ? Number(found[0]) : BigInt(found[0]);
  }
  gathered(end, one, make) {
    const items = [];
    this.at += 1;
    this.blank();
    if (this.text[this.at] === end) {
      this.at += 1;
      return make(items);
    }
    for (;;) {
      items.push(one());
      this.blank();
      if (this.text[this.at] === end) {
        this.at += 1;
        return make(items);
      }
      if (this.text[this.at] !== ",") throw this.wrong("Expecting ',' delimiter");
      const comma = this.at;
      this.at += 1;
      this.blank();
      if (this.text[this.at] === end) throw this.wrong(end === "}" ? "Expecting property name enclosed in double quotes" : "Expecting value", end === "}" ? this.at : comma + 1);
    }
  }
  pair() {
    if (this.text[this.at] !== '"') throw this.wrong("Expecting property name enclosed in double quotes");
    const name = this.string();
    this.blank();
    if (this.text[this.at] !== ":") throw this.wrong("Expecting ':' delimiter");
    this.at += 1;
    this.blank();
    return [name, this.value()];
  }
  string() {
    const begun = this.at++;
    let told = "";
    for (;;) {
      const each = this.text[this.at];
      if (each === undefined) throw this.wrong("Unterminated string starting at", begun);
      if (each === '"') {
        this.at += 1;
        return told;
      }
      if (each < " ") throw this.wrong("Invalid control character at");
      if (each !== "\\") {
        told += each;
        this.at += 1;
        continue;
      }
      const next = this.text[this.at + 1];
      if (next === undefined) throw this.wrong("Unterminated string starting at", begun);
      if (next === "u") {
        const code = /^[0-9a-fA-F]{4}/.exec(this.text.slice(this.at + 2));
        if (!code) throw this.wrong("Invalid \\uXXXX escape", this.at + 1);
        told += String.fromCharCode(parseInt(code[0], 16));
        this.at += 6;
      } else {
        if (!(next in ESCAPES)) throw this.wrong("Invalid \\escape", this.at);
        told += ESCAPES[next];
        this.at += 2;
      }
    }
  }
}

export const json = {
  $JSONDecodeError: JSONDecodeError, $loads: (text) => new Reading(text).whole(),
  $dumps: (value) => (typeof value === "number" ? told_float(value) : typeof value === "string" ? JSON.stringify(value) : String(value)),
};

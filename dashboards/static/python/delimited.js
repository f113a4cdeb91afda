// Text in columns as Python's `csv` reads and writes it.
// @ts-nocheck: what a value is, is known when it runs, as in the sources translated.

import { class_of, sig } from "stage/python/classes.js";
import { Exception, error_class } from "stage/python/errors.js";
import { shown } from "stage/python/text.js";

const CsvError = error_class("Error", Exception);
const LONGEST = 131072;
const [ROW, CELL, WITHIN, QUOTED, AFTER, DONE] = [0, 1, 2, 3, 4, 5];

/** Lines of a text with their ends, parted at \n, \r or both. */
function* lines_of(text) {
  const end = /\r\n|\n|\r/g;
  let at = 0;
  for (let found; (found = end.exec(text)); at = end.lastIndex) yield text.slice(at, end.lastIndex);
  if (at < text.length) yield text.slice(at);
}

/** Rows of cells; `$line_num` counts the lines read. */
class Reader {
  constructor(lines, sign, strict, skips) {
    Object.assign(this, { lines: lines[Symbol.iterator](), sign, strict, skips, $line_num: 0n, row: [], cell: "", state: ROW });
  }
  [Symbol.iterator]() {
    return this;
  }
  next() {
    this.row = [];
    this.state = ROW;
    this.cell = "";
    do {
      const { done, value } = this.lines.next();
      if (done) {
        if (this.cell !== "" || this.state === QUOTED) {
          if (this.strict) throw CsvError("unexpected end of data");
          this.save();
          return { done: false, value: this.row };
        }
        return { done: true, value: undefined };
      }
      this.$line_num += 1n;
      for (const each of value) this.take(each);
      this.take("");
    } while (this.state !== ROW);
    return { done: false, value: this.row };
  }
  save() {
    this.row.push(this.cell);
    this.cell = "";
  }
  put(each) {
    if (this.cell.length >= LONGEST) throw CsvError(`field larger than field limit (${LONGEST})`);
    this.cell += each;
  }
  /** One character; "" is the end of a line. */
  take(each) {
    const ends = each === "" || each === "\n" || each === "\r";
    if (this.state === DONE) {
      if (each === "") this.state = ROW;
      else if (!ends) throw CsvError("new-line character seen in unquoted field - do you need to open the file with newline=''?");
      return;
    }
    if (this.state === ROW) {
      if (each === "") return;
      if (ends) return void (this.state = DONE);
      this.state = CELL;
    }
    const end = () => { this.state = each === "" ? ROW : DONE; };
    if (this.state === CELL) {
      if (ends) {
        this.save();
        end();
      } else if (each === '"') this.state = QUOTED;
      else if (each === " " && this.skips) return;
      else if (each === this.sign) this.save();
      else {
        this.put(each);
        this.state = WITHIN;
      }
    } else if (this.state === WITHIN) {
      if (ends) {
        this.save();
        end();
      } else if (each === this.sign) {
        this.save();
        this.state = CELL;
      } else this.put(each);
    } else if (this.state === QUOTED) {
      if (each === "") return;
      if (each === '"') this.state = AFTER;
      else this.put(each);
    } else if (each === '"') {
      this.put(each);
      this.state = QUOTED;
    } else if (each === this.sign) {
      this.save();
      this.state = CELL;
    } else if (ends) {
      this.save();
      end();
    } else if (!this.strict) {
      this.put(each);
      this.state = WITHIN;
    } else throw CsvError(`'${this.sign}' expected after '"'`);
  }
}

const Text = class_of("StringIO", { prototype: Object.prototype }, {
  $__init__: sig(function (text = "") { this.text = text; }, ["initial_value", "newline"]),
  $getvalue() { return this.text; },
}, {});
Text.prototype[Symbol.iterator] = function () { return lines_of(this.text); };

function writer(out, by = "\r\n") {
  const told = (cell) => (typeof cell === "string" ? cell : cell === null ? "" : shown.str(cell));
  const quoted = (cell) => (/[",\n\r]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
  const row = (cells) => {
    const all = [...cells].map(told);
    out.text += (all.length === 1 && all[0] === "" ? '""' : all.map(quoted).join(",")) + by;
    return null;
  };
  return { $writerow: row, $writerows: (rows) => { for (const each of rows) row(each); return null; } };
}

export const io = { $StringIO: Text };
export const csv = {
  $Error: CsvError, $writer: sig(writer, ["csvfile", "lineterminator"]),
  $reader: sig((lines, sign = ",", strict = false, skips = false) => new Reader(lines, sign, strict, skips), ["iterable", "delimiter", "strict", "skipinitialspace"]),
};

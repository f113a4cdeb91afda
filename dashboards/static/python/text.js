// Texts as Python has them: counted in characters, compared without capitals, told with quotation marks.
// @ts-nocheck: what a value is, is known when it runs, as in the sources translated.

import { Bytes, key, pairs, t } from "stage/python/gathered.js";
import { sig } from "stage/python/classes.js";
import { ValueError, TypeError_, KeyError } from "stage/python/errors.js";
import { formatted } from "stage/python/figures.js";

const ASTRAL = /[\ud800-\udbff]/;
/** Characters, where some take two places; otherwise null. */
export const characters = (text) => (ASTRAL.test(text) ? Array.from(text) : null);
export const length = (text) => characters(text)?.length ?? text.length;
export const part = (text, from, to) => characters(text)?.slice(from, to).join("") ?? text.slice(from, to);

const SPACE = "\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000";
const LEFT = new RegExp(`^[${SPACE}]+`), RIGHT = new RegExp(`[${SPACE}]+$`), SPACES = new RegExp(`[${SPACE}]+`);
const UNPRINTABLE = /(?! )[\p{C}\p{Z}]/u;
const LINES = /\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]/g;
let folded = new Map();
/** What single characters become without capitals, where that is not their small letter: each before what it becomes. */
export const fold_by = (told) => { folded = new Map(told.split(" ").map((each) => [String.fromCodePoint(each.codePointAt(0)), each.slice(String.fromCodePoint(each.codePointAt(0)).length)])); };

const escaped = (text) => text.replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&");
const edges = (chars) => [new RegExp(`^[${escaped(chars)}]+`, "u"), new RegExp(`[${escaped(chars)}]+$`, "u")];
const stripped = (text, chars, left, right) => {
  if (chars === "") return text;
  const [one, other] = chars === null ? [LEFT, RIGHT] : edges(chars);
  const begun = left ? text.replace(one, "") : text;
  return right ? begun.replace(other, "") : begun;
};
const found_at = (text, what, at) => {
  if (at < 0) return -1n;
  return BigInt(ASTRAL.test(text) ? Array.from(text.slice(0, at)).length : at);
};

/** A text between quotation marks, as Python shows it. */
export function quoted(text) {
  const mark = text.includes("'") && !text.includes('"') ? '"' : "'";
  let told = "";
  for (const each of text) {
    const code = each.codePointAt(0);
    if (each === mark || each === "\\") told += `\\${each}`;
    else if (each === "\n") told += "\\n";
    else if (each === "\r") told += "\\r";
    else if (each === "\t") told += "\\t";
    else if (!UNPRINTABLE.test(each)) told += each;
    else if (code < 0x100) told += `\\x${code.toString(16).padStart(2, "0")}`;
    else if (code < 0x10000) told += `\\u${code.toString(16).padStart(4, "0")}`;
    else told += `\\U${code.toString(16).padStart(8, "0")}`;
  }
  return mark + told + mark;
}

const METHODS = {
  $strip(chars = null) { return stripped(this, chars, true, true); },
  $lstrip(chars = null) { return stripped(this, chars, true, false); },
  $rstrip(chars = null) { return stripped(this, chars, false, true); },
  $lower() { return this.toLowerCase(); },
  $upper() { return this.toUpperCase(); },
  $casefold() {
    let told = "";
    for (const each of this) told += folded.get(each) ?? each.toLowerCase();
    return told;
  },
  $capitalize() {
    const [first = "", ...rest] = this;
    return first.toUpperCase() + rest.join("").toLowerCase();
  },
  $split(by = null, most = -1n) {
    const limit = Number(most);
    if (by === null) {
      let left = this.replace(LEFT, "");
      const found = [];
      while (left !== "" && (limit < 0 || found.length < limit)) {
        const at = left.search(SPACES);
        if (at < 0) break;
        found.push(left.slice(0, at));
        left = left.slice(at).replace(LEFT, "");
      }
      return left === "" ? found : [...found, limit < 0 ? left.replace(RIGHT, "") : left];
    }
    if (by === "") throw ValueError("empty separator");
    const parts = this.split(by);
    return limit < 0 || parts.length <= limit + 1 ? parts : [...parts.slice(0, limit), parts.slice(limit).join(by)];
  },
  $splitlines() {
    const parts = this.split(LINES);
    if (parts.at(-1) === "") parts.pop();
    return parts;
  },
  $partition(by) {
    const at = this.indexOf(by);
    return at < 0 ? t(String(this), "", "") : t(this.slice(0, at), by, this.slice(at + by.length));
  },
  $rpartition(by) {
    const at = this.lastIndexOf(by);
    return at < 0 ? t("", "", String(this)) : t(this.slice(0, at), by, this.slice(at + by.length));
  },
  $replace(what, by) {
    return what === "" ? Array.from(this, (each) => by + each).join("") + by : this.split(what).join(by);
  },
  $join(items) {
    const all = Array.isArray(items) ? items : [...items];
    if (all.some((each) => typeof each !== "string")) throw TypeError_("sequence item: expected str instance");
    return all.join(this);
  },
  $startswith(what) { return Array.isArray(what) ? what.some((each) => this.startsWith(each)) : this.startsWith(what); },
  $endswith(what) { return Array.isArray(what) ? what.some((each) => this.endsWith(each)) : this.endsWith(what); },
  $removeprefix(what) { return what && this.startsWith(what) ? this.slice(what.length) : String(this); },
  $removesuffix(what) { return what && this.endsWith(what) ? this.slice(0, -what.length) : String(this); },
  $find(what) { return found_at(String(this), what, this.indexOf(what)); },
  $index(what) {
    if (!this.includes(what)) throw ValueError("substring not found");
    return found_at(String(this), what, this.indexOf(what));
  },
  $rindex(what) {
    if (!this.includes(what)) throw ValueError("substring not found");
    return found_at(String(this), what, this.lastIndexOf(what));
  },
  $count(what, from = null, to = null) {
    const within = from === null && to === null ? String(this) : part(String(this), Number(from ?? 0), to === null ? undefined : Number(to));
    return BigInt(what === "" ? length(within) + 1 : within.split(what).length - 1);
  },
  $isdigit() { return /^\p{Nd}+$/u.test(this); },
  $isupper() { return /\p{Uppercase}/u.test(this) && !/[\p{Lowercase}\p{Lt}]/u.test(this); },
  $isprintable() { return !UNPRINTABLE.test(this); },
  $encode(into = "utf-8", errors = "strict") {
    if (into === "ascii" && errors === "ignore") return Bytes.from(Array.from(this, (each) => each.codePointAt(0)).filter((code) => code < 128));
    if (into !== "utf-8") throw ValueError(`encode to ${into}`);
    return Bytes.from(new TextEncoder().encode(this));
  },
  $format(given) { return this.$format_map(Object.entries(given.held)); },
  $format_map(held) {
    const values = new Map([...pairs(held)].map(([name, value]) => [key(name), value]));
    return pieces(String(this)).map(({ before, name, spec, conversion }) => {
      if (name === null) return before;
      if (!values.has(name)) throw KeyError(name);
      const value = values.get(name);
      return before + formatted(conversion ? shown.repr(value) : value, spec, shown.str);
    }).join("");
  },
};
for (const [name, method] of Object.entries(METHODS)) {
  const kept = { [name](...given) { return method.apply(String(this), given); } }[name];
  Object.defineProperty(String.prototype, name, { value: sig(kept, [], true), enumerable: false });
}

/** How values are told; set where all kinds of them are known. */
export const shown = { str: (value) => String(value), repr: (value) => String(value) };

/** A message's texts and the places between them. */
export function pieces(text) {
  const found = [];
  let before = "", at = 0;
  while (at < text.length) {
    const sign = text[at];
    if ((sign === "{" || sign === "}") && text[at + 1] === sign) {
      before += sign;
      at += 2;
    } else if (sign === "{") {
      const end = text.indexOf("}", at);
      const [, name, conversion = "", spec = ""] = /^([^!:]*)(![rs])?(?::(.*))?$/s.exec(text.slice(at + 1, end));
      found.push({ before, name, spec, conversion });
      before = "";
      at = end + 1;
    } else {
      before += sign;
      at += 1;
    }
  }
  return before === "" ? found : [...found, { before, name: null, spec: "", conversion: "" }];
}

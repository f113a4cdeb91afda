// Regular expressions of Python in a script's: what a letter, digit, space and line's end is, is Python's.
// @ts-nocheck: what a value is, is known when it runs, as in the sources translated.

import { sig } from "stage/python/classes.js";
import { IndexError, ValueError } from "stage/python/errors.js";
import { tuple_of } from "stage/python/gathered.js";

const IGNORECASE = 2n, MULTILINE = 8n, DOTALL = 16n, ASCII = 256n;
const SPACE = "\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000";
const SETS = { w: "\\p{L}\\p{N}_", d: "\\p{Nd}", s: SPACE }, PLAIN = { w: "a-zA-Z0-9_", d: "0-9", s: "\\t-\\r\\x20" };
const SYNTAX = /[\^$\\.*+?()[\]{}|/]/;

const literal = (each, in_set) => (SYNTAX.test(each) || (in_set && each === "-") ? `\\${each}` : each);

/** What stands after a backslash, where it is the same in a set and outside of one. */
function escaped(pattern, at, in_set) {
  const each = pattern[at + 1];
  if (each === "x" || each === "u") {
    const digits = each === "x" ? 2 : 4;
    return { told: `\\u{${pattern.slice(at + 2, at + 2 + digits)}}`, next: at + 2 + digits };
  }
  if (/[nrtfv]/.test(each) || (!in_set && /[1-9]/.test(each))) return { told: `\\${each}`, next: at + 2 };
  if (/[a-zA-Z0-9]/.test(each)) throw ValueError(`\\${each} in a pattern`);
  return { told: literal(each, in_set), next: at + 2 };
}

/** A set of characters; what is in it by not being in another is an alternative of its own. */
function set_of(pattern, at, sets) {
  const not = pattern[at + 1] === "^", others = [];
  let held = "", next = at + 1 + Number(not);
  for (let first = true; first || pattern[next] !== "]"; first = false) {
    const each = pattern[next];
    if (each === "\\" && pattern[next + 1] in sets) {
      held += sets[pattern[next + 1]];
      next += 2;
    } else if (each === "\\" && pattern[next + 1].toLowerCase() in sets) {
      others.push(`[^${sets[pattern[next + 1].toLowerCase()]}]`);
      next += 2;
    } else if (each === "\\") {
      const found = escaped(pattern, next, true);
      held += found.told;
      next = found.next;
    } else {
      held += each === "-" ? each : literal(each, true);
      next += 1;
    }
  }
  const any = [...(held ? [`[${held}]`] : []), ...others].join("|");
  if (others.length === 0) return { told: `[${not ? "^" : ""}${held}]`, next: next + 1 };
  return { told: not ? `(?:(?!${any})[\\s\\S])` : `(?:${any})`, next: next + 1 };
}

/** The same pattern as a script writes it; throws for what is not known here. */
function translated(pattern, flags) {
  const sets = flags & ASCII ? PLAIN : SETS, word = `[${sets.w}]`;
  const signs = {
    ".": flags & DOTALL ? "[\\s\\S]" : "[^\\n]", "^": flags & MULTILINE ? "(?<=\\n|(?<![\\s\\S]))" : "(?<![\\s\\S])",
    "$": flags & MULTILINE ? "(?=\\n|(?![\\s\\S]))" : "(?=\\n?(?![\\s\\S]))",
  };
  const words = { b: `(?:(?<=${word})(?!${word})|(?<!${word})(?=${word}))`, Z: "(?![\\s\\S])" };
  let told = "", at = 0;
  while (at < pattern.length) {
    const each = pattern[at], after = pattern[at + 1];
    let found = { told: signs[each] ?? each, next: at + 1 };
    if (each === "\\" && after in sets) found = { told: `[${sets[after]}]`, next: at + 2 };
    else if (each === "\\" && after.toLowerCase() in sets) found = { told: `[^${sets[after.toLowerCase()]}]`, next: at + 2 };
    else if (each === "\\" && after in words) found = { told: words[after], next: at + 2 };
    else if (each === "\\") found = escaped(pattern, at, false);
    else if (each === "[") found = set_of(pattern, at, sets);
    else if (pattern.startsWith("(?P<", at)) found = { told: "(?<", next: at + 4 };
    else if (pattern.startsWith("(?", at) && !/^\(\?(?:[:=!]|<[=!])/.test(pattern.slice(at, at + 4))) throw ValueError(`${pattern.slice(at, at + 4)} in a pattern`);
    // A brace that counts nothing is one.
    else if (each === "{" && !/^\{\d*(?:,\d*)?\}/.test(pattern.slice(at))) found = { told: "\\{", next: at + 1 };
    else if (each === "}" && !/\{\d*(?:,\d*)?$/.test(pattern.slice(0, at))) found = { told: "\\}", next: at + 1 };
    told += found.told;
    at = found.next;
  }
  return told;
}

/** What a pattern found; nothing stands where a group took no part. */
class Match {
  constructor(found) {
    this.found = found;
  }
  $__getitem__(index) {
    if (typeof index !== "string") return this.found[Number(index)] ?? null;
    if (!(index in (this.found.groups ?? {}))) throw IndexError("no such group");
    return this.found.groups[index] ?? null;
  }
  $group(index = 0n) { return this.$__getitem__(index); }
  $groups() { return tuple_of(Array.from(this.found).slice(1).map((each) => each ?? null)); }
  $start() { return BigInt(this.found.index); }
  $end() { return BigInt(this.found.index + this.found[0].length); }
}
const match_of = (found) => (found ? new Match(found) : null);
const template = (by) => ({ found }) => by.replace(/\\(\d)/g, (_, k) => found[Number(k)] ?? "");

/** A pattern made ready. */
class Pattern {
  constructor(pattern, flags) {
    const own = translated(pattern, flags), letters = `u${flags & IGNORECASE ? "i" : ""}`;
    this.$pattern = pattern;
    this.anywhere = new RegExp(own, `${letters}g`);
    this.here = new RegExp(own, `${letters}y`);
    this.whole = new RegExp(`(?:${own})(?![\\s\\S])`, `${letters}y`);
  }
  from_start(regex, text) {
    regex.lastIndex = 0;
    return match_of(regex.exec(text));
  }
  all(text) {
    this.anywhere.lastIndex = 0;
    return text.matchAll(this.anywhere);
  }
  $match(text) { return this.from_start(this.here, text); }
  $fullmatch(text) { return this.from_start(this.whole, text); }
  $search(text) { return this.from_start(this.anywhere, text); }
  *$finditer(text) { for (const found of this.all(text)) yield match_of(found); }
  $findall(text) {
    return Array.from(this.all(text), (found) => (found.length === 1 ? found[0] : found.length === 2 ? found[1] ?? "" : tuple_of(found.slice(1).map((each) => each ?? ""))));
  }
  $sub(by, text) {
    const make = typeof by === "function" ? by : template(by);
    let told = "", at = 0;
    for (const found of this.all(text)) {
      told += text.slice(at, found.index) + make(match_of(found));
      at = found.index + found[0].length;
    }
    return told + text.slice(at);
  }
  $split(text) {
    const parts = [];
    let at = 0;
    for (const found of this.all(text)) {
      parts.push(text.slice(at, found.index), ...Array.from(found).slice(1).map((each) => each ?? null));
      at = found.index + found[0].length;
    }
    return [...parts, text.slice(at)];
  }
}

const ready = new Map();
const compile = (pattern, flags = 0n) => {
  const name = `${flags}:${pattern}`;
  if (!ready.has(name)) ready.set(name, new Pattern(pattern, flags));
  return ready.get(name);
};
const once = (method) => sig((pattern, text, flags = 0n) => compile(pattern, flags)[method](text), ["pattern", "string", "flags"]);

export const re = {
  $IGNORECASE: IGNORECASE, $MULTILINE: MULTILINE, $compile: sig(compile, ["pattern", "flags"]),
  $match: once("$match"), $fullmatch: once("$fullmatch"), $search: once("$search"), $findall: once("$findall"), $split: once("$split"),
  $sub: sig((pattern, by, text, count = 0n, flags = 0n) => compile(pattern, flags).$sub(by, text), ["pattern", "repl", "string", "count", "flags"]),
};

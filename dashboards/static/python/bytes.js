// Bytes and what they say as text, with the place of the first that says nothing.
// @ts-nocheck: what a value is, is known when it runs, as in the sources translated.

import { UnicodeDecodeError, ValueError } from "stage/python/errors.js";
import { Bytes } from "stage/python/gathered.js";

/** What bytes from 0x80 to 0x9f say in Windows-1252; five of them nothing. */
const WINDOWS = "€\0‚ƒ„…†‡ˆ‰Š‹Œ\0Ž\0\0‘’“”•–—˜™š›œ\0žŸ";
const wrong = (name, at) => Object.assign(UnicodeDecodeError(name), { $start: BigInt(at) });

/** Where UTF-8 is none, or −1: the first byte of what is no character. */
function broken_utf8(held) {
  let at = 0;
  while (at < held.length) {
    const first = held[at];
    const [more, low, high] = first < 0x80 ? [0] : first >= 0xc2 && first < 0xe0 ? [1, 0x80, 0xbf] : first >= 0xe0 && first < 0xf0 ? [2, first === 0xe0 ? 0xa0 : 0x80, first === 0xed ? 0x9f : 0xbf]
      : first >= 0xf0 && first < 0xf5 ? [3, first === 0xf0 ? 0x90 : 0x80, first === 0xf4 ? 0x8f : 0xbf] : [-1];
    if (more < 0) return at;
    for (let k = 1; k <= more; k++) {
      const each = held[at + k];
      if (each === undefined || each < (k === 1 ? low : 0x80) || each > (k === 1 ? high : 0xbf)) return at;
    }
    at += more + 1;
  }
  return -1;
}

function broken_utf16(held, big) {
  const unit = (at) => (big ? held[at] << 8 | held[at + 1] : held[at + 1] << 8 | held[at]);
  for (let at = 0; at < held.length; at += 2) {
    if (at + 1 === held.length) return at;
    const code = unit(at);
    if (code >= 0xdc00 && code < 0xe000) return at;
    if (code >= 0xd800 && code < 0xdc00) {
      const next = at + 3 < held.length ? unit(at + 2) : 0;
      if (next < 0xdc00 || next > 0xdfff) return at;
      at += 2;
    }
  }
  return -1;
}

/** A text from bytes in an encoding. */
function decoded(held, name) {
  if (name === "cp1252") {
    let told = "";
    for (const [at, byte] of held.entries()) {
      const each = byte >= 0x80 && byte < 0xa0 ? WINDOWS[byte - 0x80] : String.fromCharCode(byte);
      if (each === "\0" && byte) throw wrong(name, at);
      told += each;
    }
    return told;
  }
  const content = name === "utf-8-sig" && held[0] === 0xef && held[1] === 0xbb && held[2] === 0xbf ? held.subarray(3) : held;
  const wide = name.startsWith("utf-16"), at = wide ? broken_utf16(content, name.endsWith("be")) : broken_utf8(content);
  if (at >= 0) throw wrong(name, at);
  if (!wide && !name.startsWith("utf-8")) throw ValueError(`decode from ${name}`);
  return new TextDecoder(wide ? name.replace("-le", "le").replace("-be", "be") : "utf-8", { ignoreBOM: true }).decode(content);
}

const METHODS = {
  $decode(name = "utf-8") { return decoded(this, name); },
  $startswith(what) { return what instanceof Bytes ? what.every((each, k) => this[k] === each) : what.some((each) => this.$startswith(each)); },
  $join(items) {
    const all = [...items], width = this.length, made = new Bytes(Math.max(0, all.reduce((held, each) => held + each.length + width, -width)));
    let at = 0;
    for (const [k, each] of all.entries()) {
      if (k) made.set(this, at - width);
      made.set(each, at);
      at += each.length + width;
    }
    return made;
  },
  $strip() {
    let from = 0, to = this.length;
    const blank = (byte) => byte === 32 || (byte >= 9 && byte <= 13);
    while (from < to && blank(this[from])) from += 1;
    while (to > from && blank(this[to - 1])) to -= 1;
    return Bytes.from(this.subarray(from, to));
  },
  /** How often a byte, or bytes of one, stand in it. */
  $count(what, from = 0n, to = BigInt(this.length)) {
    const byte = what instanceof Bytes ? what[0] : Number(what);
    return BigInt(this.subarray(Number(from), Number(to)).filter((each) => each === byte).length);
  },
};
for (const [name, method] of Object.entries(METHODS)) Object.defineProperty(Bytes.prototype, name, { value: method });

export const codecs = { $BOM_UTF8: Bytes.of(0xef, 0xbb, 0xbf), $BOM_UTF16_LE: Bytes.of(0xff, 0xfe), $BOM_UTF16_BE: Bytes.of(0xfe, 0xff) };
export const base64 = {
  $b64encode: (held) => Bytes.from(btoa(Array.from(held, (each) => String.fromCharCode(each)).join("")), (each) => each.charCodeAt(0)),
};

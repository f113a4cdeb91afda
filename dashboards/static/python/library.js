// The libraries that sources of ours import, as far as they use them: `lib` in a script.
// @ts-nocheck: what a value is, is known when it runs, as in the sources translated.

import { Enum, IntEnum, class_of, record, sig } from "stage/python/classes.js";
import { base64, codecs } from "stage/python/bytes.js";
import { csv, io } from "stage/python/delimited.js";
import { TypeError_ } from "stage/python/errors.js";
import { fsum } from "stage/python/figures.js";
import { Dict, compared, named_tuple, t } from "stage/python/gathered.js";
import { hashlib } from "stage/python/hashes.js";
import { json } from "stage/python/json.js";
import { numpy } from "stage/python/numpy.js";
import { re } from "stage/python/regex.js";
import { pieces } from "stage/python/text.js";

const known = (name, holds) => Object.assign(() => { throw TypeError_(`no ${name} is made`); }, { $class: true, $__name__: name, known: holds });

class Counter extends Dict {
  constructor(items) {
    super();
    for (const each of items) this.set(each, (this.map.has(each) ? this.get(each) : this.$get(each, 0n)) + 1n);
  }
  missing() {
    return 0n;
  }
}

/** A record with other values in some fields. */
const replace = (held, given) => {
  const made = Object.create(Object.getPrototypeOf(held)), kind = held.constructor;
  for (const [name] of kind.$fields) made[`$${name}`] = given?.held && name in given.held ? given.held[name] : held[`$${name}`];
  made.$__post_init__?.();
  return made;
};
const FieldOf = class_of("Field", { prototype: Object.prototype }, {}, {});
record(FieldOf, [["name"]]);

const ENTITIES = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'", nbsp: "\u00a0" };
const unescape = (text) => text.replace(/&(?:#(\d+)|#x([0-9a-f]+)|(\w+));/gi, (whole, ten, sixteen, word) => (ten ? String.fromCodePoint(Number(ten)) : sixteen ? String.fromCodePoint(parseInt(sixteen, 16)) : ENTITIES[word] ?? whole));

/** A day, as a cell of a spreadsheet may be one. */
const date = known("date", (x) => Boolean(x?.$isoformat));

export const lib = {
  base64, codecs, csv, hashlib, io, json, numpy, re,
  collections: { $Counter: (items) => new Counter(items), $namedtuple: (name, names) => named_tuple(name, names.split(" ")) },
  dataclasses: { $replace: sig(replace, [], true), $fields: (held) => t(...(held.$fields ?? held.constructor.$fields).map(([name]) => FieldOf(name))) },
  datetime: { $date: date }, enum: { $Enum: Enum, $IntEnum: IntEnum },
  heapq: { $nlargest: (count, items) => [...items].sort((a, b) => compared(b, a)).slice(0, Number(count)) },
  html: { $unescape: unescape },
  itertools: { *$pairwise(items) { let before; for (const each of items) { if (before !== undefined) yield t(before, each); before = each; } } },
  math: { $fsum: fsum, $inf: Infinity, $nan: NaN, $isnan: (x) => Number.isNaN(Number(x)), $isfinite: (x) => Number.isFinite(Number(x)) },
  numbers: { $Real: known("Real", (x) => typeof x === "number" || typeof x === "bigint" || typeof x === "boolean" || x instanceof IntEnum) },
  types: { $GenericAlias: {} }, typing: { $NamedTuple: {} },
  string: { $Formatter: () => ({ $parse: (text) => pieces(text).map(({ before, name, spec, conversion }) => t(before, name, spec, conversion)) }) },
  unicodedata: { $normalize: (form, text) => text.normalize(form) },
};

// Tuples, dictionaries, sets and lists, with equality and order as Python has them.
// @ts-nocheck: what a value is, is known when it runs, as in the sources translated.

import { IntEnum, Named, sig } from "stage/python/classes.js";
import { IndexError, KeyError, TypeError_, ValueError } from "stage/python/errors.js";

export class Tuple extends Array {
  static get [Symbol.species]() {
    return Array;
  }
}
export const t = (...items) => {
  const made = new Tuple();
  for (let k = 0; k < items.length; k++) made[k] = items[k];
  return made;
};
export const tuple_of = (items) => {
  const made = new Tuple();
  for (const each of items) made[made.length] = each;
  return made;
};

const numbered = new WeakMap();
let given = 0;
const number_of = (thing) => {
  if (!numbered.has(thing)) numbered.set(thing, ++given);
  return numbered.get(thing);
};
export const id = (thing) => BigInt(number_of(thing));

/** What two equal things have in common: strings, numbers, or the thing itself. */
export function key(thing) {
  if (typeof thing === "string") return thing.charCodeAt(0) === 0 ? `\0s${thing}` : thing;
  if (typeof thing === "bigint" || thing === null) return thing;
  if (typeof thing === "boolean") return thing ? 1n : 0n;
  if (typeof thing === "number") return Number.isInteger(thing) ? BigInt(thing) : thing;
  if (thing instanceof IntEnum) return thing.$value;
  if (thing instanceof Tuple) return `\0t${serial(thing)}`;
  if (thing instanceof SetOf) return `\0z${[...thing].map(serial).sort().join("")}`;
  if (Array.isArray(thing) || thing instanceof Dict) throw TypeError_("a list or dict is no key");
  const kind = thing.constructor;
  if (kind?.$same && kind.$frozen) return `\0r${number_of(kind)}${kind.$fields.map(([name]) => serial(thing[`$${name}`])).join("")}`;
  return thing;
}

function serial(thing) {
  if (thing instanceof Tuple) return `(${Array.from(thing, serial).join("")})`;
  const own = key(thing);
  if (typeof own === "string") return `s${own.length}:${own}`;
  if (typeof own === "bigint") return `i${own};`;
  if (typeof own === "number") return `f${own};`;
  return own === null ? "n" : `o${number_of(own)};`;
}

export class Dict {
  constructor(pairs = []) {
    this.map = new Map();
    for (const [name, value] of pairs) this.set(name, value);
  }
  set(name, value) {
    const at = key(name);
    const held = this.map.get(at);
    if (held) held[1] = value;
    else this.map.set(at, [name, value]);
  }
  has(name) {
    return this.map.has(key(name));
  }
  get(name) {
    const held = this.map.get(key(name));
    if (held === undefined) {
      if (this.missing) return this.missing(name);
      throw KeyError(name);
    }
    return held[1];
  }
  get size() {
    return this.map.size;
  }
  *[Symbol.iterator]() {
    for (const [name] of this.map.values()) yield name;
  }
  $get(name, usual = null) {
    const held = this.map.get(key(name));
    return held === undefined ? usual : held[1];
  }
  $setdefault(name, usual = null) {
    if (!this.has(name)) this.set(name, usual);
    return this.get(name);
  }
  $pop(name, usual) {
    const held = this.map.get(key(name));
    if (held === undefined && usual === undefined) throw KeyError(name);
    this.map.delete(key(name));
    return held === undefined ? usual : held[1];
  }
  $items() {
    return Array.from(this.map.values(), ([name, value]) => t(name, value));
  }
  $keys() {
    return new SetOf(this);
  }
  $values() {
    return Array.from(this.map.values(), ([, value]) => value);
  }
  $update(other) {
    for (const [name, value] of pairs(other)) this.set(name, value);
    return null;
  }
  $copy() {
    return new Dict(this.map.values());
  }
}
export const dict_of = (items) => new Dict(items);
/** A mapping's names with its values, or pairs as they are. */
export const pairs = (of) => (of instanceof Dict ? of.map.values() : of);

export class SetOf {
  constructor(items = [], frozen = false) {
    this.map = new Map();
    this.frozen = frozen;
    for (const each of items) this.$add(each);
  }
  has(thing) {
    return this.map.has(key(thing));
  }
  get size() {
    return this.map.size;
  }
  [Symbol.iterator]() {
    return this.map.values();
  }
  $add(thing) {
    const at = key(thing);
    if (!this.map.has(at)) this.map.set(at, thing);
    return null;
  }
  $pop() {
    const [[at, thing]] = this.map;
    this.map.delete(at);
    return thing;
  }
  $union(...others) {
    return new SetOf([this, ...others].flatMap((each) => [...each]), this.frozen);
  }
  $update(...others) {
    for (const other of others) for (const each of other) this.$add(each);
    return null;
  }
  $intersection(other) {
    const in_other = other instanceof SetOf ? other : new SetOf(other);
    return new SetOf([...this].filter((each) => in_other.has(each)), this.frozen);
  }
  $difference(other) {
    const in_other = other instanceof SetOf ? other : new SetOf(other);
    return new SetOf([...this].filter((each) => !in_other.has(each)), this.frozen);
  }
  $issubset(other) {
    return [...this].every((each) => other.has(each));
  }
}
export const set_of = (items) => new SetOf(items);
export const frozenset_of = (items) => new SetOf(items, true);

/** Bytes of a file. */
export class Bytes extends Uint8Array {
  static get [Symbol.species]() {
    return Bytes;
  }
}
export const bytes_of = (numbers) => Bytes.from(numbers);

const number = (thing) => (typeof thing === "number" || typeof thing === "bigint" ? thing : typeof thing === "boolean" ? BigInt(thing) : thing instanceof IntEnum ? thing.$value : undefined);

/** Whether two things are equal; arrays are compared by `ndarray.js`. */
export function equal(a, b) {
  if (a === b) return true;
  const one = number(a), other = number(b);
  // eslint-disable-next-line eqeqeq
  if (one !== undefined || other !== undefined) return one !== undefined && other !== undefined && one == other;
  if (a === null || b === null || typeof a === "string" || typeof b === "string") return false;
  if (Array.isArray(a)) return Array.isArray(b) && a instanceof Tuple === b instanceof Tuple && a.length === b.length && a.every((each, k) => equal(each, b[k]));
  if (a instanceof Dict) return b instanceof Dict && a.size === b.size && [...a.map].every(([at, [, value]]) => b.map.has(at) && equal(value, b.map.get(at)[1]));
  if (a instanceof SetOf) return b instanceof SetOf && a.size === b.size && a.$issubset(b);
  if (a instanceof Bytes) return b instanceof Bytes && a.length === b.length && a.every((each, k) => each === b[k]);
  const kind = a.constructor;
  return Boolean(kind?.$same) && b.constructor === kind && kind.$fields.every(([name]) => equal(a[`$${name}`], b[`$${name}`]));
}

const ASTRAL = /[\ud800-\udfff]/;
function compared_text(a, b) {
  if (!ASTRAL.test(a) && !ASTRAL.test(b)) return a < b ? -1 : a > b ? 1 : 0;
  const one = Array.from(a, (each) => each.codePointAt(0)), other = Array.from(b, (each) => each.codePointAt(0));
  for (let k = 0; k < one.length && k < other.length; k++) if (one[k] !== other[k]) return one[k] < other[k] ? -1 : 1;
  return one.length - other.length;
}

/** Negative, 0 or positive, or NaN where neither is before the other; throws for things without an order. */
export function compared(a, b) {
  if (typeof a === "string" && typeof b === "string") return compared_text(a, b);
  const one = number(a), other = number(b);
  if (one !== undefined && other !== undefined) return one < other ? -1 : one > other ? 1 : one == other ? 0 : NaN;
  if (Array.isArray(a) && Array.isArray(b)) {
    for (let k = 0; k < a.length && k < b.length; k++) if (!equal(a[k], b[k])) return compared(a[k], b[k]);
    return a.length - b.length;
  }
  throw TypeError_(`no order between ${typeof a} and ${typeof b}`);
}

/** Names given by a call, as a dictionary; taken off the end of what is given. */
export const taken_named = (rest) => dict_of(rest.at(-1) instanceof Named ? Object.entries(rest.pop().held) : []);
/** A mapping as names for a call. */
export const named = (of) => Object.fromEntries([...pairs(of)].map(([name, value]) => [name, value]));

export function named_tuple(name, names) {
  class kind extends Tuple {}
  const make = sig((...items) => {
    if (items.length !== names.length) throw TypeError_(`${name} has ${names.length} fields`);
    const one = new kind();
    items.forEach((each, k) => { one[k] = each; });
    return one;
  }, names);
  names.forEach((each, k) => Object.defineProperty(kind.prototype, `$${each}`, { get() { return this[k]; } }));
  return Object.assign(make, { prototype: kind.prototype, $class: true, $__name__: name, $_fields: tuple_of(names), $_make: (items) => make(...items) });
}

/** Methods of lists and tuples. */
Object.assign(Array.prototype, {
  $append(thing) { this.push(thing); return null; },
  $copy() { return Array.from(this); },
  $count(thing) { return BigInt(this.filter((each) => equal(each, thing)).length); },
  $index(thing) {
    const at = this.findIndex((each) => equal(each, thing));
    if (at < 0) throw ValueError("not in the list");
    return BigInt(at);
  },
  $remove(thing) { this.splice(Number(this.$index(thing)), 1); return null; },
  $pop(at = -1n) {
    if (this.length === 0) throw IndexError("pop from empty list");
    return this.splice(Number(at) < 0 ? this.length + Number(at) : Number(at), 1)[0];
  },
  $sort() { this.sort(compared); return null; },
});
for (const name of Object.keys(Array.prototype)) Object.defineProperty(Array.prototype, name, { enumerable: false });


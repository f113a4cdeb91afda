// What a translated source's operators and brackets do, whatever they are given.
// @ts-nocheck: what a value is, is known when it runs, as in the sources translated.

import { IntEnum } from "stage/python/classes.js";
import { elementwise, into } from "stage/python/elementwise.js";
import { AttributeError, IndexError, TypeError_ } from "stage/python/errors.js";
import { ARITHMETIC, is_number, plain } from "stage/python/figures.js";
import { Bytes, Dict, SetOf, Tuple, compared, equal, t } from "stage/python/gathered.js";
import { put as put_into, taken } from "stage/python/indexing.js";
import { NdArray, inverted } from "stage/python/ndarray.js";
import { characters, part } from "stage/python/text.js";

export class Slice {
  constructor(from, to, step) {
    Object.assign(this, { from, to, step });
  }
  /** First, end and step for something of a length, as `slice` counts them. */
  over(size) {
    const step = this.step === null ? 1 : Number(this.step);
    const at = (value, usual) => (value === null ? usual : Number(value) < 0 ? Math.max(Number(value) + size, step < 0 ? -1 : 0) : Math.min(Number(value), step < 0 ? size - 1 : size));
    return [at(this.from, step < 0 ? size - 1 : 0), at(this.to, step < 0 ? -1 : size), step];
  }
}

export const truth = (thing) => {
  if (typeof thing === "boolean") return thing;
  if (thing === null) return false;
  if (typeof thing === "string") return thing !== "";
  if (is_number(thing)) return thing != 0;
  if (thing instanceof IntEnum) return thing.$value !== 0n;
  if (Array.isArray(thing) || thing instanceof Bytes) return thing.length > 0;
  if (thing instanceof Dict || thing instanceof SetOf) return thing.size > 0;
  if (thing instanceof NdArray) return truth(thing.item());
  if (thing === undefined) throw AttributeError("nothing is there");
  if (thing.$__bool__) return thing.$__bool__();
  return thing.$__len__ ? thing.$__len__() !== 0n : true;
};

/** Something that a script can go through. */
export const iter = (thing) => {
  if (thing === null || thing === undefined || is_number(thing)) throw TypeError_("not iterable");
  if (thing instanceof Bytes) return Array.from(thing, BigInt);
  if (thing[Symbol.iterator]) return thing;
  if (thing.$__iter__) return thing.$__iter__();
  throw TypeError_(`${thing.constructor?.$__name__ ?? typeof thing} is not iterable`);
};
const whole = (index) => {
  const number = plain(index);
  if (typeof number !== "bigint") throw TypeError_("indices must be whole numbers");
  return Number(number);
};
const placed = (index, size) => {
  const at = whole(index), found = at < 0 ? at + size : at;
  if (found < 0 || found >= size) throw IndexError("index out of range");
  return found;
};

export const get = (thing, index) => {
  if (thing instanceof NdArray) return taken(thing, index);
  if (thing instanceof Dict) return thing.get(index);
  if (typeof thing === "string") {
    if (index instanceof Slice) {
      const all = characters(thing) ?? thing, [from, to, step] = index.over(all.length);
      if (step === 1) return part(thing, from, to);
      const found = [];
      for (let k = from; step > 0 ? k < to : k > to; k += step) found.push(all[k]);
      return found.join("");
    }
    const all = characters(thing) ?? thing;
    return all[placed(index, all.length)];
  }
  if (Array.isArray(thing) || thing instanceof Bytes) {
    if (index instanceof Slice) {
      const [from, to, step] = index.over(thing.length);
      if (thing instanceof Bytes) {
        if (step === 1) return Bytes.from(thing.subarray(from, to));
        const found = [];
        for (let k = from; step > 0 ? k < to : k > to; k += step) found.push(thing[k]);
        return Bytes.from(found);
      }
      const found = thing instanceof Tuple ? new Tuple() : [];
      for (let k = from; step > 0 ? k < to : k > to; k += step) found.push(thing[k]);
      return found;
    }
    const found = thing[placed(index, thing.length)];
    return thing instanceof Bytes ? BigInt(found) : found;
  }
  if (thing.$members) return thing.by_name(index);
  if (thing.$__getitem__) return thing.$__getitem__(index);
  throw TypeError_(`${thing.constructor?.$__name__ ?? typeof thing} cannot be indexed`);
};
for (const holder of [Array, Dict]) Object.defineProperty(holder.prototype, "$__getitem__", { value(index) { return get(this, index); } });
export const set = (thing, index, value) => {
  if (thing instanceof Dict) thing.set(index, value);
  else if (thing instanceof NdArray) put_into(thing, index, value);
  else if (Array.isArray(thing) && !(thing instanceof Tuple) && index instanceof Slice) {
    const [from, to] = index.over(thing.length);
    thing.splice(from, Math.max(0, to - from), ...value);
  } else if (Array.isArray(thing) && !(thing instanceof Tuple)) thing[placed(index, thing.length)] = value;
  else throw TypeError_("cannot be assigned to");
};
export const del = (thing, index) => {
  if (thing instanceof Dict) thing.$pop(index);
  else if (index instanceof Slice) set(thing, index, []);
  else thing.splice(placed(index, thing.length), 1);
};
export const contains = (within, thing) => {
  if (within instanceof Dict || within instanceof SetOf) return within.has(thing);
  if (typeof within === "string") return within.includes(thing);
  if (within instanceof Bytes) return holds_bytes(within, thing);
  for (const each of iter(within)) if (equal(each, thing)) return true;
  return false;
};
for (const holder of [SetOf, Dict]) Object.defineProperty(holder.prototype, "$__contains__", { value(thing) { return this.has(thing); } });
const holds_bytes = (within, thing) => {
  for (let k = 0; k + thing.length <= within.length; k++) if (thing.every((each, j) => within[k + j] === each)) return true;
  return false;
};

const operator = (name, others) => {
  const numbers = ARITHMETIC[name];
  return (a, b) => {
    if (typeof a === "number" && typeof b === "number") return numbers(a, b);
    if (a instanceof NdArray || b instanceof NdArray) return elementwise(name, a, b);
    const one = plain(a), other = plain(b);
    if (is_number(one) && is_number(other)) {
      const found = numbers(one, other);
      return typeof a === "boolean" && typeof b === "boolean" && name.startsWith("bit") ? found !== 0n : found;
    }
    const found = others?.(a, b);
    if (found === undefined) throw TypeError_(`unsupported operand types for ${name}`);
    return found;
  };
};
const repeated = (thing, times) => {
  const count = Math.max(0, Number(plain(times)));
  if (typeof thing === "string") return thing.repeat(count);
  const found = thing instanceof Tuple ? new Tuple() : [];
  for (let k = 0; k < count; k++) found.push(...thing);
  return found;
};
const add = operator("add", (a, b) => {
  if (typeof a === "string" && typeof b === "string") return a + b;
  if (a instanceof Bytes && b instanceof Bytes) return Bytes.from([...a, ...b]);
  if (Array.isArray(a) && Array.isArray(b) && a instanceof Tuple === b instanceof Tuple) return a instanceof Tuple ? t(...a, ...b) : [...a, ...b];
});
const bitor = operator("bitor", (a, b) => {
  if (a instanceof Dict) return new Dict([...a.map.values(), ...b.map.values()]);
  if (a instanceof SetOf) return a.$union(b);
  if (typeof a === "function" || Array.isArray(a)) return t(...(Array.isArray(a) ? a : [a]), ...(Array.isArray(b) ? b : [b]));
});
export const operators = {
  add, bitor,
  sub: operator("sub", (a, b) => (a instanceof SetOf ? a.$difference(b) : undefined)),
  mul: operator("mul", (a, b) => (typeof a === "string" || Array.isArray(a) ? repeated(a, b) : typeof b === "string" || Array.isArray(b) ? repeated(b, a) : undefined)),
  div: operator("div"), floordiv: operator("floordiv"), mod: operator("mod"), pow: operator("pow"),
  bitand: operator("bitand", (a, b) => (a instanceof SetOf ? a.$intersection(b) : undefined)),
  bitxor: operator("bitxor"), lshift: operator("lshift"), rshift: operator("rshift"),
  iadd(a, b) {
    if (Array.isArray(a) && !(a instanceof Tuple)) {
      a.push(...iter(b));
      return a;
    }
    return a instanceof NdArray ? into(a, "add", b) : add(a, b);
  },
  ibitor(a, b) {
    if (a instanceof Dict || a instanceof SetOf) {
      a.$update(b);
      return a;
    }
    return bitor(a, b);
  },
  neg: (a) => (a instanceof NdArray ? elementwise("sub", a.type === "bool" ? 0n : a.zero(), a) : -plain(a)),
  pos: plain,
  invert: (a) => (a instanceof NdArray ? inverted(a) : ~plain(a)),
  eq: (a, b) => (a instanceof NdArray || b instanceof NdArray ? elementwise("eq", a, b) : equal(a, b)),
  ne: (a, b) => (a instanceof NdArray || b instanceof NdArray ? elementwise("ne", a, b) : !equal(a, b)),
};
const ordered = (name, numbers, holds, of_sets) => (a, b) => {
  if (typeof a === "number" && typeof b === "number") return numbers(a, b);
  if (a instanceof NdArray || b instanceof NdArray) return elementwise(name, a, b);
  return a instanceof SetOf ? of_sets(a, b) : holds(compared(a, b));
};
Object.assign(operators, {
  lt: ordered("lt", (a, b) => a < b, (x) => x < 0, (a, b) => a.size < b.size && a.$issubset(b)),
  le: ordered("le", (a, b) => a <= b, (x) => x <= 0, (a, b) => a.$issubset(b)),
  gt: ordered("gt", (a, b) => a > b, (x) => x > 0, (a, b) => b.size < a.size && b.$issubset(a)),
  ge: ordered("ge", (a, b) => a >= b, (x) => x >= 0, (a, b) => b.$issubset(a)),
});

// Arrays of numbers as numpy has them: one block of memory, row by row, with a shape; sums in numpy's order, to the last bit.
// @ts-nocheck: what a value is, is known when it runs, as in the sources translated.

import { TypeError_, ValueError } from "stage/python/errors.js";
import { plain } from "stage/python/figures.js";
import { Bytes, t } from "stage/python/gathered.js";

/** Where numbers of a type are kept. Whole numbers below 2^53 are exact as float64; keys need all 64 bits. */
export const KEPT = { float64: Float64Array, int64: Float64Array, bool: Uint8Array, uint64: BigUint64Array, object: Array };
export const count_of = (shape) => shape.reduce((held, each) => held * each, 1);

export class NdArray {
  constructor(type, shape, data = undefined) {
    this.type = type;
    this.shape = shape;
    this.data = data ?? new KEPT[type](count_of(shape));
  }
  zero() {
    return this.type === "uint64" ? 0n : this.type === "float64" ? 0 : 0n;
  }
  /** A number of it as sources have it: truth, whole or not. */
  at(k) {
    const held = this.data[k];
    return this.type === "bool" ? held !== 0 : this.type === "int64" ? BigInt(held) : held;
  }
  item() {
    if (this.data.length !== 1) throw ValueError("the truth of an array of several is nothing");
    return this.at(0);
  }
  get $size() { return BigInt(this.data.length); }
  get $shape() { return t(...this.shape.map(BigInt)); }
  get $dtype() { return TYPES[this.type]; }
  $copy() { return new NdArray(this.type, this.shape, this.data.slice()); }
  $ravel() { return new NdArray(this.type, [this.data.length], this.data); }
  $setflags() { return null; }
  $tolist() {
    const inner = (from, shape) => {
      if (shape.length === 0) return this.at(from);
      const step = count_of(shape.slice(1));
      return Array.from({ length: shape[0] }, (_, k) => inner(from + k * step, shape.slice(1)));
    };
    return inner(0, this.shape);
  }
  $astype(type) {
    const into = type_of(type);
    return into === this.type ? this.$copy() : cast(this, into);
  }
  $view(type) {
    if (this.type !== "uint64" || type_of(type) !== "float64") throw TypeError_("view of another type");
    return new NdArray("float64", this.shape, new Float64Array(this.data.buffer, this.data.byteOffset, this.data.length));
  }
  $tobytes() {
    const held = this.type === "int64" ? BigInt64Array.from(this.data, BigInt) : this.data;
    return new Bytes(held.buffer.slice(held.byteOffset, held.byteOffset + held.byteLength));
  }
  $round(places) { return rounded(this, places); }
  $any() { return this.data.some((each) => each !== 0); }
  $all() { return this.data.every((each) => each !== 0); }
  $sum(axis) { return axis === undefined || axis === null ? total(this) : along(this, Number(axis), false); }
  $mean(axis) { return axis === undefined || axis === null ? Number(total(this)) / this.data.length : along(this, Number(axis), true); }
  $max() { return this.at(extreme(this, (a, b) => a > b)); }
  $min() { return this.at(extreme(this, (a, b) => a < b)); }
}
for (const [name, names] of Object.entries({ $sum: ["axis"], $mean: ["axis"], $round: ["decimals"], $astype: ["dtype", "copy"], $setflags: ["write"] })) NdArray.prototype[name].$sig = names;
NdArray.$class = true;
NdArray.$__name__ = "ndarray";

/** A type of numbers: called, it makes one of them. */
const type_named = (name, make) => Object.assign(make, { type: name, $class: true, $__name__: name, known: () => false, $newbyteorder: () => TYPES[name] });
export const TYPES = {
  float64: type_named("float64", (x) => Number(plain(x))), int64: type_named("int64", (x) => BigInt(plain(x))),
  uint64: type_named("uint64", (x) => BigInt.asUintN(64, BigInt(plain(x)))), bool: type_named("bool", (x) => Boolean(plain(x))),
};
const CODES = { "<f8": "float64", "<i8": "int64", "<u8": "uint64" };
/** The name of a type given as numpy's, as Python's own, or in numpy's code. */
export const type_of = (given) => {
  const found = given.type ?? CODES[given] ?? { float: "float64", int: "int64", bool: "bool" }[given.$__name__];
  if (!found) throw TypeError_(`no type of numbers: ${String(given)}`);
  return found;
};

/** A number as it is kept in arrays of a type. */
export const kept = (value, type) => {
  const number = plain(value);
  if (type === "object") return value;
  if (type === "uint64") return BigInt.asUintN(64, BigInt(number));
  return type === "bool" ? (Number(number) !== 0 ? 1 : 0) : Number(number);
};
export const kind_of = (value) => (value instanceof NdArray ? value.type : typeof value === "boolean" ? "bool" : typeof plain(value) === "bigint" ? "int64" : typeof value === "number" ? "float64" : "object");
export const joined_type = (types) => {
  for (const each of ["object", "float64", "uint64", "int64"]) if (types.includes(each)) return each;
  return "bool";
};
export function cast(array, type) {
  if (array.type === "float64" && type === "int64") return new NdArray(type, array.shape, array.data.map(Math.trunc));
  const made = new NdArray(type, array.shape);
  for (let k = 0; k < made.data.length; k++) made.data[k] = type === "uint64" ? kept(array.at(k), type) : type === "bool" ? Number(Number(array.data[k]) !== 0) : Number(array.data[k]);
  return made;
}

/** An array of numbers, of rows of them, or of one number. */
export function array(given, type = undefined) {
  if (given instanceof NdArray) return type === undefined || type_of(type) === given.type ? given.$copy() : cast(given, type_of(type));
  const shape = [], flat = [];
  const walk = (thing, depth) => {
    if (thing instanceof NdArray) thing = thing.$tolist();
    if (!Array.isArray(thing)) return void flat.push(thing);
    shape[depth] ??= thing.length;
    if (shape[depth] !== thing.length) throw ValueError("rows of different lengths");
    for (const each of thing) walk(each, depth + 1);
  };
  walk(given, 0);
  const into = type === undefined ? (flat.length ? joined_type([...new Set(flat.map(kind_of))]) : "float64") : type_of(type);
  const made = new NdArray(into, shape);
  flat.forEach((each, k) => { made.data[k] = kept(each, into); });
  return made;
}
export const asarray = (given, type = undefined) => (given instanceof NdArray && (type === undefined || type_of(type) === given.type) ? given : array(given, type));

export const inverted = (a) => {
  if (a.type !== "bool") throw TypeError_("~ of numbers");
  return new NdArray("bool", a.shape, a.data.map((each) => 1 - each));
};
export const mapped = (given, work, type = "float64") => {
  const a = asarray(given);
  const made = new NdArray(type, a.shape);
  for (let k = 0; k < a.data.length; k++) made.data[k] = work(Number(a.data[k]));
  return made.shape.length ? made : made.at(0);
};
/** Rounded as numpy does it: times ten to the places, to the nearest whole, halves to even, and back. */
export const rounded = (a, places = 0n) => {
  const ten = 10 ** Number(places);
  return mapped(a, (x) => even(x * ten) / ten);
};
const even = (x) => {
  const low = Math.floor(x), rest = x - low;
  return rest < 0.5 ? low : rest > 0.5 ? low + 1 : low % 2 === 0 ? low : low + 1;
};

/** The sum of a block in numpy's order: in pairs of halves, eight sums side by side at the bottom. */
function in_pairs(data, from, size) {
  if (size < 8) {
    let sum = size ? data[from] : 0;
    for (let k = 1; k < size; k++) sum += data[from + k];
    return sum;
  }
  if (size <= 128) {
    const r = Array.from({ length: 8 }, (_, k) => data[from + k]);
    let k = 8;
    for (; k < size - (size % 8); k += 8) for (let j = 0; j < 8; j++) r[j] += data[from + k + j];
    let sum = ((r[0] + r[1]) + (r[2] + r[3])) + ((r[4] + r[5]) + (r[6] + r[7]));
    for (; k < size; k++) sum += data[from + k];
    return sum;
  }
  let half = size >> 1;
  half -= half % 8;
  return in_pairs(data, from, half) + in_pairs(data, from + half, size - half);
}
const total = (a) => {
  const sum = in_pairs(a.data, 0, a.data.length);
  return a.type === "float64" ? sum : BigInt(sum);
};
/** Sums or means along an axis: the last one in numpy's order, others one after the other. */
function along(a, axis, mean) {
  const size = a.shape[axis], inner = count_of(a.shape.slice(axis + 1)), outer = count_of(a.shape.slice(0, axis));
  const made = new NdArray(a.type === "float64" || mean ? "float64" : "int64", a.shape.filter((_, k) => k !== axis)), data = made.data, from = a.data;
  if (inner === 1) for (let o = 0; o < outer; o++) data[o] = in_pairs(from, o * size, size);
  else {
    for (let o = 0; o < outer; o++) for (let k = 0; k < size; k++) for (let n = 0, at = (o * size + k) * inner; n < inner; n++) data[o * inner + n] += from[at + n];
  }
  if (mean) for (let k = 0; k < data.length; k++) data[k] /= size;
  return made;
}
export function extreme(a, before) {
  if (a.data.length === 0) throw ValueError("nothing has no largest and no smallest");
  let best = 0;
  for (let k = 0; k < a.data.length; k++) {
    if (a.data[k] !== a.data[k]) return k;
    if (before(a.data[k], a.data[best])) best = k;
  }
  return best;
}


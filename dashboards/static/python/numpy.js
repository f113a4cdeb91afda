// The functions of numpy that sources of ours call.
// @ts-nocheck: what a value is, is known when it runs, as in the sources translated.

import { sig } from "stage/python/classes.js";
import { TypeError_, ValueError } from "stage/python/errors.js";
import { plain } from "stage/python/figures.js";
import { t } from "stage/python/gathered.js";
import { broadcast, elementwise } from "stage/python/elementwise.js";
import { NdArray, TYPES, array, asarray, extreme, joined_type, kept, mapped, rounded, type_of } from "stage/python/ndarray.js";

const shape_of = (given) => (Array.isArray(given) ? given.map(Number) : [Number(plain(given))]);
const filled = (shape, value, type) => {
  const made = new NdArray(type, shape_of(shape));
  return new NdArray(type, made.shape, made.data.fill(kept(value, type)));
};
const floats = (given) => asarray(given, TYPES.float64);
const order_of = (data) => {
  const found = Array.from(data, (_, k) => k);
  // What is no number stands last.
  return found.sort((i, j) => (data[i] < data[j] ? -1 : data[i] > data[j] ? 1 : data[i] === data[j] ? i - j : (data[i] !== data[i]) - (data[j] !== data[j]) || i - j));
};
const indices = (found) => new NdArray("int64", [found.length], Float64Array.from(found));

function concatenate(given) {
  const parts = [...given].map((each) => asarray(each)), type = joined_type(parts.map((each) => each.type));
  const made = new NdArray(type, [parts.reduce((held, each) => held + each.shape[0], 0), ...parts[0].shape.slice(1)]);
  let at = 0;
  for (const each of parts) {
    made.data.set(each.type === type || type !== "uint64" ? each.data : asarray(each, TYPES[type]).data, at);
    at += each.data.length;
  }
  return made;
}
function stack(given, axis = 0n) {
  const parts = [...given].map((each) => asarray(each)), type = joined_type(parts.map((each) => each.type)), own = parts[0].shape;
  if (Number(axis) === 0) return new NdArray(type, [parts.length, ...own], concatenate(parts.map((each) => each.$ravel())).data);
  if (Number(axis) !== own.length && Number(axis) !== -1) throw ValueError("stacked along an axis between others");
  const made = new NdArray(type, [...own, parts.length]);
  parts.forEach((each, k) => { for (let at = 0; at < each.data.length; at++) made.data[at * parts.length + k] = each.data[at]; });
  return made;
}
function bincount(places, weights = null, least = 0n) {
  let size = Number(plain(least));
  for (let k = 0; k < places.data.length; k++) if (places.data[k] >= size) size = places.data[k] + 1;
  const made = new NdArray(weights === null ? "int64" : "float64", [size]);
  if (weights === null) for (const each of places.data) made.data[each] += 1;
  else for (let k = 0; k < places.data.length; k++) made.data[places.data[k]] += weights.data[k];
  return made;
}
function unique(given, return_counts = false) {
  const sorted = asarray(given).data.slice().sort(), found = [], counts = [];
  for (const each of sorted) {
    if (found.length && found.at(-1) === each) counts[counts.length - 1] += 1;
    else {
      found.push(each);
      counts.push(1);
    }
  }
  const values = new NdArray(given.type, [found.length], given.data.constructor.from(found));
  return return_counts ? t(values, indices(counts)) : values;
}
function where(condition, yes, no) {
  const type = joined_type([yes, no].map((each) => (each instanceof NdArray ? each.type : typeof each === "number" ? "float64" : "int64")));
  const [held, one, other] = [condition instanceof NdArray ? condition : filled([(yes.shape ?? no.shape)[0]], condition, "bool"), yes, no];
  const a = one instanceof NdArray ? broadcast(one, held.shape) : null, b = other instanceof NdArray ? broadcast(other, held.shape) : null;
  const made = new NdArray(type, held.shape);
  for (let k = 0; k < held.data.length; k++) made.data[k] = held.data[k] ? (a ? a.data[k] : kept(one, type)) : b ? b.data[k] : kept(other, type);
  return made;
}
const middle = (given) => {
  const sorted = floats(given).data.slice().sort(), half = sorted.length >> 1;
  return sorted.length % 2 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
};
const span = (given, axis) => {
  const a = floats(given);
  if (axis === undefined || axis === null) return Math.max(...a.data) - Math.min(...a.data);
  const width = a.shape[1], found = new NdArray("float64", [width]);
  for (let n = 0; n < width; n++) {
    let low = Infinity, high = -Infinity;
    for (let k = n; k < a.data.length; k += width) {
      low = Math.min(low, a.data[k]);
      high = Math.max(high, a.data[k]);
    }
    found.data[n] = high - low;
  }
  return found;
};
const at_places = (name) => (a, places, values) => {
  for (let k = 0; k < places.data.length; k++) {
    const at = places.data[k], value = values.data[k];
    a.data[at] = name === "add" ? a.data[at] + value : Math.min(a.data[at], value);
  }
  return null;
};
const of_numbers = (name, work) => (a, b) => (a instanceof NdArray || b instanceof NdArray ? elementwise(name, a, b) : work(a, b));
const of_each = (work) => (given) => (given instanceof NdArray || Array.isArray(given) ? mapped(floats(given), work) : work(Number(plain(given))));

/** How a function is called by name, beside what it does. */
const FUNCTIONS = {
  array: [array, "object dtype"], asarray: [asarray, "object dtype"], ascontiguousarray: [(a) => a],
  zeros: [(shape, type = TYPES.float64) => filled(shape, 0n, type_of(type)), "shape dtype"],
  ones: [(shape, type = TYPES.float64) => filled(shape, 1n, type_of(type)), "shape dtype"],
  empty: [(shape) => filled(shape, 0n, "float64"), "shape"], empty_like: [(a) => new NdArray(a.type, a.shape)],
  full: [(shape, value, type = undefined) => filled(shape, value, type ? type_of(type) : typeof value === "number" ? "float64" : "int64"), "shape fill_value dtype"],
  arange: [(size) => indices(Array.from({ length: Number(plain(size)) }, (_, k) => k)), "start dtype"],
  frombuffer: [(held, type) => new NdArray(type_of(type), [held.length / 8], new BigUint64Array(held.buffer.slice(held.byteOffset, held.byteOffset + held.length))), "buffer dtype"],
  concatenate: [concatenate], stack: [stack, "arrays axis"], bincount: [bincount, "x weights minlength"], unique: [unique, "ar return_counts"], where: [where],
  argsort: [(a) => indices(order_of(a.data)), "a kind"], sort: [(a) => new NdArray(a.type, a.shape, a.data.slice().sort())],
  flatnonzero: [(a) => {
    const found = [];
    for (let k = 0; k < a.data.length; k++) if (a.data[k]) found.push(k);
    return indices(found);
  }],
  isin: [(a, among) => {
    const held = new Set(Array.from(asarray(among).data, Number));
    return new NdArray("bool", a.shape, Uint8Array.from(a.data, (each) => Number(held.has(Number(each)))));
  }],
  isnan: [(a) => (a instanceof NdArray ? new NdArray("bool", a.shape, Uint8Array.from(a.data, (each) => Number(each !== each))) : Number.isNaN(a))],
  argmax: [(a) => BigInt(extreme(a, (x, y) => x > y))],
  minimum: [of_numbers("minimum", (a, b) => (a < b ? a : b))], maximum: [of_numbers("maximum", (a, b) => (a > b ? a : b))],
  power: [(a, b) => elementwise("pow", a, b)], sqrt: [of_each(Math.sqrt)], ceil: [of_each(Math.ceil)], abs: [of_each(Math.abs)],
  clip: [(a, low, high) => elementwise("minimum", elementwise("maximum", a, low), high)],
  round: [(a, places = 0n) => rounded(a, places), "a decimals"], median: [middle], ptp: [span, "a axis"],
  mean: [(a, axis) => a.$mean(axis), "a axis"], prod: [(a) => a.data.reduce((held, each) => held * each, 1)],
  dot: [(a, b) => a.data.reduce((held, each, k) => held + each * b.data[k], 0)],
  array_equal: [(a, b) => a.data.length === b.data.length && a.data.every((each, k) => each === b.data[k])],
  broadcast_to: [(a, shape) => broadcast(a, shape_of(shape))],
  tile: [(a, times) => {
    const [rows, width] = shape_of(times);
    if (width !== 1 || a.shape.length !== 1) throw TypeError_("tile of another form");
    return new NdArray(a.type, [rows, a.data.length], concatenate(Array(rows).fill(a)).data);
  }],
  triu_indices: [(size, first = 0n) => {
    const [n, k] = [Number(plain(size)), Number(plain(first))], rows = [], columns = [];
    for (let i = 0; i < n; i++) for (let j = i + k; j < n; j++) {
      rows.push(i);
      columns.push(j);
    }
    return t(indices(rows), indices(columns));
  }],
};
export const numpy = {
  $float64: TYPES.float64, $int64: TYPES.int64, $uint64: TYPES.uint64, $ndarray: NdArray, $nan: NaN, $pi: Math.PI,
  $add: { $at: at_places("add") }, $bitwise_xor: { $reduce: (a) => a.data.reduce((held, each) => held ^ each, 0n) },
};
for (const [name, [work, names = ""]] of Object.entries(FUNCTIONS)) numpy[`$${name}`] = sig(work, names ? names.split(" ") : []);
numpy.$minimum.$at = at_places("minimum");

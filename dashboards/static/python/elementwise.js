// Operations on arrays, number by number, their shapes matched as numpy matches them.
// @ts-nocheck: what a value is, is known when it runs, as in the sources translated.

import { TypeError_, ValueError } from "stage/python/errors.js";
import { KEPT, NdArray, asarray, cast, count_of, joined_type, kept, kind_of } from "stage/python/ndarray.js";

const WHOLE = ["int64", "uint64", "bool"], COMPARES = ["eq", "ne", "lt", "le", "gt", "ge"], BITS = ["bitand", "bitor", "bitxor", "rshift", "lshift"];

/** One row of an operation, each in a loop of its own so that it is quick: of x from i in steps of p, and of y from j in steps of q. */
function row(name, made, at, size, x, i, p, y, j, q) {
  switch (name) {
    case "add": for (let k = 0; k < size; k++, i += p, j += q) made[at + k] = x[i] + y[j]; break;
    case "sub": for (let k = 0; k < size; k++, i += p, j += q) made[at + k] = x[i] - y[j]; break;
    case "mul": for (let k = 0; k < size; k++, i += p, j += q) made[at + k] = x[i] * y[j]; break;
    case "div": for (let k = 0; k < size; k++, i += p, j += q) made[at + k] = x[i] / y[j]; break;
    case "floordiv": for (let k = 0; k < size; k++, i += p, j += q) made[at + k] = Math.floor(x[i] / y[j]); break;
    case "mod": for (let k = 0; k < size; k++, i += p, j += q) made[at + k] = x[i] - Math.floor(x[i] / y[j]) * y[j]; break;
    case "pow": for (let k = 0; k < size; k++, i += p, j += q) made[at + k] = x[i] ** y[j]; break;
    case "minimum": for (let k = 0; k < size; k++, i += p, j += q) made[at + k] = x[i] < y[j] || x[i] !== x[i] ? x[i] : y[j]; break;
    case "maximum": for (let k = 0; k < size; k++, i += p, j += q) made[at + k] = x[i] > y[j] || x[i] !== x[i] ? x[i] : y[j]; break;
    case "eq": for (let k = 0; k < size; k++, i += p, j += q) made[at + k] = x[i] === y[j] ? 1 : 0; break;
    case "ne": for (let k = 0; k < size; k++, i += p, j += q) made[at + k] = x[i] !== y[j] ? 1 : 0; break;
    case "lt": for (let k = 0; k < size; k++, i += p, j += q) made[at + k] = x[i] < y[j] ? 1 : 0; break;
    case "le": for (let k = 0; k < size; k++, i += p, j += q) made[at + k] = x[i] <= y[j] ? 1 : 0; break;
    case "gt": for (let k = 0; k < size; k++, i += p, j += q) made[at + k] = x[i] > y[j] ? 1 : 0; break;
    case "ge": for (let k = 0; k < size; k++, i += p, j += q) made[at + k] = x[i] >= y[j] ? 1 : 0; break;
    case "bitand": for (let k = 0; k < size; k++, i += p, j += q) made[at + k] = x[i] & y[j]; break;
    case "bitor": for (let k = 0; k < size; k++, i += p, j += q) made[at + k] = x[i] | y[j]; break;
    case "bitxor": for (let k = 0; k < size; k++, i += p, j += q) made[at + k] = x[i] ^ y[j]; break;
    case "rshift": for (let k = 0; k < size; k++, i += p, j += q) made[at + k] = x[i] >> y[j]; break;
    case "same": for (let k = 0; k < size; k++, i += p) made[at + k] = x[i]; break;
    default: throw TypeError_(`no ${name} of arrays`);
  }
}

/** An operation on two arrays, or an array and a number, whose shapes are matched from the last axis on. */
export function elementwise(name, a, b) {
  const one = a instanceof NdArray ? a : null, other = b instanceof NdArray ? b : null;
  let type = one && other ? (one.type === other.type ? one.type : joined_type([one.type, other.type])) : one ? mixed(one, b) : mixed(other, a);
  if (type === "object" || (type === "float64" && BITS.includes(name))) throw TypeError_(`${name} of ${type}`);
  if (name === "div") type = "float64";
  else if (type === "bool" && (name === "add" || name === "sub" || name === "mul")) type = "int64";
  const made_of = COMPARES.includes(name) ? "bool" : type;
  const x = one ? in_type(one, type) : [kept(a, type)], y = other ? in_type(other, type) : [kept(b, type)];
  if (one && other && !same(one.shape, other.shape)) return matched(name, x, y, made_of, one.shape, other.shape);
  const made = new NdArray(made_of, (one ?? other).shape);
  row(name, made.data, 0, made.data.length, x, 0, one ? 1 : 0, y, 0, other ? 1 : 0);
  return made;
}
const mixed = (array_, number) => {
  const kind = kind_of(number);
  return kind === "object" ? "object" : array_.type === "uint64" && kind !== "float64" ? "uint64" : joined_type([array_.type, kind]);
};
const in_type = (array_, type) => (array_.type === type || (type !== "uint64" && array_.type !== "uint64") ? array_.data : cast(array_, type).data);
export const same = (a, b) => a.length === b.length && a.every((each, k) => each === b[k]);

/** An operation on two arrays of different shapes; along an axis on which one has a single number, that stands for all. */
function matched(name, x, y, type, a, b) {
  const deep = Math.max(a.length, b.length), long = (own) => [...Array(deep - own.length).fill(1), ...own];
  const [one, other] = [long(a), long(b)];
  const shape = one.map((each, k) => (each === 1 ? other[k] : each));
  if (shape.some((each, k) => other[k] !== 1 && other[k] !== each)) throw ValueError(`operands could not be broadcast together with shapes ${a} ${b}`);
  const steps = (own) => own.map((each, k) => (each === 1 ? 0 : count_of(own.slice(k + 1))));
  const [first, second] = [steps(one), steps(other)], made = new NdArray(type, shape), size = shape[deep - 1];
  let at = 0;
  const walk = (axis, i, j) => {
    if (axis < deep - 1) for (let k = 0; k < shape[axis]; k++) walk(axis + 1, i + k * first[axis], j + k * second[axis]);
    else {
      row(name, made.data, at, size, x, i, first[axis], y, j, second[axis]);
      at += size;
    }
  };
  if (made.data.length) walk(0, 0, 0);
  return made;
}
/** An array as if it had a shape. */
export const broadcast = (given, shape) => {
  const own = asarray(given);
  return own.shape.length ? matched("same", own.data, [0], own.type, own.shape, shape) : new NdArray(own.type, shape, new KEPT[own.type](count_of(shape)).fill(own.data[0]));
};

export function into(a, name, b) {
  const found = elementwise(name, a, b);
  if (!same(found.shape, a.shape)) throw ValueError("an array cannot grow in place");
  a.data.set(found.type === a.type || (WHOLE.includes(a.type) && found.type !== "float64") ? found.data : cast(found, a.type).data);
  return a;
}

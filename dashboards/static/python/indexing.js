// What stands at places of an array, and is put there: slices, masks, lists of places, one axis after the other.
// @ts-nocheck: what a value is, is known when it runs, as in the sources translated.

import { broadcast, same } from "stage/python/elementwise.js";
import { IndexError } from "stage/python/errors.js";
import { plain } from "stage/python/figures.js";
import { Tuple } from "stage/python/gathered.js";
import { NdArray, TYPES, asarray, count_of, kept } from "stage/python/ndarray.js";

/** The places along an axis that one part of an index names, and the shape of what stands there. */
function along_axis(each, a, axis) {
  const size = a.shape[axis];
  if (each instanceof NdArray && each.type === "bool") {
    if (each.shape[0] !== size || (each.shape.length > 1 && (axis > 0 || !same(each.shape, a.shape)))) throw IndexError("a mask of another shape");
    let count = 0;
    for (let k = 0; k < each.data.length; k++) count += each.data[k];
    const found = new Float64Array(count);
    for (let k = 0, at = 0; k < each.data.length; k++) if (each.data[k]) found[at++] = k;
    return { found, shape: [count], masked: each.shape.length };
  }
  if (each instanceof NdArray || Array.isArray(each)) {
    const given = asarray(each, TYPES.int64), found = new Float64Array(given.data.length);
    for (let k = 0; k < found.length; k++) found[k] = within(given.data[k], size);
    return { found, shape: given.shape, masked: 1 };
  }
  if (typeof each === "object" && each.over) {
    const [from, to, step] = each.over(size), count = Math.max(0, Math.ceil((to - from) / step)), found = new Float64Array(count);
    for (let k = 0; k < count; k++) found[k] = from + k * step;
    return { found, shape: [count], masked: 1 };
  }
  return { found: [within(Number(plain(each)), size)], shape: [], masked: 1 };
}

/** The places in memory that an index names, how many numbers stand at each, and the shape of all of them. */
function chosen(a, index) {
  const given = index instanceof Tuple ? index : [index], shape = [];
  let places = null, axis = 0;
  for (const each of given) {
    if (each === null) {
      shape.push(1);
      continue;
    }
    const named = along_axis(each, a, axis);
    axis += named.masked;
    const step = count_of(a.shape.slice(axis)), found = named.found;
    shape.push(...named.shape);
    if (places === null) {
      places = found;
      if (step !== 1) for (let k = 0; k < found.length; k++) found[k] *= step;
    } else if (found.length === 1) for (let k = 0, more = found[0] * step; more && k < places.length; k++) places[k] += more;
    else {
      const all = new Float64Array(places.length * found.length);
      for (let k = 0, at = 0; k < places.length; k++) for (let j = 0; j < found.length; j++) all[at++] = places[k] + found[j] * step;
      places = all;
    }
  }
  const inner = a.shape.slice(axis);
  return { places: places ?? [0], width: count_of(inner), shape: [...shape, ...inner] };
}
const within = (at, size) => {
  const found = at < 0 ? at + size : at;
  if (!(found >= 0 && found < size)) throw IndexError(`index ${at} is out of bounds for a size of ${size}`);
  return found;
};

export function taken(a, index) {
  if (typeof index === "bigint" && a.shape.length === 1) return a.at(within(Number(index), a.shape[0]));
  const { places, width, shape } = chosen(a, index);
  if (shape.length === 0) return a.at(places[0]);
  const made = new NdArray(a.type, shape), into_ = made.data, from = a.data, count = places.length;
  if (width === 1) for (let k = 0; k < count; k++) into_[k] = from[places[k]];
  else for (let k = 0, at = 0; k < count; k++) for (let n = 0, place = places[k]; n < width; n++) into_[at++] = from[place + n];
  return made;
}
export function put(a, index, value) {
  const { places, width, shape } = chosen(a, index);
  const many = value instanceof NdArray || Array.isArray(value) ? broadcast(asarray(value), shape) : null;
  const one = many ? null : kept(value, a.type);
  for (let k = 0; k < places.length; k++) {
    for (let n = 0; n < width; n++) a.data[places[k] + n] = many ? (many.type === a.type ? many.data[k * width + n] : kept(many.at(k * width + n), a.type)) : one;
  }
}

NdArray.prototype[Symbol.iterator] = function* () {
  for (let k = 0; k < this.shape[0]; k++) yield taken(this, BigInt(k));
};

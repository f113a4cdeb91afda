// What a translated source calls without importing it: `py` in a script.
// @ts-nocheck: what a value is, is known when it runs, as in the sources translated.

import { Enum, IntEnum, Named, attr, cached, call, call_named, class_of, enum_class, made, object, record, sig } from "stage/python/classes.js";
import { AttributeError, BaseException, ERRORS, StopIteration, TypeError_, ValueError, caught, raised, sure } from "stage/python/errors.js";
import { formatted, is_number, plain, round, told_float, whole_of } from "stage/python/figures.js";
import { Bytes, Dict, SetOf, Tuple, bytes_of, compared, dict_of, frozenset_of, id, named, named_tuple, pairs, set_of, t, taken_named, tuple_of } from "stage/python/gathered.js";
import { NdArray, mapped } from "stage/python/ndarray.js";
import { Slice, contains, del, get, iter, operators, set, truth } from "stage/python/operators.js";
import { fold_by, length, quoted, shown } from "stage/python/text.js";

const str = (thing = "") => {
  if (typeof thing === "string") return thing;
  if (thing instanceof BaseException) return thing.$args.length === 1 ? str(thing.$args[0]) : thing.$args.length ? repr(t(...thing.$args)) : "";
  if (thing instanceof IntEnum) return String(thing.$value);
  if (thing instanceof Enum) return `${thing.constructor.$__name__}.${thing.$name}`;
  return thing?.$__str__ ? thing.$__str__() : repr(thing);
};
const listed = (things) => Array.from(things, repr).join(", ");
const repr = (thing) => {
  if (thing === null) return "None";
  if (thing === true) return "True";
  if (thing === false) return "False";
  if (typeof thing === "string") return quoted(thing);
  if (typeof thing === "bigint") return String(thing);
  if (typeof thing === "number") return told_float(thing);
  if (thing instanceof Tuple) return thing.length === 1 ? `(${repr(thing[0])},)` : `(${listed(thing)})`;
  if (Array.isArray(thing)) return `[${listed(thing)}]`;
  if (thing instanceof Dict) return `{${Array.from(thing.map.values(), ([name, value]) => `${repr(name)}: ${repr(value)}`).join(", ")}}`;
  if (thing instanceof SetOf) return thing.size ? `{${listed(thing)}}` : "set()";
  if (thing?.$isoformat) return `datetime.date(${thing.$isoformat().split("-").map(Number).join(", ")})`;
  throw TypeError_(`cannot be shown: ${thing?.constructor?.$__name__ ?? typeof thing}`);
};
shown.str = str;
shown.repr = repr;

const FLOAT = /^[+-]?(?:\d+(?:_\d+)*\.?(?:\d+(?:_\d+)*)?|\.\d+(?:_\d+)*)(?:e[+-]?\d+)?$/i;
const float = (thing = 0) => {
  const number = plain(thing);
  if (is_number(number)) return Number(number);
  if (thing instanceof NdArray) return Number(thing.item());
  const bare = thing.$strip(), word = /^([+-]?)(?:(nan)|inf|infinity)$/i.exec(bare);
  if (word) return word[2] ? NaN : word[1] === "-" ? -Infinity : Infinity;
  const plainly = bare.replace(/\p{Nd}/gu, digit);
  if (!FLOAT.test(plainly)) throw ValueError(`could not convert string to float: ${quoted(thing)}`);
  return Number(plainly.replaceAll("_", ""));
};
const digit = (each) => {
  let code = each.codePointAt(0), count = 0;
  if (code < 128) return each;
  while (count < 9 && /\p{Nd}/u.test(String.fromCodePoint(code - 1)) && (code - 1) % 16 < 10) {
    code -= 1;
    count += 1;
  }
  return String(count);
};
const int = (thing = 0n) => {
  const number = plain(thing);
  if (typeof number === "bigint") return number;
  if (typeof number === "number") return whole_of(number);
  if (thing instanceof NdArray) return int(thing.item());
  const bare = thing.$strip().replace(/\p{Nd}/gu, digit);
  if (!/^[+-]?\d+(?:_\d+)*$/.test(bare)) throw ValueError(`invalid literal for int() with base 10: ${quoted(thing)}`);
  return bare.startsWith("-") ? -BigInt(bare.slice(1).replaceAll("_", "")) : BigInt(bare.replace("+", "").replaceAll("_", ""));
};
Object.defineProperty(Number.prototype, "$is_integer", { value() { return Number.isInteger(Number(this)); }, enumerable: false });

/** Kinds of things, and how they are known. */
const kind = (make, name, known, names = []) => Object.assign(make, { $class: true, $__name__: name, known, $sig: names });
const dict = kind((held = [], more = null) => {
  const items = held instanceof Named ? [] : held, by_name = held instanceof Named ? held : more;
  const made_of = new Dict(items instanceof Dict ? items.map.values() : iter(items));
  if (by_name) for (const [name, value] of Object.entries(by_name.held)) made_of.set(name, value);
  return made_of;
}, "dict", (x) => x instanceof Dict);
dict.$more = true;
dict.$fromkeys = (names, value = null) => new Dict(Array.from(iter(names), (name) => [name, value]));
const types = {
  str: kind(str, "str", (x) => typeof x === "string"), bool: kind((x = false) => truth(x), "bool", (x) => typeof x === "boolean"),
  int: kind(int, "int", (x) => typeof x === "bigint" || typeof x === "boolean" || x instanceof IntEnum),
  float: kind(float, "float", (x) => typeof x === "number"), dict,
  list: kind((x = []) => [...iter(x)], "list", (x) => Array.isArray(x) && !(x instanceof Tuple)),
  tuple: kind((x = []) => tuple_of(iter(x)), "tuple", (x) => x instanceof Tuple),
  set: kind((x = []) => set_of(iter(x)), "set", (x) => x instanceof SetOf && !x.frozen),
  frozenset: kind((x = []) => frozenset_of(iter(x)), "frozenset", (x) => x instanceof SetOf && x.frozen),
  bytes: kind((x = []) => bytes_of(x), "bytes", (x) => x instanceof Bytes),
  type: kind((x) => {
    const found = Object.values(types).find((each) => each !== types.type && each !== types.int && each.known(x)) ?? (types.int.known(x) && !(x instanceof Enum) ? types.int : x.constructor);
    return found;
  }, "type", (x) => typeof x === "function" && Boolean(x.$class)),
};
const isinstance = (thing, of) => {
  if (Array.isArray(of)) return of.some((each) => isinstance(thing, each));
  return of.known ? of.known(thing) : of.prototype !== undefined && thing instanceof of;
};

const len = (thing) => {
  if (typeof thing === "string") return BigInt(length(thing));
  if (Array.isArray(thing) || thing instanceof Bytes) return BigInt(thing.length);
  if (thing instanceof Dict || thing instanceof SetOf) return BigInt(thing.size);
  if (thing instanceof NdArray) return BigInt(thing.shape[0]);
  if (thing.$members) return BigInt(thing.$members.length);
  if (!thing.$__len__) throw TypeError_("has no length");
  return thing.$__len__();
};
const in_order = (things, by, reverse) => {
  const found = Array.from(iter(things), (each) => [by ? by(each) : each, each]);
  found.sort(reverse ? ([a], [b]) => compared(b, a) : ([a], [b]) => compared(a, b));
  return found.map(([, each]) => each);
};
const best = (first) => (...given) => {
  const by_name = given.at(-1) instanceof Named ? given.pop().held : {};
  const things = given.length === 1 ? [...iter(given[0])] : given, by = by_name.key ?? ((x) => x);
  if (things.length === 0) {
    if (by_name.default === undefined) throw ValueError("arg is an empty sequence");
    return by_name.default;
  }
  return things.reduce((held, each) => (first(compared(by(each), by(held))) ? each : held));
};
const named_more = (made_of) => sig(made_of, [], true);
function* zipped(...given) {
  const by_name = given.at(-1) instanceof Named ? given.pop().held : {};
  const through = given.map((each) => iter(each)[Symbol.iterator]());
  if (through.length === 0) return;
  for (;;) {
    const row = new Tuple();
    for (const [k, each] of through.entries()) {
      const { done, value } = each.next();
      if (done) {
        if (by_name.strict && (k > 0 || through.slice(1).some((other) => !other.next().done))) throw ValueError("zip() arguments differ in length");
        return;
      }
      row.push(value);
    }
    yield row;
  }
}
function* counted(things, first = 0n) {
  for (const each of iter(things)) yield t(first++, each);
}
const range = (from, to, step = 1n) => {
  const [first, end] = to === undefined ? [0n, plain(from)] : [plain(from), plain(to)], found = [];
  for (let k = first; step > 0n ? k < end : k > end; k += step) found.push(k);
  return tuple_of(found);
};
const next = (through, usual) => {
  const { done, value } = through.next();
  if (!done) return value;
  if (usual === undefined) throw StopIteration();
  return usual;
};

const functions = {
  len, range: kind(range, "range", () => false), isinstance, next,
  sorted: sig((things, by = null, reverse = false) => in_order(things, by, reverse), ["iterable", "key", "reverse"]),
  sum: (things, first = 0n) => {
    let found = first;
    for (const each of iter(things)) found = operators.add(found, each);
    return found;
  },
  min: named_more(best((x) => x < 0)), max: named_more(best((x) => x > 0)),
  zip: named_more(zipped), enumerate: sig(counted, ["iterable", "start"]),
  *map(does, ...given) { for (const row of zipped(...given)) yield does(...row); },
  any: (things) => { for (const each of iter(things)) if (truth(each)) return true; return false; },
  all: (things) => { for (const each of iter(things)) if (!truth(each)) return false; return true; },
  iter: (things) => iter(things)[Symbol.iterator](),
  abs: (x) => (x instanceof NdArray ? mapped(x, Math.abs) : typeof plain(x) === "bigint" ? (plain(x) < 0n ? -plain(x) : plain(x)) : Math.abs(x)),
  round: sig(round, ["number", "ndigits"]), repr, id,
  getattr: (holder, name, usual) => (usual !== undefined && holder[`$${name}`] === undefined ? usual : attr(holder, `$${name}`)),
  hasattr: (holder, name) => holder !== null && holder[`$${name}`] !== undefined,
  vars: (holder) => new Dict(Object.entries(holder).map(([name, value]) => [name.slice(1), value])),
  classmethod: (x) => x,
};
const unpacked = (thing, count) => {
  const all = Array.isArray(thing) ? thing : [...iter(thing)];
  if (all.length !== count) throw ValueError(`${all.length} values to unpack; expected ${count}`);
  return all;
};
/** The same where one name between others takes all that is left. */
const parted = (thing, before, after) => {
  const all = [...iter(thing)];
  if (all.length < before + after) throw ValueError(`not enough values to unpack: ${all.length}`);
  return [...all.slice(0, before), all.slice(before, all.length - after), ...all.slice(all.length - after)];
};

/** `map`, `zip` and the like go through what they are given themselves; sources call the rest as it is named here. */
export const py = {
  ...ERRORS, raised, caught, sure, fold_by, ...operators, ...types, ...functions, Slice, truth, each: iter, item: get, put: set, drop: del, contains, unpacked, parted, attr, cached, call, call_named, class_of, enum_class,
  made, object, record, sig, IntEnum, t, dict_of, set_of, frozenset_of, bytes_of, named, named_tuple, pairs, taken_named,
  told: (value) => (value instanceof IntEnum ? String(value.$value) : str(value)), format: (value, spec) => formatted(value, spec, str),
  /** Throws where a library's stand-in lacks what a source asks of it. */
  check(lib, names) {
    const lacking = names.filter((name) => name.split(".").slice(1).reduce((held, each) => held?.[each], name.startsWith("py.") ? py : lib) === undefined);
    if (lacking.length) throw AttributeError(`the scripts lack ${lacking.join(", ")}`);
  },
};

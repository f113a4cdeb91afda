// Numbers as Python works with them and writes them: whole ones are BigInt, others Number; digits are exact, halves go to even.
// @ts-nocheck: what a value is, is known when it runs, as in the sources translated.

import { IntEnum } from "stage/python/classes.js";
import { OverflowError, TypeError_, ValueError, ZeroDivisionError } from "stage/python/errors.js";

/** A truth value or member of a closed set as the number that it is; anything else as it is. */
export const plain = (thing) => (typeof thing === "boolean" ? BigInt(thing) : thing instanceof IntEnum ? thing.$value : thing);
export const is_number = (thing) => typeof thing === "number" || typeof thing === "bigint";

const zero = (b) => {
  if (Number(b) === 0) throw ZeroDivisionError("division by zero");
};
const both = (whole, parts) => (a, b) => (typeof a === "bigint" && typeof b === "bigint" ? whole(a, b) : parts(Number(a), Number(b)));
const floored = (a, b) => a / b - ((a % b !== 0n && (a < 0n) !== (b < 0n)) ? 1n : 0n);

/** What operators do with two numbers. */
export const ARITHMETIC = {
  add: both((a, b) => a + b, (a, b) => a + b),
  sub: both((a, b) => a - b, (a, b) => a - b),
  mul: both((a, b) => a * b, (a, b) => a * b),
  div: (a, b) => { zero(b); return Number(a) / Number(b); },
  floordiv: (a, b) => { zero(b); return both(floored, (x, y) => Math.floor(x / y))(a, b); },
  mod: (a, b) => { zero(b); return both((x, y) => x - floored(x, y) * y, (x, y) => x - Math.floor(x / y) * y)(a, b); },
  pow: both((a, b) => (b < 0n ? Number(a) ** Number(b) : a ** b), (a, b) => a ** b),
  bitand: (a, b) => a & b, bitor: (a, b) => a | b, bitxor: (a, b) => a ^ b,
  lshift: (a, b) => a << b, rshift: (a, b) => a >> b,
};

const parts = new DataView(new ArrayBuffer(8));
/** A number's magnitude as whole · 2^power, exactly. */
function exactly(x) {
  parts.setFloat64(0, x);
  const bits = parts.getBigUint64(0), raised = Number(bits >> 52n & 0x7ffn), own = bits & 0xfffffffffffffn;
  return raised === 0 ? { whole: own, power: -1074 } : { whole: own | 1n << 52n, power: raised - 1075 };
}

/** |x| · 10^places to the nearest whole, halves to even. */
function scaled(x, places) {
  let { whole, power } = exactly(x), under = 1n;
  if (places > 0) whole *= 10n ** BigInt(places);
  else under *= 10n ** BigInt(-places);
  if (power > 0) whole <<= BigInt(power);
  else under <<= BigInt(-power);
  const found = whole / under, twice = (whole % under) * 2n;
  return found + (twice > under || (twice === under && found % 2n === 1n) ? 1n : 0n);
}

const negative = (x) => x < 0 || Object.is(x, -0);
const unfinite = (x) => (Number.isNaN(x) ? "nan" : negative(x) ? "-inf" : "inf");

/** A number with so many places after the point. */
export function fixed(x, places) {
  if (!Number.isFinite(x)) return unfinite(x);
  const digits = String(scaled(x, places)).padStart(places + 1, "0");
  const told = places ? `${digits.slice(0, -places)}.${digits.slice(-places)}` : digits;
  return (negative(x) ? "-" : "") + told;
}

/** Digits and power of ten of a number with so many digits. */
function significant(x, count) {
  if (x === 0) return { digits: "0".repeat(count), ten: 0 };
  let ten = Number(Math.abs(x).toExponential(20).split("e")[1]);
  let digits = String(scaled(x, count - 1 - ten));
  if (digits.length > count) digits = String(scaled(x, count - 1 - ++ten));
  return { digits, ten };
}

const power = (ten) => `e${ten < 0 ? "-" : "+"}${String(Math.abs(ten)).padStart(2, "0")}`;

/** As `g` does: so many digits at most, none of them a needless zero. */
export function general(x, count) {
  if (!Number.isFinite(x)) return unfinite(x);
  count = count || 1;
  const { digits, ten } = significant(x, count);
  const short = digits.replace(/0+$/, "") || "0";
  const sign = negative(x) ? "-" : "";
  if (ten < -4 || ten >= count) return `${sign}${short[0]}${short.length > 1 ? `.${short.slice(1)}` : ""}${power(ten)}`;
  if (ten < 0) return `${sign}0.${"0".repeat(-ten - 1)}${short}`;
  const whole = short.padEnd(ten + 1, "0");
  return sign + whole.slice(0, ten + 1) + (whole.length > ten + 1 ? `.${whole.slice(ten + 1)}` : "");
}

/** A floating-point number's shortest digits, as Python writes them. */
export function told_float(x) {
  if (!Number.isFinite(x)) return unfinite(x);
  const [mantissa, raised] = Math.abs(x).toExponential().split("e");
  const digits = mantissa.replace(".", ""), ten = Number(raised), sign = negative(x) ? "-" : "";
  if (ten < -4 || ten >= 16) return `${sign}${digits[0]}${digits.length > 1 ? `.${digits.slice(1)}` : ""}${power(ten)}`;
  if (ten < 0) return `${sign}0.${"0".repeat(-ten - 1)}${digits}`;
  const whole = digits.padEnd(ten + 1, "0");
  return `${sign}${whole.slice(0, ten + 1)}.${whole.slice(ten + 1) || "0"}`;
}

/** Rounded to places, halves to even; without places a whole number. */
export function round(x, places = null) {
  x = plain(x);
  if (typeof x === "bigint") {
    if (places === null || places >= 0n) return x;
    throw TypeError_("round of a whole number before the point");
  }
  if (x.$round) return x.$round(places ?? 0n);
  if (places !== null) return Number.isFinite(x) ? Number(fixed(x, Number(places))) : x;
  return whole_of(Number(fixed(x, 0)));
}

/** A whole number of a floating-point one without its fraction. */
export function whole_of(x) {
  if (Number.isNaN(x)) throw ValueError("cannot convert float NaN to integer");
  if (!Number.isFinite(x)) throw OverflowError("cannot convert float infinity to integer");
  return BigInt(Math.trunc(x));
}

const SPEC = /^(?:(.)?([<>^]))?([+ -])?(0)?(\d+)?(,)?(?:\.(\d+))?([dfgsx%])?$/su;

/** A value in the form that stands after a colon. */
export function formatted(value, spec, str) {
  const found = SPEC.exec(spec);
  if (!found) throw ValueError(`Invalid format specifier '${spec}'`);
  const [, fill, side, sign, zeros, width, comma, precision, form] = found;
  const number = plain(value);
  let told;
  if (typeof number === "string" || !is_number(number)) told = precision === undefined ? str(number) : str(number).slice(0, Number(precision));
  else if (typeof number === "bigint" && (form === undefined || form === "d")) told = String(number);
  else if (typeof number === "bigint" && form === "x") told = number.toString(16);
  else if (form === "f") told = fixed(Number(number), Number(precision ?? 6));
  else if (form === "%") told = `${fixed(Number(number) * 100, Number(precision ?? 6))}%`;
  else if (form === "g" || (form === undefined && precision !== undefined)) told = general(Number(number), Number(precision ?? 6));
  else if (form === undefined) told = told_float(Number(number));
  else throw ValueError(`Unknown format code '${form}'`);
  if (comma) told = told.replace(/\d+/, (digits) => digits.replace(/\B(?=(\d{3})+$)/g, ","));
  if (sign === "+" && is_number(number) && !told.startsWith("-")) told = `+${told}`;
  const lacking = Math.max(0, Number(width ?? 0) - Array.from(told).length);
  if (zeros && !side) return told.replace(/^[+-]?/, (own) => own + "0".repeat(lacking));
  const way = side ?? (is_number(number) ? ">" : "<"), by = fill ?? " ";
  const left = way === ">" ? lacking : way === "^" ? lacking >> 1 : 0;
  return by.repeat(left) + told + by.repeat(lacking - left);
}

/** The sum without any error, rounded once. Exact parts are held as whole numbers of the smallest power of two. */
export function fsum(items) {
  let sum = 0n;
  for (const each of items) {
    const x = Number(each);
    if (!Number.isFinite(x)) return x;
    const { whole, power } = exactly(x);
    const held = whole << BigInt(power + 1074);
    sum += x < 0 ? -held : held;
  }
  return to_float(sum);
}

/** A whole number of 2^-1074 as the nearest floating-point number, halves to even. */
function to_float(sum) {
  const sign = sum < 0n ? -1 : 1, held = sum < 0n ? -sum : sum, length = held.toString(2).length, over = length - 53;
  if (over <= 0) return sign * (Number(held) * 2 ** -537) * 2 ** -537;
  let kept = held >> BigInt(over);
  const rest = held - (kept << BigInt(over)), half = 1n << BigInt(over - 1);
  if (rest > half || (rest === half && kept % 2n === 1n)) kept += 1n;
  const raised = over - 1074;
  return sign * Number(kept) * 2 ** Math.max(raised, -1000) * 2 ** Math.min(0, raised + 1000);
}

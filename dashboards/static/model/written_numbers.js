// Numbers written as Python and Arrow write them, digit by digit.

/**
 * The digits of a number with so many after the point; halves go to the even digit, as in Python.
 * @param {number} number
 * @param {number} digits
 */
function digitsOf(number, digits) {
  const size = Math.abs(number), half = (size * 2 ** (digits + 1)) % 2 === 1, up = size.toFixed(digits);
  return half && Number(up.at(-1)) % 2 === 1 ? (size - 10 ** -digits / 4).toFixed(digits) : up;
}

/**
 * A number with so many digits after the point and commas between thousands.
 * @param {number} number
 * @param {number} digits
 */
export function fixed(number, digits) {
  const [whole, rest] = digitsOf(number, digits).split(".");
  return `${number < 0 ? "-" : ""}${whole.replace(/\B(?=(\d{3})+$)/g, ",")}${rest === undefined ? "" : `.${rest}`}`;
}

/**
 * The number that has so many digits after the point.
 * @param {number} number
 * @param {number} digits
 */
export const roundedTo = (number, digits) => Math.sign(number) * Number(digitsOf(number, digits));

/**
 * A number that reads back as itself, as Python writes it.
 * @param {number} number
 */
export function exact(number) {
  if (Number.isNaN(number)) return "nan";
  if (!Number.isFinite(number)) return number < 0 ? "-inf" : "inf";
  const [, digits, power] = /** @type {RegExpMatchArray} */ (number.toExponential().match(/^(.*)e(.*)$/));
  const far = Number(power), sign = Object.is(number, -0) ? "-" : "";
  if (number !== 0 && (far < -4 || far > 15)) return `${digits}e${far < 0 ? "-" : "+"}${String(Math.abs(far)).padStart(2, "0")}`;
  return `${sign}${number}${Number.isInteger(number) ? ".0" : ""}`;
}

/**
 * The fewest digits that tell a number of 32 bits from its neighbours, as Arrow writes it.
 * @param {number} number
 */
export function brief(number) {
  if (!Number.isFinite(number)) return Number.isNaN(number) ? "nan" : number < 0 ? "-inf" : "inf";
  if (Object.is(number, -0)) return "-0";
  const told = shortest(number);
  return Math.abs(told) < FAR ? String(told) : told.toExponential();
}

const FAR = 10 ** 10, MOST = 9, USUAL = 6;

function shortest(number) {
  const near = (digits) => Number(number.toPrecision(digits)), same = (digits) => Math.fround(near(digits)) === number;
  let digits = USUAL;
  if (same(digits)) while (digits > 1 && same(digits - 1)) digits -= 1;
  else while (digits < MOST && !same(digits)) digits += 1;
  const after = digits - 1 - Number(number.toExponential().split("e")[1]);
  return after < 0 ? near(digits) : Math.sign(number) * Number(digitsOf(number, after));
}

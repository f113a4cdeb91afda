// The number of a world: a plain number as far as a browser holds it exactly, its digits as text beyond.

/** @typedef {import("stage/model/port.js").Seed} Seed */

/** @param {bigint} whole */
const held = (whole) => (whole <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(whole) : String(whole));

/**
 * The world that was given as a number or as digits; null where it is none, or a number that a browser has rounded.
 * @param {unknown} given
 * @param {string} largest
 * @returns {Seed | null}
 */
export function seedOf(given, largest) {
  const digits = Number.isSafeInteger(given) ? String(given) : given;
  if (typeof digits !== "string" || !/^\d+$/.test(digits)) return null;
  const whole = BigInt(digits);
  return whole <= BigInt(largest) ? held(whole) : null;
}

/**
 * The world after this one; after the largest comes the first.
 * @param {Seed} seed
 * @param {string} largest
 */
export const nextSeed = (seed, largest) => (BigInt(seed) < BigInt(largest) ? held(BigInt(seed) + 1n) : 0);

// Shares of many numbers.

/**
 * A share of sorted numbers, with what lies between two of them in proportion.
 * @param {ArrayLike<number>} ordered
 * @param {number} share
 */
export function quantile(ordered, share) {
  const at = share * (ordered.length - 1), below = Math.floor(at), above = Math.min(below + 1, ordered.length - 1);
  return ordered[below] + (ordered[above] - ordered[below]) * (at - below);
}

/** @param {number} number  to as many digits as answers are told with */
export const rounded = (number) => Number(number.toFixed(5));

/** @param {number[]} numbers */
export const sorted = (numbers) => Float64Array.from(numbers).sort();

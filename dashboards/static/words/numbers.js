// Numbers, sums and times as people read them.

import { messages, text } from "stage/words/messages.js";
import { toldNumber } from "stage/words/of_the_model.js";

/**
 * A share as people read it; something is never told as nothing.
 * @param {number} share
 */
export const percent = (share) => toldNumber("percent", share);

/**
 * A number as people read it: no more digits than mean something.
 * @param {number | string} value
 */
export function plain(value) {
  if (typeof value === "string") return value.replaceAll("_", " ");
  const size = Math.abs(value);
  const digits = size >= 100 ? 0 : size >= 10 ? 1 : size >= 0.1 || size === 0 ? 2 : 4;
  return String(Number(value.toFixed(digits))).replace("-", "−");
}

const WITHOUT_UNIT = ["share", "ratio", "worth", "choice", "count", "log odds", "distance"];

/**
 * The value of a setting with its unit, or the choice that it is.
 * @param {number | string} value
 * @param {import("stage/model/port.js").Parameter} setting
 */
export function amount(value, { unit, codes, choices }) {
  if (codes.length) return choices[codes.indexOf(String(value))];
  return WITHOUT_UNIT.includes(unit) ? plain(value) : text(messages.levers.with_unit, { value: plain(value), unit });
}

/**
 * How large a gain is, in points of a hundred.
 * @param {number} gain
 */
export const points = (gain) => Math.abs(100 * gain).toFixed(1);

/**
 * A gain in points of a hundred, with its sign.
 * @param {number} gain
 */
export const signed = (gain) => `${gain > 0 ? "+" : gain < 0 ? "−" : ""}${points(gain)}`;

/**
 * Millions of pounds, in words that fit their size.
 * @param {number} millions
 */
export const pounds = (millions) => toldNumber("pounds", millions);

/**
 * A quarter counted from 0.
 * @param {number} quarter
 */
export const when = (quarter) => text(messages.common.a_quarter, { year: Math.floor(quarter / 4) + 1, quarter: (quarter % 4) + 1 });

/**
 * As `when`, within a sentence.
 * @param {number} quarter
 */
export const whenWithin = (quarter) => when(quarter).toLowerCase();

/**
 * "a, b and c"
 * @param {string[]} words
 */
export function listed(words) {
  const { and, comma } = messages.common;
  return words.length < 2 ? words.join("") : `${words.slice(0, -1).join(comma)}${and}${words.at(-1)}`;
}

/** @param {string} sentence */
export const capital = (sentence) => sentence[0].toUpperCase() + sentence.slice(1);

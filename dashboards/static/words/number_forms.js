// Numbers in the forms that the model declares for its sentences (`incentive_abm/words/telling/numbers.toml`), and its messages.

import { fixed } from "stage/model/written_numbers.js";
import words from "stage/words/model_words.js";

/** @typedef {{least?: number, above?: number, times?: number, digits?: number, say: string}} Step */

const forms = /** @type {Record<string, {unsigned?: boolean, steps: Step[]}>} */ (words.numbers), messages = /** @type {Record<string, string>} */ (words.messages);

/** A name to be filled in; how Python groups what stands for it does not matter here, where it is given as a text. */
export const NAMED = /\{(\w+)[^}]*\}/g;

/**
 * A message of the model's with its places filled; throws for a place that is not given.
 * @param {string} message
 * @param {Record<string, string>} places
 */
export const said = (message, places = {}) => messages[message].replaceAll(NAMED, (_, place) => {
  if (!(place in places)) throw new Error(`${message} needs ${place}`);
  return places[place];
});

/**
 * A number in a form.
 * @param {string} form
 * @param {number} number
 */
export function toldNumber(form, number) {
  const { unsigned, steps } = forms[form], told = unsigned ? Math.abs(number) : number;
  const step = /** @type {Step} */ (steps.find(({ least = told, above }) => told >= least && (above === undefined || told > above)));
  return said(step.say, step.digits === undefined ? {} : { number: fixed(told * (step.times ?? 1), step.digits) });
}

/**
 * So many of what is counted.
 * @param {string} what
 * @param {number} number
 */
export const counted = (what, number) => said(`numbers.count.${what}.${number === 1 ? "one" : "many"}`, { number: fixed(number, 0) });

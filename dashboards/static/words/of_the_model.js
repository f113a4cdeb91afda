// What is said in the words that the model declares (`incentive_abm/words`): its messages, its forms of numbers, its names.

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

/**
 * What a run that ended so is called.
 * @param {string} code
 */
export const regime = (code) => capitalised(/** @type {Record<string, string>} */ (words.regimes)[code]);

/** @param {string} words */
export const capitalised = (words) => words.slice(0, 1).toUpperCase() + words.slice(1);

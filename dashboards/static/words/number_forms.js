// Numbers in the forms that the model declares for its own sentences (`incentive_abm/words/telling/numbers.toml`).

import { fixed } from "stage/model/written_numbers.js";

/** @typedef {{least?: number, above?: number, times?: number, digits?: number, say: string}} Step */
/** Forms by name. @typedef {Record<string, {unsigned?: boolean, steps: Step[]}>} Forms */

/**
 * A number in a form.
 * @param {Forms} forms
 * @param {string} form
 * @param {number} number
 * @param {(message: string, places: Record<string, string>) => string} say
 */
export function toldNumber(forms, form, number, say) {
  const { unsigned, steps } = forms[form], told = unsigned ? Math.abs(number) : number;
  const step = /** @type {Step} */ (steps.find(({ least = told, above }) => told >= least && (above === undefined || told > above)));
  return say(step.say, step.digits === undefined ? {} : { number: fixed(told * (step.times ?? 1), step.digits) });
}

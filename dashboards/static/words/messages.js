// The one way to a sentence: `messages` holds them all, `text` fills in what a sentence names and chooses its plural.

import english from "stage/words/english.js";

export const messages = english;
const plural = new Intl.PluralRules("en-GB");

/**
 * A message with its {names} filled in; one with plural forms is chosen by `count`. Throws for a name that is not given.
 * @param {string | {one: string, other: string}} message
 * @param {Record<string, string | number>} [values]
 */
export function text(message, values = {}) {
  const chosen = typeof message === "string" ? message : plural.select(Number(values.count)) === "one" ? message.one : message.other;
  return chosen.replaceAll(/\{(\w+)\}/g, (_, name) => {
    if (!(name in values)) throw new Error(`“${chosen}” needs ${name}`);
    return String(values[name]);
  });
}

// The one way to a sentence: `messages` holds them all, `text` fills in what a sentence names and chooses its plural.

import facilitator from "stage/words/english/facilitator.js";
import levers from "stage/words/english/levers.js";
import page from "stage/words/english/page.js";
import partners from "stage/words/english/partners.js";
import picture from "stage/words/english/picture.js";
import questions from "stage/words/english/questions.js";
import session from "stage/words/english/session.js";

export const messages = { ...page, ...picture, ...partners, ...levers, ...questions, ...session, ...facilitator };
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

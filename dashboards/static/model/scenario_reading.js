// A scenario file read: keys, ranges, what each event needs and every word of a refusal come with the page, from Python's own declarations.

import { Faults, Wrong, general, nearest } from "stage/model/faults.js";
import { FileTable } from "stage/model/file_table.js";
import { TomlError, parse } from "stage/vendor/smol_toml.js";

/** @typedef {import("stage/model/port.js").Scenario} Scenario */
/** @typedef {import("stage/model/port.js").TimedEvent} TimedEvent */

/**
 * What a scenario file may say (`scenario_words.py`).
 * @typedef {object} OfScenarios
 * @property {string} caution
 * @property {string} mark  begins the comment with world, preset and notes
 * @property {string[]} notes
 * @property {number} longest_note
 * @property {string[]} words
 * @property {string[]} keys
 * @property {Record<string, string>} other_words
 * @property {{always: string[], keys: string[], other_words: Record<string, string>, shares: string[], either: {told: string, one: string[], other: string[]}[], rules: Record<string, {allowed: string[], needs: {told: string, any_of: string[][]}[]}>}} event
 * @property {string[]} kinds
 * @property {string[]} backgrounds
 * @property {Record<string, {scope: string, low: number, high: number, unit: string, choices: string[], whole: boolean}>} parameters
 * @property {{later: string[], narrowed: string, data: string}} scopes
 */

/** @typedef {OfScenarios & import("stage/model/faults.js").Telling} Reading */

/**
 * A scenario from the text of a file; throws Wrong with everything that is wrong with it.
 * @param {string} content
 * @param {string} name  of the file
 * @param {Reading} reading
 * @param {Scenario[]} presets  those that a file may build on
 * @returns {Scenario}
 */
export function readScenario(content, name, reading, presets) {
  const data = new FileTable(parsed(content, name, reading), name, reading), faults = new Faults(reading);
  faults.attempt(undefined, () => data.only(reading.keys, reading.other_words));
  const words = Object.fromEntries(reading.words.map((key) => [key, faults.attempt("", () => data.text(key))]));
  faults.attempt(undefined, () => {
    if (!data.has("title") || words.title === "" && data.values.title === "") throw data.mistake(data.said("key.no_text_at_all", { key: "title", example: "Trust alone" }), "title");
  });
  const base = faults.attempt(undefined, () => based(data, presets));
  const parameters = faults.attempt({}, () => values(data.table("parameters"), reading, false));
  const kinds = faults.attempt({}, () => narrowed(data, "kinds", reading, (word, table) => table.member("kind", word, reading.kinds)));
  const partners = faults.attempt({}, () => narrowed(data, "partners", reading, () => undefined));
  const events = faults.attempt([], () => each(data.tables("events", "event"), reading, (table) => readEvent(table, reading)));
  faults.raise();
  const kept = (groups) => Object.fromEntries(Object.entries(groups ?? {}).map(([who, given]) => [who, Object.fromEntries(Object.entries(given).filter(([key]) => !(key in parameters)))]));
  return {
    .../** @type {any} */ (words), preset: "own", parameters: { ...base?.parameters, ...parameters }, kinds: merged(kept(base?.kinds), kinds),
    partners: merged(kept(base?.partners), partners), events: [...structuredClone(base?.events ?? []), ...events],
  };
}

/** @returns {Record<string, unknown>} */
function parsed(content, name, reading) {
  try {
    return parse(content.replace(/^\uFEFF/, ""), { integersAsBigInt: true });
  } catch (error) {
    if (!(error instanceof TomlError) && !(error instanceof RangeError)) throw error;
    throw new Wrong([{ told: new FileTable({}, "", reading).said("not_toml", { file: name, trouble: error.message.split("\n")[0] }), at: [], cause: "", spot: "" }]);
  }
}

/** The preset that a file builds on, where it names one. */
function based(data, presets) {
  const word = data.text("extends"), names = presets.map(({ preset }) => preset);
  if (word === "") return undefined;
  return presets[names.indexOf(data.member("extends", word, names))];
}

/** What several tables give; what is wrong in any is told together. */
function each(tables, reading, read) {
  const faults = new Faults(reading), found = tables.map((table) => faults.attempt(undefined, () => read(table)));
  faults.raise();
  return found;
}

const merged = (one, other) => {
  const groups = [...new Set([...Object.keys(one), ...Object.keys(other)])].map((who) => [who, { ...one[who], ...other[who] }]);
  return Object.fromEntries(groups.filter(([, given]) => Object.keys(given).length));
};

function narrowed(data, key, reading, known) {
  const outer = data.table(key), faults = new Faults(reading), found = {};
  for (const word of outer.keys) {
    faults.attempt(undefined, () => {
      const table = outer.table(word, key === "partners" ? `"${word}"` : word);
      known(word, table);
      found[word] = values(table, reading, true);
    });
  }
  faults.raise();
  return found;
}

/** The settings of a table, as people write them. */
function values(table, reading, forSome) {
  const { parameters, scopes } = reading, faults = new Faults(reading), found = {};
  for (const key of table.keys) {
    faults.attempt(undefined, () => {
      found[key] = setting(table, key, reading);
      if (parameters[key].scope === scopes.data) throw table.mistake(table.said("parameter.of_data", { name: key }), key);
      if (forSome && parameters[key].scope !== scopes.narrowed) throw table.mistake(table.said("parameter.of_the_place", { name: key }), key);
    });
  }
  faults.raise();
  return found;
}

/** One setting, within its range. */
function setting(table, key, reading) {
  const value = table.values[key], wrong = (name, places, cause = "") => table.mistake(table.said(name, places), key, cause);
  if (!Object.hasOwn(reading.parameters, key)) throw wrong("parameter.unknown", { name: table.quoted(key), hint: nearest(key, Object.keys(reading.parameters), reading) }, `parameter ${key}`);
  const { low, high, unit, choices, whole } = reading.parameters[key];
  if (choices.length) return table.member(key, value, choices);
  const number = typeof value === "bigint" || (typeof value === "string" && value.trim() !== "") ? Number(value) : value;
  if (typeof number !== "number" || (typeof value === "string" && Number.isNaN(number))) throw wrong("parameter.no_number", { name: key, value: table.quoted(value), low: general(low), high: general(high) });
  if (!(number >= low && number <= high)) throw wrong("parameter.out_of_range", { name: key, value: general(number), low: general(low), high: general(high), unit });
  if (whole && !Number.isInteger(number)) throw wrong("parameter.no_whole_number", { name: key, value: general(number) });
  return number;
}

/**
 * @param {FileTable} table
 * @param {Reading} reading
 * @returns {TimedEvent}
 */
function readEvent(table, reading) {
  const { event: { always, keys, other_words: neighbours, rules }, kinds, backgrounds } = reading, faults = new Faults(reading);
  const known = [...new Set([...always, ...Object.values(rules).flatMap(({ allowed }) => allowed)])], whats = Object.keys(rules);
  faults.attempt(undefined, () => table.only(known, neighbours));
  const what = faults.attempt("", () => {
    if (!table.has("what")) throw table.mistake(table.said("key.no_choice_at_all", { key: "what", words: whats.join(", ") }), "what");
    return table.choice("what", whats);
  });
  const quarter = faults.attempt(0, () => table.whole("quarter")), title = faults.attempt("", () => table.text("title"));
  const reads = {
    parameters: () => later(table, reading), kind: () => table.choice("kind", kinds), background: () => table.choice("background", backgrounds),
    between: () => pair(table, kinds), skill: () => table.number("skill"), scope: () => table.number("scope"),
  };
  const given = Object.fromEntries(keys.map((key) => [key, faults.attempt(undefined, reads[key] ?? (() => (table.has(key) ? table.text(key) : undefined)))]).filter(([, value]) => value !== undefined));
  faults.raise();
  checked(table, what, given, reading);
  return { quarter, what, ...(title ? { title } : {}), ...given };
}

function later(table, reading) {
  const inner = table.table("parameters"), faults = new Faults(reading), found = {};
  inner.where = table.where;
  for (const key of inner.keys) faults.attempt(undefined, () => { found[key] = setting(inner, key, reading); });
  faults.raise();
  return Object.keys(found).length ? found : undefined;
}

function pair(table, kinds) {
  const value = table.values.between;
  if (value === undefined) return undefined;
  if (!Array.isArray(value) || value.length !== 2) throw table.mistake(table.said("event.no_two_kinds", { value: table.quoted(value) }), "between");
  return value.map((kind) => table.member("between", kind, kinds));
}

/** Whether what an event says fits together: what it may say, what it must, shares within 0 to 1, settings that may change. */
function checked(table, what, given, { event: { keys, either, rules, shares }, parameters, scopes, backgrounds }) {
  const { allowed, needs } = rules[what], has = (key) => key in given, wrong = (name, places = {}) => table.mistake(table.said(name, places));
  const odd = keys.find((key) => has(key) && !allowed.includes(key));
  if (odd) throw wrong("event.no_meaning", { name: odd, what: table.quoted(what), takes: allowed.join(", ") || table.said("event.takes_nothing") });
  for (const { told, one, other } of either) if (one.some(has) && other.some(has)) throw wrong(`event.${told}`);
  for (const { told, any_of: groups } of needs) {
    if (!groups.some((group) => group.every(has))) throw wrong(`event.${told}`, { missing: groups[0].find((key) => !has(key)) ?? "", words: backgrounds.join(", ") });
  }
  for (const share of shares) if (has(share) && !(given[share] >= 0 && given[share] <= 1)) throw wrong("event.out_of_range", { name: share, value: general(given[share]) });
  if (has("a") && given.a === given.b) throw wrong("event.one_partner", { value: table.quoted(given.a) });
  const forSome = has("kind") || has("partner");
  for (const name of Object.keys(given.parameters ?? {})) {
    const { scope } = parameters[name];
    if (!scopes.later.includes(scope)) throw wrong(`parameter.not_later.${scope}`, { name });
    if (forSome && scope !== scopes.narrowed) throw wrong("parameter.of_the_place", { name });
  }
}

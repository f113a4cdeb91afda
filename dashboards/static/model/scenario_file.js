// A scenario as a TOML file that the command line reads, with world, preset and notes in a comment at its head; and such a file opened.

import { Faults, Wrong } from "stage/model/faults.js";
import { Trouble } from "stage/model/port.js";
import { readScenario } from "stage/model/scenario_reading.js";
import { seedOf } from "stage/model/seeds.js";
import { messages, text } from "stage/words/messages.js";

/** @typedef {import("stage/model/port.js").Scenario} Scenario */
/** @typedef {import("stage/model/port.js").Notes} Notes */
/** @typedef {import("stage/model/port.js").Seed} Seed */
/** @typedef {import("stage/model/scenario_reading.js").Reading} Reading */

/** A TOML text: JSON's escapes, and DEL, which TOML alone forbids. */
const quotedText = (said) => JSON.stringify(said).replaceAll("\x7f", "\\u007f");

/**
 * The text of a file.
 * @param {Scenario} scenario
 * @param {Seed} seed
 * @param {Notes} notes
 * @param {Reading} reading
 */
export function scenarioFile(scenario, seed, notes, { caution, mark, words, parameters }) {
  const number = (value, whole) => (whole || !Number.isInteger(value) ? String(value) : value.toFixed(1));
  const setting = ([name, value]) => `${name} = ${typeof value === "string" ? quotedText(value) : number(value, parameters[name]?.whole)}`;
  const table = (heading, values) => (Object.keys(values).length ? ["", heading, ...Object.entries(values).map(setting)] : []);
  const eventLine = ([key, value]) => {
    if (key === "parameters") return `${key} = { ${Object.entries(value).map(setting).join(", ")} }`;
    if (Array.isArray(value)) return `${key} = [${value.map(quotedText).join(", ")}]`;
    return `${key} = ${typeof value === "string" ? quotedText(value) : number(value, key === "quarter")}`;
  };
  const lines = [
    `# ${caution}`, `${mark}${JSON.stringify({ seed, preset: scenario.preset, notes })}`,
    ...words.filter((key) => scenario[key]).map((key) => `${key} = ${quotedText(scenario[key])}`), ...table("[parameters]", scenario.parameters),
    ...Object.entries(scenario.kinds).flatMap(([kind, values]) => table(`[kinds.${kind}]`, values)),
    ...Object.entries(scenario.partners).flatMap(([who, values]) => table(`[partners.${quotedText(who)}]`, values)),
    ...scenario.events.flatMap((event) => ["", "[[events]]", ...Object.entries(event).filter(([key, value]) => key !== "mine" && value !== undefined && value !== "").map(eventLine)]),
  ];
  return `${lines.join("\n")}\n`;
}

/**
 * What a file holds; throws Trouble that tells all that is wrong with it.
 * @param {{text: string, name: string}} file
 * @param {Reading} reading
 * @param {{presets: Scenario[], largest_seed: string}} data
 * @returns {{scenario: Scenario, seed: Seed, notes: Notes}}
 */
export function openedScenario({ text: content, name }, reading, { presets, largest_seed: largest }) {
  const scenario = read(content, name, reading, presets), line = content.split(/\r?\n/).find((each) => each.startsWith(reading.mark));
  if (line === undefined) return { scenario, seed: 1, notes: {} };
  let kept;
  try {
    kept = JSON.parse(line.slice(reading.mark.length));
  } catch {
    kept = null;
  }
  const { preset, notes } = kept ?? {}, seed = seedOf(kept?.seed, largest), whole = typeof notes === "object" && notes !== null
    && Object.entries(notes).every(([key, note]) => reading.notes.includes(key) && typeof note === "string" && note.length <= reading.longest_note);
  if (seed === null || !whole) throw new Trouble(text(messages.notices.damaged_notes, { name, mark: reading.mark.trim() }));
  return { scenario: { ...scenario, preset: typeof preset === "string" ? preset : scenario.preset }, seed, notes };
}

function read(content, name, reading, presets) {
  try {
    return readScenario(content, name, reading, presets);
  } catch (error) {
    if (!(error instanceof Wrong)) throw error;
    const faults = new Faults(reading);
    faults.found = error.found;
    throw new Trouble(faults.told());
  }
}

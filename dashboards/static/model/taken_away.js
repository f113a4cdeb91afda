// What people take away of a run as tables: its numbers and its event log, as CSV, with the same bytes as a server's.

import { brief, exact } from "stage/model/written_numbers.js";

/**
 * A column of the event log: where it is held, and how it is written.
 * @typedef {{name: string, held: string, kind: "partner" | "title" | "word" | "whole" | "other"}} LogColumn
 */

/** What the files begin with, column by column. @typedef {{numbers: string[], before: string[], log: LogColumn[], codes: Record<string, string[]>}} Files */

const LINE = "\n";

/** What a file says that shows no origin: the caution, and by which rules it was played where these are not the shipped ones. @param {import("stage/model/port.js").PageData} data */
export const cautionOf = ({ caution, rules: { short } }) => (short ? `${caution} ${short}` : caution);

const quoted = (/** @type {string} */ text) => `"${text.replaceAll('"', '""')}"`;

/**
 * Every measure of a run by quarter, exact.
 * @param {string} side
 * @param {Float64Array} measures  [quarter][measure]
 * @param {number} width
 */
export function numberRows(side, measures, width) {
  const rows = Array.from({ length: measures.length / width }, (_, q) => [side, q + 1, ...Array.from(measures.subarray(q * width, (q + 1) * width), exact)].join(","));
  return rows.map((row) => row + LINE).join("");
}

/**
 * @param {Files} files
 * @param {string[]} measures
 */
export const numberHeading = ({ numbers }, measures) => [...numbers, ...measures].join(",") + LINE;

/** @param {Files} files */
export const logHeading = ({ before, log }) => [...before, ...log.map(({ name }) => name)].map(quoted).join(",") + LINE;

/**
 * Every row of a log.
 * @param {Files} files
 * @param {string} side
 * @param {import("stage/model/event_log.js").EventLog} log
 * @param {string[]} ids  of the place's partners
 * @param {string[]} titles
 */
export function logRows({ log: columns, codes }, side, log, ids, titles) {
  const { whole, other } = log.columns(), words = { partner: ids, title: titles, word: [] }, first = quoted(side);
  const written = columns.map(({ held, kind }) => {
    if (kind === "other") return (k) => (Number.isNaN(other[held][k]) ? "" : brief(other[held][k]));
    if (kind === "whole") return held in whole ? (k) => (whole[held][2 * k] < 0 ? "" : String(whole[held][2 * k])) : () => "0";
    const texts = (kind === "word" ? codes[held] : words[kind]).map(quoted);
    return (k) => texts[whole[held][2 * k]] ?? "";
  });
  const rows = Array(log.rows);
  for (let k = 0; k < log.rows; k += 1) rows[k] = `${first},${k},${written.map((column) => column(k)).join(",")}${LINE}`;
  return rows.join("");
}

// Why it goes no further, in sentences: the reasons that the model gives, each with the rows of the log that tell it.

import { messages, text } from "stage/words/messages.js";
import { roundedTo } from "stage/model/written_numbers.js";
import { percent, when } from "stage/words/numbers.js";
import { Telling } from "stage/words/telling.js";

/** @typedef {import("stage/model/event_log.js").Row} Row */

const words = messages.why;

/**
 * @param {{reasons: import("stage/model/event_log.js").Found[], moving: number, confirmed: number, titles: string[]}} found
 * @param {number} quarter  counted from 1
 * @param {import("stage/model/port.js").Place} place
 * @param {import("stage/words/telling.js").Known} known
 * @returns {import("stage/model/port.js").Reasons}
 */
export function toldReasons({ reasons, moving, confirmed, titles }, quarter, place, known) {
  const telling = new Telling(known, place.labels, titles), { codes, obstacles } = known;
  const stuck = ({ whole, other }, obstacle) => {
    const [one, another] = [whole.partner, whole.other].sort((i, j) => i - j);
    return text(words.stuck, { a: place.labels[one], b: place.labels[another], scope: percent(other.sharing), obstacle });
  };
  const shown = (row, said) => ({ when: when(row.whole.quarter - 1), text: said, partners: ends(row, place), rows: [{ row: row.row, facts: facts(row, place, known) }] });
  return {
    quarter, moving, confirmed,
    summary: text(reasons.length ? words.summary : words.summary_alone, { when: when(quarter - 1).toLowerCase(), share: percent(moving) }),
    reasons: reasons.map(({ blocker, share, ties, stuck: rests, rows }) => ({
      blocker: codes.reason[blocker], label: obstacles[blocker], share, ties, text: text(words.reason, { share: percent(share), count: ties }),
      sentences: rows.map((row, k) => shown(row, rests && k === 0 ? stuck(row, obstacles[blocker]) : telling.sentence(row))),
    })),
  };
}

/** @param {Row} row */
function ends({ whole: { tie, partner } }, place) {
  return tie < 0 ? [partner].filter((each) => each >= 0) : [place.a[tie], place.b[tie]];
}

/** The columns of a row that say something. @param {Row} row */
function facts({ whole, other }, place, { codes, facts: { digits, unshown } }) {
  const said = (name, value) => (name === "partner" || name === "other" ? place.ids[value] : name in codes ? codes[name][value] : value);
  return Object.fromEntries([
    ["quarter", whole.quarter], ["event", codes.what[whole.what]],
    ...Object.entries(whole).filter(([name, value]) => value >= 0 && !unshown.includes(name)).map(([name, value]) => [name, said(name, value)]),
    ...Object.entries(other).filter(([, value]) => !Number.isNaN(value)).map(([name, value]) => [name, roundedTo(value, digits)]),
  ]);
}

// What a room can bet on before it plays, and which of it came: the ending of the place, which side gets further, one tie.

import { at, breadth, measure, sharedIn } from "stage/model/run_values.js";
import { messages, text } from "stage/words/messages.js";
import { capital } from "stage/words/numbers.js";

/** @typedef {import("stage/model/port.js").Run} Run */
/** @typedef {import("stage/model/port.js").Place} Place */
/** @typedef {import("stage/model/run_values.js").IndexedData} Data */
/** @typedef {{code: string, label: string}} Option */
/** @typedef {{id: string, question: string, options: Option[], tie?: number}} Bet */
/** @typedef {{id: string, question: string, options: (Option & {count: number})[], came: string[]}} Placed  a bet with the room's votes; came: codes, once seen */

const words = messages.bets;
const TRUST = 0, COUNCIL = 1;

/**
 * The heaviest tie between a hospital trust and a council, or the heaviest of all.
 * @param {Place} place
 */
export function tieToWatch(place) {
  const kinds = (e) => [place.kind[place.a[e]], place.kind[place.b[e]]];
  const all = [...place.weight.keys()], mixed = all.filter((e) => kinds(e).includes(TRUST) && kinds(e).includes(COUNCIL));
  return (mixed.length ? mixed : all).reduce((best, e) => (place.weight[e] > place.weight[best] ? e : best), (mixed.length ? mixed : all)[0]);
}

/**
 * The bets on a story.
 * @param {boolean} two  whether A is compared with B
 * @param {Place} place
 * @param {Data} data
 * @returns {Bet[]}
 */
export function betsOn(two, place, data) {
  const years = data.quarters / 4, points = Math.round(100 * data.thresholds.alike);
  const ending = two ? { id: "further", question: text(words.further, { years }), options: ["A", "B", "alike"].map((code) => ({ code, label: text(words.options[code], { points }) })) }
    : { id: "ending", question: text(words.ending, { place: place.title, years }), options: data.regimes.map(({ code, meaning }) => ({ code, label: capital(meaning) })) };
  if (!place.a.length) return [ending];
  const tie = tieToWatch(place), a = place.labels[place.a[tie]], b = place.labels[place.b[tie]];
  return [ending, { id: "tie", tie, question: text(two ? words.tie_of_b : words.tie, { a, b, years }), options: ["joined", "agreed", "apart"].map((code) => ({ code, label: words.options[code] })) }];
}

/**
 * What came of a bet at the end of the runs, as the code of an option.
 * @param {Bet} bet
 * @param {Run[]} runs  A, and B where there are two
 * @param {Data} data
 */
export function cameOf(bet, runs, data) {
  const last = data.quarters - 1, run = /** @type {Run} */ (runs.at(-1));
  if (bet.id === "ending") return run.header.regime;
  if (bet.id === "further") {
    const [a, b] = runs.map((each) => measure(each, data.index.integration, last));
    return Math.abs(a - b) < data.thresholds.alike ? "alike" : a > b ? "A" : "B";
  }
  const tie = Number(bet.tie);
  if (at(run.tie.joined, last, tie)) return "joined";
  return breadth(sharedIn(run, data.resources), last, tie) >= data.thresholds.shares ? "agreed" : "apart";
}

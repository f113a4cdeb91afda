// What would turn a comparison round, in sentences: how it stands, what was found so far or at the end, and how sure that is.

import { messages, text } from "stage/words/messages.js";
import { amount, percent, plain, points } from "stage/words/numbers.js";

/** @typedef {import("stage/model/port.js").Lead} Lead */
/** @typedef {import("stage/model/port.js").Circumstances} Circumstances */
/** @typedef {import("stage/model/port.js").TurnSoFar} TurnSoFar */
/** @typedef {Pick<import("stage/model/port.js").PageData, "parameters">} Table */

const words = messages.turn;

/** The side that is ahead, and by how much, as sentences name them. @param {Lead} lead */
const told = ({ gain, ahead, worlds }) => ({ side: gain > 0 ? "B" : "A", other: gain > 0 ? "A" : "B", points: points(gain), ahead, worlds });

/**
 * How the comparison stands.
 * @param {Lead} standing
 * @param {boolean} decided
 */
export const stands = (standing, decided) => text(decided ? words.stands : words.stands_alike, told(standing));

/**
 * What was found so far in the worlds of the search.
 * @param {Circumstances} found
 */
export const soFar = ({ lead }) => text(words.so_far, { ...told(lead), count: lead.worlds });

/**
 * What was found, and how far away.
 * @param {Circumstances} found
 * @param {boolean} decided  whether a side is ahead as things stand
 * @param {{near: number, far: number}} lines
 */
export function found({ moves, distance, lead }, decided, { near, far }) {
  const where = distance <= near ? 0 : distance < far ? 1 : 2;
  return text(decided ? words.found : words.found_alike, { ...told(lead), near: words.near[where], count: moves.length });
}

/** How sure that is. @param {Circumstances} found */
export const sure = ({ lead }) => text(words.sure, told(lead));

/** That it did not hold. @param {Circumstances} found */
export const unsure = ({ lead }) => text(words.unsure, told(lead));

/** Who is ahead where one setting comes nearest. @param {Circumstances} closest */
export const then = ({ lead }) => (points(lead.gain) === points(0) ? words.then_even : text(words.then_ahead, told(lead)));

/**
 * A move: what, from where to where, how far.
 * @param {import("stage/model/port.js").Moved} move
 * @param {Table} data
 */
export function move({ name, was, value, share }, data) {
  const p = data.parameters[name], from = p.codes.length ? amount(was, p) : plain(was);
  return { label: p.label, moved: text(messages.help.moved, { was: from, value: amount(value, p) }), way: p.codes.length ? words.another : text(words.of_range, { share: percent(share) }) };
}

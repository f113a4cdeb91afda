// What happened in a run and what became of it, in sentences: facts from the run, words from the messages.

import { at, indexed, measure, series } from "stage/model/run_values.js";
import { messages, text } from "stage/words/messages.js";
import { said } from "stage/words/of_the_model.js";
import { percent } from "stage/words/numbers.js";

/** @typedef {import("stage/model/port.js").Run} Run */
/** @typedef {import("stage/model/port.js").Place} Place */
/** @typedef {import("stage/model/port.js").Moment} Moment */
/** @typedef {import("stage/model/run_values.js").IndexedData} IndexedData */

const MOST_NAMED = 2, { moments: words, common } = messages;

/**
 * The run with its moments and its verdict told.
 * @param {Run} run
 * @param {Place} place
 * @param {IndexedData} data
 * @returns {Run}
 */
export const told = (run, place, data) => ({ ...run, header: { ...run.header, verdict: verdict(run, data), moments: moments(run, place, data) } });

/**
 * The same model; its runs are told.
 * @param {import("stage/model/port.js").Model} model
 * @param {import("stage/model/port.js").PageData} data
 * @returns {import("stage/model/port.js").Model}
 */
export function telling(model, data) {
  const known = { [data.place.hash]: data.place }, full = indexed(data);
  const learn = (places) => places.forEach((place) => { known[place.hash] = place; });
  return {
    ...model,
    run: async (request) => told(await model.run(request), known[request.place], full),
    importPlace: async (files, maps) => {
      const found = await model.importPlace(files, maps);
      if (found.place) learn([found.place]);
      return found;
    },
    wayIn: async (place) => {
      const found = await model.wayIn(place);
      learn(found.places);
      return found;
    },
  };
}

/** A quarter counted from 1, as people say it. */
const when = (quarter) => text(common.a_year, { year: Math.floor((quarter - 1) / 4) + 1 });

/**
 * What became of a run, in one plain sentence with the year and with its numbers at the end.
 * @param {Run} run
 * @param {IndexedData} data
 */
export function verdict(run, { index, thresholds }) {
  const { regime, times: { integration, stall, collapse } } = run.header, last = run.quarters - 1, said = messages.verdict;
  const values = { years: Math.floor(run.quarters / 4), agreed: percent(measure(run, index.form, last)), joined: percent(measure(run, index.integration, last)) };
  if (regime === "integrated" && integration !== null) return text(said.integrated, { ...values, when: when(integration) });
  if (regime === "collapsed" && collapse !== null) return text(said.collapsed, { ...values, when: when(collapse) });
  if (regime === "never_started") return text(said.never_started, { ...values, most: percent(Math.max(...series(run, index.form))) });
  if (regime === "stalled" && (stall === null || stall <= thresholds.early)) return text(said.never_moved, values);
  return text(said[regime], { ...values, when: stall === null ? "" : when(stall) });
}

/**
 * Everything that happened, by quarter.
 * @param {Run} run
 * @param {Place} place
 * @param {IndexedData} data
 * @returns {Moment[]}
 */
export function moments(run, place, { index }) {
  const { events, elections } = run.header, { partner, tie } = run, connected = new Set([...place.a, ...place.b]);
  const found = events.map(({ quarter, said }) => moment(quarter, "event", `${said}.`.replaceAll("..", ".")));
  for (let q = 0; q < run.quarters; q += 1) {
    const turned = measure(run, index.reversal, q) > 0, who = (column) => where(column, q, (value) => value > 0);
    if (elections.includes(q)) found.push(moment(q, "election", turned ? words.policy_turns : words.policy_stays));
    else if (turned) found.push(moment(q, "reversal", said("stories.reversal")));
    if (measure(run, index.reorganisation, q) > 0) found.push(moment(q, "reorganisation", said("stories.reorganisation")));
    found.push(
      ...ofTies(place, q, "walkout", who(tie.walked_out), (t) => walkOut(place, t, at(tie.walked_out, q, t)), words.more_walk_outs),
      ...ofTies(place, q, "agreement", where(tie.age, q, (age) => age === 1), (t) => text(words.agree, ends(place, t)), words.more_agreements),
      ...ofPartners(place, q, "compact_begun", who(partner.signed)), ...ofPartners(place, q, "compact_over", who(partner.dissolved)),
      ...ofPartners(place, q, "leader", who(partner.new_leader).filter((i) => connected.has(i))), ...ofPartners(place, q, "bailout", who(partner.bailed_out)),
    );
  }
  return found.sort((one, other) => one.quarter - other.quarter);
}

const moment = (quarter, what, said, count = 1) => ({ quarter, what, said, count });

/** The items of a column whose number in a quarter is wanted. */
const where = (column, quarter, wanted) => [...Array(column.count).keys()].filter((item) => wanted(at(column, quarter, item)));

const ends = (place, tie) => ({ a: place.labels[place.a[tie]], b: place.labels[place.b[tie]] });

/** The largest first. */
const ordered = (items, size) => [...items].sort((one, other) => size[other] - size[one]);

function walkOut(place, tie, who) {
  const { a, b } = ends(place, tie);
  return who === 3 ? text(words.both_walk, { a, b }) : text(words.walks, who === 1 ? { who: a, other: b } : { who: b, other: a });
}

function ofTies(place, quarter, what, ties, say, rest) {
  if (!ties.length) return [];
  const said = ordered(ties, place.weight).slice(0, MOST_NAMED).map(say), more = ties.length - said.length;
  return [moment(quarter, what, [...said, ...(more ? [text(rest, { count: more })] : [])].join(" "), ties.length)];
}

function ofPartners(place, quarter, what, who) {
  if (!who.length) return [];
  const names = ordered(who, place.income).slice(0, MOST_NAMED).map((i) => place.labels[i]), more = who.length - names.length;
  const named = more ? text(words.and_more, { who: names.join(common.comma), more }) : names.join(common.and);
  return [moment(quarter, what, text(words[what], { who: named, count: who.length }), who.length)];
}

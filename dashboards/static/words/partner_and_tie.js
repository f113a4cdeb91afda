// What a partner or a tie is like in a quarter, in sentences.

import { at, breadth, sharedIn } from "stage/model/run_values.js";
import { messages, text } from "stage/words/messages.js";
import { listed, percent, pounds } from "stage/words/numbers.js";
import { said as ofTheModel } from "stage/words/of_the_model.js";

/** @typedef {import("stage/model/port.js").Run} Run */
/** @typedef {import("stage/model/port.js").Place} Place */
/** @typedef {import("stage/model/run_values.js").IndexedData} Data */

const ofPartner = messages.partner, ofTie = messages.tie;
const EVEN = 0.003, SOME_STRAIN = 0.05;

/**
 * One of five words for a share, from the least to the most.
 * @param {string[]} words
 * @param {number} share
 */
const graded = (words, share) => words[Math.min(4, Math.floor(share * 5))];

/** @param {number} share */
export const level = (share) => graded(ofPartner.levels, share);

/** What one side of a tie wants, from what weighs most with it. */
const wants = (run, quarter, tie, side, data) => ofPartner.wants[data.blockers[at(run.tie[side ? "blocker_b" : "blocker_a"], quarter, tie)].code];

function sharedWords(run, quarter, tie, data) {
  const found = sharedIn(run, data.resources).map(({ column, label }) => ({ label, scope: at(column, quarter, tie) }))
    .filter(({ scope }) => scope >= data.thresholds.shares).map(({ label, scope }) => text(ofTie.resource, { share: percent(scope), resource: label }));
  return found.length ? text(ofTie.share, { resources: listed(found) }) : ofTie.share_nothing;
}

/** What holds most of a partner's ties back, and how many of them. */
function heldBack(run, quarter, ties, data) {
  const counts = new Map();
  for (const e of ties) {
    const blocker = at(run.tie.blocker, quarter, e);
    if (blocker) counts.set(blocker, (counts.get(blocker) ?? 0) + 1);
  }
  if (!counts.size) return ofPartner.not_held_back;
  const [most, count] = [...counts].sort((a, b) => b[1] - a[1] || a[0] - b[0])[0];
  return text(ofPartner.held_back, { blocker: data.blockers[most].label, count, ties: ties.length });
}

/** How long ago, counted in quarters within the first year. */
function since(quarters) {
  if (quarters < 1) return ofPartner.this_quarter;
  return quarters < 4 ? text(ofPartner.quarters_ago, { count: quarters }) : text(ofPartner.years_ago, { count: Math.round(quarters / 4) });
}

function moneyWords(balance, strain, data) {
  const money = Math.abs(balance) < EVEN ? ofPartner.even
    : text(balance < 0 ? ofPartner.overspent : ofPartner.surplus, { share: (100 * Math.abs(balance)).toFixed(1) });
  const { none, some, heavy } = ofPartner.money;
  return text(strain > data.thresholds.strained ? heavy : strain > SOME_STRAIN ? some : none, { money });
}

/**
 * Sentences about a partner, and one for each of its neighbours.
 * @param {Run} run
 * @param {number} quarter
 * @param {number} i
 * @param {Place} place
 * @param {Data} data
 * @param {Map<number, number>[]} neighbours  ties by neighbour, of each partner
 */
export function aboutPartner(run, quarter, i, place, data, neighbours) {
  const p = run.partner, who = place.labels[i], shared = sharedIn(run, data.resources);
  const [first, second] = data.values.map(({ code, label }, k) => ({ weight: at(p[code], quarter, i), label, k })).sort((a, b) => b.weight - a.weight);
  const mine = [...neighbours[i].values()], sharing = mine.filter((e) => breadth(shared, quarter, e) >= data.thresholds.shares).length;
  const said = [
    text(place.assumed[i] ? ofPartner.is_assumed : ofPartner.is, { who, kind: data.kinds[place.kind[i]].label, income: pounds(place.income[i]) }),
    text(ofPartner.values, { first: first.label, second: second.label }),
    moneyWords(at(p.balance, quarter, i), at(p.stress, quarter, i), data),
    text(ofPartner.leader, { since: since(at(p.tenure, quarter, i)), from: ofTheModel(`stories.background.${data.backgrounds[at(p.background, quarter, i)].code}`), skill: level(at(p.skill, quarter, i)) }),
    heldBack(run, quarter, mine, data),
    mine.length ? text(ofPartner.neighbours, { ties: mine.length, sharing: sharing || ofPartner.none }) : ofPartner.alone,
  ];
  const rows = mine.map((e) => ({ tie: e, other: place.a[e] === i ? place.b[e] : place.a[e], side: place.a[e] === i ? 0 : 1 }))
    .sort((x, y) => place.weight[y.tie] - place.weight[x.tie])
    .map(({ tie, other, side }) => text(ofPartner.neighbour, { other: place.labels[other], trust: level(at(run.tie[side ? "trust_b" : "trust_a"], quarter, tie)), who,
      wants: wants(run, quarter, tie, side, data), shared: sharedWords(run, quarter, tie, data) }));
  return { title: who, said, rows };
}

/**
 * Sentences about a tie.
 * @param {Run} run
 * @param {number} quarter
 * @param {number} e
 * @param {Place} place
 * @param {Data} data
 */
export function aboutTie(run, quarter, e, place, data) {
  const a = place.labels[place.a[e]], b = place.labels[place.b[e]], t = run.tie;
  const blocker = at(t.blocker, quarter, e), left = at(t.walked_out, quarter, e), talk = data.talks[at(t.talk, quarter, e)];
  const said = [
    text(place.weak[e] ? ofTie.spend_assumed : ofTie.spend, { a, b, sum: pounds(place.spend[e]) }),
    text(ofTie.trust, { a, b, trust: level(at(t.trust_a, quarter, e)), back: level(at(t.trust_b, quarter, e)) }),
    sharedWords(run, quarter, e, data),
    text(ofTie.identity, { level: level(at(t.identity, quarter, e)), knowledge: graded(ofTie.knowledge, at(t.information, quarter, e)) }),
    text(ofTie.wants, { a, b, wants: wants(run, quarter, e, 0, data), other_wants: wants(run, quarter, e, 1, data) }),
    talk.code === "agreed" ? ofTie.agreed : text(ofTie.talks, { talks: talk.label }),
    at(t.joined, quarter, e) ? ofTie.as_one : ofTie.not_as_one,
    blocker ? text(ofTie.held_back, { blocker: data.blockers[blocker].label }) : ofTie.not_held_back,
  ];
  if (left) said.push(text(ofTie.left, { who: left === 1 ? a : left === 2 ? b : ofTie.each }));
  return { title: text(ofTie.title, { a, b }), said, rows: /** @type {string[]} */ ([]) };
}

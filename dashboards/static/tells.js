// What a partner or a tie is like in a quarter, in sentences.

import { at, breadth, trust } from "stage/message.js";
import { listed, percent, pounds } from "stage/dom.js";

const VALUES = ["evidence", "targets", "finance", "person", "community", "equity"];
const WANTS = ["is content with where things stand", "wants the costs it would be left with to be met",
  "wants its own idea of good care to count", "wants to see promises kept first", "wants its targets to allow it",
  "would rather wait for the election", "counts on being bailed out", "wants the public on side", "wants more say",
  "thinks it manages well alone", "has its hands full with other things", "wants to know more about the other",
  "needs more time to talk"];
const KNOW = ["hardly anything", "a little", "something", "much", "a great deal"];
const LEVELS = ["hardly any", "a little", "some", "much", "a great deal of"];

export const level = (share) => LEVELS[Math.min(4, Math.floor(share * 5))];

/** What one side of a tie wants, from what weighs most with it. */
export const wants = (run, quarter, tie, side) => WANTS[at(run.tie[side ? "blocker_b" : "blocker_a"], quarter, tie)];

function sharedWords(run, quarter, tie, words) {
  const found = words.resources.map((name, k) => [name, at(run.tie[["scope_money", "scope_staff", "scope_information"][k]], quarter, tie)])
    .filter(([, scope]) => scope >= 0.05).map(([name, scope]) => `${percent(scope)} of ${name}`);
  return found.length ? `They share ${listed(found)}.` : "They share next to nothing.";
}

/** What holds most of a partner's ties back, and how many of them. */
function heldBack(run, quarter, ties, words) {
  const counts = new Map();
  for (const e of ties) {
    const blocker = at(run.tie.blocker, quarter, e);
    if (blocker) counts.set(blocker, (counts.get(blocker) ?? 0) + 1);
  }
  if (!counts.size) return "Nothing much holds it back now.";
  const [most, count] = [...counts].sort((a, b) => b[1] - a[1] || a[0] - b[0])[0];
  return `What holds it back on most ties: ${words.blockers[most].label} (${count} of ${ties.length}).`;
}

/** Sentences about a partner. */
export function aboutPartner(run, quarter, i, place, words, neighbours) {
  const p = run.partner;
  const order = VALUES.map((name, k) => [at(p[name], quarter, i), k]).sort((a, b) => b[0] - a[0]);
  const balance = at(p.balance, quarter, i), tenure = at(p.tenure, quarter, i), skill = at(p.skill, quarter, i);
  const mine = [...neighbours[i].values()], sharing = mine.filter((e) => breadth(run, quarter, e) >= 0.05).length;
  const kind = words.kinds[place.kind[i]].label;
  const money = Math.abs(balance) < 0.003 ? "It breaks even" : `It is ${(100 * Math.abs(balance)).toFixed(1)}% ${balance < 0 ? "overspent" : "in surplus"}`;
  const strain = at(p.stress, quarter, i);
  const leader = words.backgrounds[at(p.background, quarter, i)];
  const from = { own_sector: "from its own sector", hospital: "from a hospital", integrator: "who has integrated services before" }[leader.code];
  const said = [
    `${place.labels[i]} is a ${kind} with ${pounds(place.income[i])} a year${place.assumed[i] ? " (assumed)" : ""}.`,
    `It cares most about ${words.values[order[0][1]]}, then ${words.values[order[1][1]]}.`,
    `${money}${strain > 0.5 ? ", and the strain is heavy" : strain > 0.05 ? ", and it feels the strain" : ""}.`,
    `Its leader came ${tenure < 1 ? "this quarter" : tenure < 4 ? `${tenure} quarter${tenure === 1 ? "" : "s"} ago` : `${Math.round(tenure / 4)} year${Math.round(tenure / 4) === 1 ? "" : "s"} ago`}, ${from}, with ${level(skill)} skill in joining services up.`,
    heldBack(run, quarter, mine, words),
    mine.length ? `Of its ${mine.length} neighbours it shares something with ${sharing || "none"}.` : "It has no neighbours here.",
  ];
  const rows = mine.map((e) => ({ tie: e, other: place.a[e] === i ? place.b[e] : place.a[e], side: place.a[e] === i ? 0 : 1 }))
    .sort((x, y) => place.weight[y.tie] - place.weight[x.tie])
    .map(({ tie, other, side }) => {
      const believes = at(run.tie[side ? "trust_b" : "trust_a"], quarter, tie);
      return `${place.labels[other]}: ${level(believes)} trust; ${place.labels[i]} ${wants(run, quarter, tie, side)}. ${sharedWords(run, quarter, tie, words)}`;
    });
  return { title: place.labels[i], said, rows };
}

/** Sentences about a tie. */
export function aboutTie(run, quarter, e, place, words) {
  const a = place.labels[place.a[e]], b = place.labels[place.b[e]];
  const blocker = at(run.tie.blocker, quarter, e), left = at(run.tie.walked_out, quarter, e), talk = at(run.tie.talk, quarter, e);
  const said = [
    `${a} and ${b} spend ${pounds(place.spend[e])} a year on people they both serve${place.weak[e] ? " (assumed)" : ""}.`,
    `${a} has ${level(at(run.tie.trust_a, quarter, e))} trust in ${b}; ${b} has ${level(at(run.tie.trust_b, quarter, e))} trust in ${a}.`,
    sharedWords(run, quarter, e, words),
    `There is ${level(at(run.tie.identity, quarter, e))} sense of “we” between them, and they know ${KNOW[Math.min(4, Math.floor(5 * at(run.tie.information, quarter, e)))]} of each other's needs.`,
    `${a} ${wants(run, quarter, e, 0)}; ${b} ${wants(run, quarter, e, 1)}.`,
    talk === 1 ? "This quarter they agreed." : `This quarter: ${words.talks[talk]}.`,
    blocker ? `What holds them back most: ${words.blockers[blocker].label}.` : "Nothing much holds them back: it is moving, or already joined up.",
  ];
  if (left) said.push(`${left === 1 ? a : left === 2 ? b : "Each"} has just walked away from what they shared.`);
  return { title: `${a} and ${b}`, said, rows: [], trust: trust(run, quarter, e) };
}

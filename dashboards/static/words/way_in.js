// The way in, told: one pair, a third without whom they gain less, the place. Every number is of a run that the page has played.

import { fixed } from "stage/model/written_numbers.js";
import { messages, text } from "stage/words/messages.js";
import { percent, pounds, when } from "stage/words/numbers.js";
import { Telling } from "stage/words/telling.js";

/** @typedef {import("stage/model/port.js").Place} Place */
/** @typedef {import("stage/model/port.js").WayInStep} WayInStep */

/**
 * What the steps are told from: the pair's run, and which share of people pass without a gap while the third stays outside and once it is at the table.
 * @typedef {object} Played
 * @property {import("stage/model/compiled.js").WayIn} wayIn
 * @property {import("stage/model/pair_shown.js").PairShown} pair
 * @property {{apart: number, together: number} | null} three
 * @property {import("stage/model/port.js").PageData} data
 * @property {import("stage/words/telling.js").Known} known
 */

const words = messages.way_in;

/**
 * The steps.
 * @param {Played} played
 * @returns {WayInStep[]}
 */
export function toldWayIn({ wayIn, pair, three, data, known }) {
  const { places, scenario, third, people } = wayIn, { quarters } = data, small = places[0], whole = /** @type {Place} */ (places.at(-1)), { seed } = pair;
  const show = (place, quarter, shown = scenario) => ({ place: place.hash, scenario: shown, seed, quarter });
  const last = quarters - 1, end = show(whole, 0);
  const step = (title, said, shown) => ({ title, said, show: shown });
  return [
    ...ofPair(wayIn, pair, data, known).map(({ title, said, quarter }) => step(title, said, show(small, quarter))),
    ...(third && three ? ofThird(wayIn, third, three, people).map(({ title, said, shown }) => step(title, said, show(places[1], last, shown))) : []),
    step(text(words.place.title, { partners: whole.ids.length }), [text(words.place.said, { place: whole.title, partners: whole.ids.length, ties: whole.a.length })], end),
    step(words.unknown.title, [text(words.unknown.said, { caution: data.caution })], end),
  ];
}

/** @param {import("stage/model/compiled.js").WayIn} wayIn */
function ofPair({ places: [place], trust, measures: { agreed, joined } }, { rows, partners, ties, measures }, { quarters, values }, known) {
  const [a, b] = place.labels, last = quarters - 1, telling = new Telling(known, place.labels, []);
  const believed = (quarter, side) => { const [kept, broken] = trust[side].map((name) => ties[quarter][name]); return percent(kept / (kept + broken)); };
  const trusts = (quarter) => text(words.trust, { a, b, forward: believed(quarter, "a"), back: believed(quarter, "b") });
  const wants = (i) => {
    const [first, second] = [...values].sort((one, other) => partners[i][other.code] - partners[i][one.code]);
    return `${text(words.wants.said, { who: place.labels[i], first: first.label, second: second.label })} ${text(words.wants_next, { obstacle: known.obstacles[ties[0][`blocker_${"ab"[i]}`]] })}`;
  };
  const told = [...rows].sort((one, other) => one.row.row - other.row.row).map(({ name, row }) => {
    const quarter = row.whole.quarter - 1, so_far = name === "deal" ? [text(words.deal.so_far, { agreed: percent(measures[quarter][agreed]) })] : [];
    return { title: words[name].title, said: [`${when(quarter)}. ${telling.sentence(row)}`, ...so_far, trusts(quarter)], quarter };
  });
  const alone = text(words.alone.said, { years: Math.floor(quarters / 4), agreed: percent(measures[last][agreed]), joined: percent(measures[last][joined]) });
  return [
    { title: words.pair.title, said: [text(words.pair.said, { a, b, sum: pounds(place.spend[0]) }), words.world, trusts(0)], quarter: 0 },
    { title: words.wants.title, said: [wants(0), wants(1)], quarter: 0 }, ...told, { title: words.alone.title, said: [alone, trusts(last)], quarter: last },
  ];
}

/** @param {import("stage/model/compiled.js").WayIn} wayIn */
function ofThird({ places, scenario }, { id, apart }, three, people) {
  const whole = /** @type {Place} */ (places.at(-1)), label = (each) => whole.labels[whole.ids.indexOf(each)], c = label(id), [a, b] = places[0].ids.map(label), count = (share) => fixed(people * share, 0);
  return [
    { title: words.third.title, said: [text(words.third.said, { a, b, c, count: count(three.apart), people })], shown: apart },
    { title: words.together.title, said: [text(words.together.said, { c, count: count(three.together), people })], shown: scenario },
  ];
}

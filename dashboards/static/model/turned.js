// What would turn a comparison round: how it stands, the search with what it has found so far, and what was found tried again in fresh worlds.

import { numberOf } from "stage/model/binding.js";
import { atStart } from "stage/model/in_force.js";
import { Search } from "stage/model/turning.js";

/** @typedef {import("stage/model/port.js").Seed} Seed */
/** @typedef {import("stage/model/port.js").Scenario} Scenario */
/** @typedef {import("stage/model/port.js").Circumstances} Circumstances */
/** @typedef {import("stage/model/port.js").Lead} Lead */
/** @typedef {import("stage/model/turning.js").Values} Values */
/** @typedef {import("stage/model/turning.js").Axis} Axis */
/** @typedef {{point: Values, seeds: Seed[]}} Part */

/**
 * settings: those that may move; first_seed, lots: of the worlds of the search, and from how many lots of them one is chosen; fresh: worlds that it does not see; margins: how many of the
 * smallest differences of interest a search asks for, one after another, and how many where neither side is ahead; errors: how many standard errors a mean over the fresh worlds must lie from nothing.
 * @typedef {{settings: string[], first_seed: number, lots: number, fresh: number[], margins: number[], margins_alike: number[], errors: number, steps: import("stage/model/turning.js").Steps}} How
 */

/** Worlds that a worker plays of both sides between two words from it. */
const PART = 4;

/** By how much the second side of a pair ends above the first, by circumstances and world; what was played once is not played again. */
export class Contrasts {
  /**
   * @param {string} key  tells the pair
   * @param {(parts: Part[], heard: (part: number, found: number[]) => void) => Promise<unknown>} play
   */
  constructor(key, play) {
    this.key = key;
    this.play = play;
    /** @type {Map<string, Map<Seed, number>>} */
    this.known = new Map();
  }

  /** @param {Values} point */
  of(point) {
    const key = JSON.stringify(point), found = this.known.get(key) ?? new Map();
    this.known.set(key, found);
    return found;
  }

  /**
   * @param {Values[]} points
   * @param {Seed[]} seeds
   * @param {(point: Values, done: number, of: number) => void} heard  after each part
   * @returns {Promise<number[][]>}
   */
  async at(points, seeds, heard) {
    /** @type {Part[]} */
    const parts = [], asked = new Set();
    for (const point of points) {
      const found = this.of(point);
      if (asked.has(found)) continue;
      asked.add(found);
      const missing = seeds.filter((seed) => !found.has(seed));
      for (let k = 0; k < missing.length; k += PART) parts.push({ point, seeds: missing.slice(k, k + PART) });
    }
    let done = 0;
    await this.play(parts, (k, found) => {
      const { point, seeds: played } = parts[k], kept = this.of(point);
      played.forEach((seed, j) => kept.set(seed, found[j]));
      heard(point, done += 1, parts.length);
    });
    return points.map((point) => seeds.map((seed) => /** @type {number} */ (this.of(point).get(seed))));
  }
}

const mean = (/** @type {number[]} */ numbers) => numbers.reduce((sum, number) => sum + number, 0) / numbers.length;

/** How things stand: known from many more worlds than a search has, so that it never counts as turned round. @param {Values} point */
const isStart = (point) => Object.keys(point).length === 0;

/** Who is ahead on average, and in how many worlds. @param {number[]} contrasts @returns {Lead} */
export function leadOf(contrasts) {
  const gain = mean(contrasts);
  return { gain, ahead: contrasts.filter((each) => each * gain > 0).length, worlds: contrasts.length };
}

/**
 * Which side worlds bear out as ahead by what is of interest: 1 for the second, −1 for the first, 0 for neither.
 * @param {number[]} contrasts
 * @param {number} smallest
 * @param {number} errors
 */
export function ahead(contrasts, smallest, errors) {
  const gain = mean(contrasts), spread = Math.sqrt(contrasts.reduce((sum, each) => sum + (each - gain) * (each - gain), 0) / (contrasts.length - 1) / contrasts.length);
  return Math.abs(gain) >= smallest && Math.abs(gain) >= errors * spread ? Math.sign(gain) : 0;
}

/**
 * The settings that are alike on both sides from the start, and that neither has for some partners or from some quarter only.
 * @param {Scenario[]} pair
 * @param {string[]} settings
 * @param {import("stage/model/port.js").PageData} data
 * @param {import("stage/model/engine.js").Descriptors} descriptors
 * @returns {Axis[]}
 */
export function axesOf(pair, settings, data, descriptors) {
  const own = new Set(pair.flatMap(({ kinds, partners, events }) => [...Object.values(kinds), ...Object.values(partners), ...events.map(({ parameters }) => parameters ?? {})].flatMap(Object.keys)));
  const starts = (name) => pair.map((scenario) => numberOf(descriptors, name, atStart(scenario, name, data)));
  return settings.filter((name) => !own.has(name)).flatMap((name) => {
    const { low, high, whole, codes } = data.parameters[name], [start, other] = starts(name);
    const ends = (codes.length ? [...codes.keys()] : [low, high]).filter((end) => end !== start);
    return start === other ? [{ name, start, ends, span: high - low, whole, steps: codes.length > 0 }] : [];
  });
}

/**
 * @param {{pair: import("stage/model/port.js").RunRequest[], contrasts: Contrasts, data: import("stage/model/port.js").PageData, descriptors: import("stage/model/engine.js").Descriptors, how: How}} asked
 * @param {(progress: import("stage/model/port.js").Progress) => void} heard  ends the search where it throws
 * @returns {Promise<import("stage/model/port.js").Turn>}
 */
export async function turned({ pair, contrasts, data, descriptors, how }, heard) {
  const { fresh, errors, lots, steps } = how, { smallest } = /** @type {import("stage/model/port.js").Questions} */ (data.asked), [{ seed: own }] = pair;
  const axes = axesOf(pair.map(({ scenario }) => scenario), how.settings, data, descriptors), kept = new Set();
  /** @type {import("stage/model/port.js").TurnSoFar} */
  const known = { standing: leadOf([0]), decided: false, tried: 0, found: null, closest: null };
  let step = "standing";
  const tell = (done, of) => heard({ done, of, step, turn: { ...known, tried: kept.size } });
  const [standing] = await contrasts.at([{}], fresh, (point, done, of) => {
    const played = fresh.flatMap((seed) => contrasts.of(point).get(seed) ?? []);
    Object.assign(known, { standing: leadOf(played), decided: ahead(played, smallest, errors) !== 0 });
    tell(done, of);
  });
  const side = ahead(standing, smallest, errors), reach = (numbers, margin) => (side ? -side * mean(numbers) : Math.abs(mean(numbers))) / smallest - margin;
  Object.assign(known, { standing: leadOf(standing), decided: side !== 0 });

  const seeds = await typical();
  let unsure = null;
  for (const margin of side ? how.margins : how.margins_alike) {
    const respond = async (points, worlds) => {
      const found = await contrasts.at(points, seeds.slice(0, worlds), (point, done, of) => {
        notice(point);
        tell(done, of);
      });
      points.forEach(notice);
      tell(1, 1);
      return found.map((numbers, k) => (isStart(points[k]) ? -Infinity : reach(numbers, margin)));
    };
    const search = new Search(axes, respond, steps, (begun) => { step = begun; });
    const notice = noticing(search, (point) => seeds.flatMap((seed) => contrasts.of(point).get(seed) ?? []), (numbers) => reach(numbers, margin), kept, known, data);
    const point = await search.nearest();
    if (!point) {
      known.found = unsure;
      break;
    }
    step = "fresh";
    const [there] = await contrasts.at([point], fresh, (_, done, of) => tell(done, of)), way = ahead(there, smallest, errors);
    known.found = unsure = circumstances(search, point, there, data);
    if (way && way !== side) return { ...known, tried: kept.size, holds: true, seed: await shows(point, there, way) };
  }
  return { ...known, tried: kept.size, holds: false, seed: own };

  /** Worlds for the search: of some lots the one that, as things stand, is most like the fresh worlds, so that it does not mislead from the first. */
  async function typical() {
    const each = Array.from({ length: lots }, (_, lot) => Array.from({ length: steps.worlds }, (__, k) => how.first_seed + lot * steps.worlds + k));
    const [found] = await contrasts.at([{}], each.flat(), (_, done, of) => tell(done, of)), off = each.map((_, lot) => Math.abs(mean(found.slice(lot * steps.worlds, (lot + 1) * steps.worlds)) - mean(standing)));
    return each[off.indexOf(Math.min(...off))];
  }

  /** A world that shows it: the room's own where it does, else the one in the middle of the fresh ones. */
  async function shows(point, there, way) {
    const [[mine]] = await contrasts.at([point], [own], () => undefined), order = [...there.keys()].sort((one, other) => there[one] - there[other]);
    return way * mine >= smallest ? own : fresh[order[Math.floor(order.length / 2)]];
  }
}

/**
 * Notes the nearest point so far at which it is turned round, and the one setting that comes nearest to it.
 * @param {Search} search
 * @param {(point: Values) => number[]} numbersOf  contrasts of a point in the worlds tried so far
 * @param {(numbers: number[]) => number} reach
 * @param {Set<string>} kept  every point tried
 * @param {import("stage/model/port.js").TurnSoFar} known
 * @param {import("stage/model/port.js").PageData} data
 */
function noticing(search, numbersOf, reach, kept, known, data) {
  let best = { key: "", distance: Infinity }, close = { key: "", response: -Infinity };
  Object.assign(known, { found: null, closest: null });
  return (/** @type {Values} */ point) => {
    if (isStart(point)) return;
    const key = JSON.stringify(point), numbers = numbersOf(point), response = reach(numbers), distance = search.distance(point);
    kept.add(key);
    if (response >= 0 && (distance < best.distance || key === best.key)) {
      best = { key, distance };
      known.found = circumstances(search, point, numbers, data);
    } else if (response < 0 && key === best.key) {
      best = { key: "", distance: Infinity };
      known.found = null;
    }
    if (response < 0 && Object.keys(point).length === 1 && (response > close.response || key === close.key)) {
      close = { key, response };
      known.closest = circumstances(search, point, numbers, data);
    }
  };
}

/**
 * @param {Search} search
 * @param {Values} point
 * @param {number[]} numbers
 * @param {import("stage/model/port.js").PageData} data
 * @returns {Circumstances}
 */
function circumstances(search, point, numbers, data) {
  const shown = (name, value) => data.parameters[name].codes[value] ?? value;
  const moves = Object.entries(point).map(([name, value]) => ({ name, was: shown(name, search.of(name).start), value: shown(name, value), share: search.share(name, value) }));
  return { moves: moves.sort((one, other) => other.share - one.share), distance: search.distance(point), lead: leadOf(numbers) };
}

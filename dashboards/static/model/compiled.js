// The compiled model behind the port: workers that hold the module. Who reads a place from files is told to it.

import { eventsOf, settingsOf } from "stage/model/binding.js";
import { moves, passes, ranked } from "stage/model/helping.js";
import { Trouble } from "stage/model/port.js";
import { quantile, rounded, sorted } from "stage/model/quantiles.js";
import { openedScenario, scenarioFile } from "stage/model/scenario_file.js";
import { scenarioHash } from "stage/model/scenario_hash.js";
import { seedOf } from "stage/model/seeds.js";
import { cautionOf, logHeading, numberHeading } from "stage/model/taken_away.js";
import { Contrasts, turned } from "stage/model/turned.js";
import { messages, text } from "stage/words/messages.js";

/** @typedef {import("stage/model/port.js").Model} Model */
/** @typedef {import("stage/model/port.js").PageData} PageData */
/** @typedef {import("stage/model/port.js").RunRequest} RunRequest */
/** @typedef {import("stage/model/engine.js").PlaceArrays} PlaceArrays */

/**
 * What of what the page holds is a place's own: it and the places of its way in by hash, and the way in.
 * @typedef {object} PlaceHeld
 * @property {Record<string, {arrays: PlaceArrays, ends: {a: number[], b: number[]}}>} places
 * @property {WayIn} wayIn
 */

/**
 * What the way in is played from: its places, the smallest first and the whole one last, and what a pair is to show.
 * @typedef {object} WayIn
 * @property {import("stage/model/port.js").Place[]} places
 * @property {import("stage/model/port.js").Scenario} scenario
 * @property {number} worlds
 * @property {import("stage/model/pair_shown.js").Telling[]} telling
 * @property {{id: string, apart: import("stage/model/port.js").Scenario} | null} third  who joins the pair, and the scenario in which it stays outside
 * @property {Record<"a" | "b", [string, string]>} trust  the two fields of each side's trust
 * @property {{agreed: string, joined: string, seamless: string}} measures
 * @property {number} people  out of so many, how many pass without a gap
 */

/**
 * What the page holds besides its data: how to lay out the compiled model, and how questions are asked.
 * @typedef {object} Settled
 * @property {import("stage/model/engine.js").Descriptors} descriptors
 * @property {import("stage/model/at_work.js").Columns} columns
 * @property {Record<string, string>} happens  plain words for events without a title, by what happens
 * @property {{shares: number[], shown: string[], goal: string, integrated: string, most_workers: number}} luck
 * @property {import("stage/model/helping.js").Told} help
 * @property {import("stage/model/turned.js").How} turn
 * @property {import("stage/model/scenario_reading.js").Reading} scenarios  how a scenario file is read
 * @property {import("stage/words/telling.js").Known} words  of the rows of a log
 * @property {import("stage/model/taken_away.js").Files} files
 * @property {{moving: string, confirmed: string}} why  measures that are told with the reasons
 * @property {string[]} sides
 * @property {{names: string[], worlds: number[][]} | null} known  settings of what is not known, a row a world
 */

/** @typedef {Settled & PlaceHeld} Held */

/** Worlds that a worker plays between two words from it: few, so that a question that was let go ends soon. */
const PART = 4;
const words = messages.file_page, away = messages.taken_away;

/** One worker and what it was asked. */
class Asked {
  /**
   * @param {string} script  address of the worker's script
   * @param {object} tools
   */
  constructor(script, tools) {
    this.worker = new Worker(script);
    /** @type {Map<number, {done: (found: any) => void, failed: (error: Error) => void}>} */
    this.waiting = new Map();
    this.last = 0;
    this.worker.addEventListener("message", ({ data: { id, found, trouble } }) => {
      const { done, failed } = /** @type {any} */ (this.waiting.get(id));
      this.waiting.delete(id);
      if (trouble === undefined) done(found);
      else failed(new Trouble(text(words.failed, { trouble })));
    });
    this.worker.addEventListener("error", ({ message }) => {
      for (const { failed } of this.waiting.values()) failed(new Trouble(text(words.failed, { trouble: message })));
      this.waiting.clear();
    });
    this.ask("open", tools);
  }

  /** @returns {Promise<any>} */
  ask(ask, ...given) {
    this.last += 1;
    const id = this.last;
    return new Promise((done, failed) => {
      this.waiting.set(id, { done, failed });
      this.worker.postMessage({ id, ask, given });
    });
  }
}

/**
 * @param {WebAssembly.Module} module
 * @param {PageData} data
 * @param {Held} held
 * @param {string} script  address of the workers' script
 * @param {{reasons: typeof import("stage/words/why.js").toldReasons, wayIn: typeof import("stage/words/way_in.js").toldWayIn}} told  in sentences
 * @param {import("stage/model/port.js").ReadPlace} read  a place from files
 * @returns {Model}
 */
export function compiledModel(module, data, held, script, told, read) {
  const { descriptors, columns, luck: { shares, shown: bands, goal, integrated: joined, most_workers: most }, help: { first_seed: other, span } } = held, { quarters } = data;
  const first = /** @type {PlaceHeld} */ ({ places: held.places, wayIn: held.wayIn });
  /** @type {PlaceHeld | null} Of the visitor's own place, where one was brought last. */
  let own = null;
  const known = (hash) => first.places[hash] ?? own?.places[hash], arraysOf = (places) => Object.fromEntries(Object.entries(places).map(([hash, { arrays }]) => [hash, arrays]));
  const open = () => new Asked(script, { module, descriptors, columns, places: arraysOf({ ...first.places, ...own?.places }), quarters });
  const stage = open();
  const leverMoved = /** @type {any} */ (new WebAssembly.Instance(module).exports).lever_moved;
  /** @type {Asked[]} */
  const pool = [];
  const workers = () => {
    while (pool.length < Math.max(2, Math.min(navigator.hardwareConcurrency || 2, most))) pool.push(open());
    return pool;
  };

  /** @param {RunRequest} request */
  const bound = ({ place, scenario, seed }) => {
    const at = known(place);
    if (!at) throw new Trouble(words.other_place);
    if (seedOf(seed, data.largest_seed) === null) throw new Trouble(text(messages.notices.no_world, { given: seed, largest: data.largest_seed }));
    const { arrays, ends } = at;
    return { arrays, wanted: { settings: settingsOf(scenario, arrays, descriptors), events: eventsOf(scenario, ends, arrays, descriptors), seed } };
  };

  /** The titles of a scenario's events, and when each comes: in which quarter, counted from 1, under which title. */
  const timedOf = ({ events }) => {
    const titles = /** @type {string[]} */ ([]), timed = [...events].sort((one, other) => one.quarter - other.quarter).filter(({ quarter }) => quarter < quarters).map(({ quarter, what, title }) => {
      const said = title || held.happens[what];
      if (!titles.includes(said)) titles.push(said);
      return /** @type {[number, number]} */ ([quarter + 1, titles.indexOf(said)]);
    });
    return { titles, timed };
  };

  /** A place as the page shows it: the whole before its pair, which may be all of it and then has its hash. */
  const shownOf = (hash) => /** @type {import("stage/model/port.js").Place} */ ([first, own].flatMap((each) => [...(each?.wayIn.places ?? [])].reverse()).find((each) => each.hash === hash));

  /** What a file that is taken away begins with. @param {RunRequest[]} sides */
  const provenance = async (sides) => {
    const { title, hash } = shownOf(sides[0].place), { version, source, caution, rules } = data, lines = [text(away.caution, { caution }), text(away.place, { title, hash })];
    for (const [k, { scenario, seed }] of sides.entries()) lines.push(text(away.scenario, { side: held.sides[k], title: scenario.title, hash: await scenarioHash(scenario, descriptors), seed }));
    return [...lines, text(away.version, { version, source }), rules.hash && text(messages.other_rules.taken_away, rules)].join("");
  };

  /** Work in parts, shared among the workers; `heard` after each. Where that throws, nobody waits for the answer any more: no further part is begun. */
  const shared = async (parts, ask, heard) => {
    const waiting = [...parts.entries()], found = Array(parts.length);
    await Promise.all(workers().map(async (worker) => {
      for (let next = waiting.shift(); next; next = waiting.shift()) {
        const [k, part] = next;
        try {
          found[k] = await ask(worker, part);
          heard(k, found[k]);
        } catch (error) {
          waiting.length = 0;
          throw error;
        }
      }
    }));
    return found;
  };
  const seedsFrom = (count, part) => Array.from({ length: Math.ceil(count / part) }, (_, k) => Array.from({ length: Math.min(part, count - k * part) }, (__, j) => k * part + j + 1));

  /** A scenario under what is not known in a world; what it sets itself stays. */
  const inWorld = (request, seed) => {
    const { names, worlds: rows } = /** @type {NonNullable<Held["known"]>} */ (held.known), { scenario } = request;
    return { ...request, scenario: { ...scenario, parameters: { ...Object.fromEntries(names.map((name, k) => [name, rows[seed - 1][k]])), ...scenario.parameters } } };
  };

  /** The same worlds under a scenario. */
  const worlds = (request, measures, heard, open) => {
    const { wanted } = bound(request), under = (seeds) => (open ? bound(inWorld(request, seeds[0])).wanted : wanted);
    return shared(seedsFrom(asked.worlds, open ? 1 : PART), (worker, seeds) => worker.ask("worlds", request.place, under(seeds), seeds, measures), heard);
  };
  const asked = /** @type {import("stage/model/port.js").Questions} */ (data.asked);

  /** One setting for everyone, as calls of the module. */
  const callsOf = (name, value, arrays) => eventsOf({ events: [{ quarter: 0, what: "set", parameters: { [name]: shown(name, value) } }] }, { a: [], b: [] }, arrays, descriptors)[0].calls;
  const shown = (name, value) => descriptors.parameters[name].choices[value] ?? value;
  /** Both sides under circumstances of their own, in these worlds; what was played of the latest pair is kept. */
  let contrasts = new Contrasts("", (parts) => Promise.resolve(parts));
  const contrastsOf = (/** @type {RunRequest[]} */ pair) => {
    const key = JSON.stringify(pair.map(({ place, scenario }) => [place, scenario])), [{ place }] = pair;
    const under = (point) => pair.map((each) => bound({ ...each, scenario: { ...each.scenario, parameters: { ...each.scenario.parameters, ...Object.fromEntries(Object.entries(point).map(([name, value]) => [name, shown(name, value)])) } } }).wanted);
    if (contrasts.key !== key) contrasts = new Contrasts(key, (parts, heard) => shared(parts, (worker, { point, seeds }) => worker.ask("contrasts", place, under(point), seeds, goal), heard));
    return contrasts;
  };

  return {
    pageData: async () => data,
    run: async (request) => {
      const { wanted } = bound(request), run = await stage.ask("run", request.place, wanted), { seed, scenario } = request;
      const events = scenario.events.filter(({ quarter }) => quarter < quarters).map(({ quarter, what, title }) => ({ quarter, said: title || held.happens[what] }));
      return { ...run, header: { ...run.header, place: request.place, scenario: "", seed, version: data.version, source: data.source, events, verdict: "", moments: [] } };
    },
    luck: async (request, heard, open) => {
      const regimes = /** @type {string[]} */ ([]);
      const parts = await worlds(request, bands, (_, part) => {
        regimes.push(...part.regimes);
        heard({ done: regimes.length, of: asked.worlds, integrated: regimes.filter((each) => each === joined).length });
      }, open);
      const series = (m, q) => sorted(parts.flatMap((part) => part.regimes.map((_, k) => part.series[(k * bands.length + m) * quarters + q])));
      const count = (code) => regimes.filter((each) => each === code).length, integrated = count(joined), how = integrated === 0 ? "none" : integrated === asked.worlds ? "all" : "some";
      const all = bands.map((_, m) => Array.from({ length: quarters }, (__, q) => series(m, q)));
      return {
        of: asked.worlds, seed: request.seed, regimes: data.regimes.map((each) => ({ ...each, count: count(each.code) })), said: text(messages.luck[how], { integrated, worlds: asked.worlds }),
        bands: Object.fromEntries(bands.map((code, m) => [code, shares.map((share) => all[m].map((numbers) => rounded(quantile(numbers, share))))])), ends: [...all[bands.indexOf(goal)][quarters - 1]].map(rounded),
      };
    },
    contest: async (request, rival, heard, open) => {
      const ends = [];
      for (const [side, each] of [request, rival].entries()) {
        let done = side * asked.worlds;
        const parts = await worlds(each, [goal], (_, part) => heard({ done: done += part.regimes.length, of: 2 * asked.worlds }), open);
        ends.push(parts.flatMap((part) => part.regimes.map((_, k) => part.series[(k + 1) * quarters - 1])));
      }
      const gain = ends[1].map((end, k) => end - ends[0][k]), { alike } = data.thresholds;
      return { of: asked.worlds, ahead: gain.filter((each) => each >= alike).length, behind: gain.filter((each) => each <= -alike).length, gain: quantile(sorted(gain), 0.5) };
    },
    wayIn: async (place) => {
      const at = [own, first].find((each) => each?.wayIn.places.at(-1)?.hash === place);
      if (!at) throw new Trouble(words.other_place);
      const { wayIn } = at, { places: [small, three], scenario, third, worlds: most_tried, telling, measures: { seamless } } = wayIn;
      const pair = await stage.ask("pair", small.hash, bound({ place: small.hash, scenario, seed: 0 }).wanted, most_tried, telling);
      const last = async (each) => (await stage.ask("worlds", three.hash, bound({ place: three.hash, scenario: each, seed: 0 }).wanted, [pair.seed], [seamless])).series[quarters - 1];
      const ends = third && { apart: await last(third.apart), together: await last(scenario) };
      return { places: wayIn.places, steps: told.wayIn({ wayIn, pair, three: ends, data, known: held.words }) };
    },
    help: async (request, quarter, heard) => {
      const { arrays, wanted } = bound(request);
      const tried = moves(request.scenario, quarter, data, descriptors, leverMoved).map((move) => ({ move, ends: /** @type {number[]} */ ([]) }));
      const calls = tried.map(({ move: { name, value } }) => callsOf(name, value, arrays)), key = JSON.stringify([request, quarter]), rounds = passes(request.seed, asked.help_worlds, other);
      /** @type {number[]} */
      const unchanged = [];
      let done = 0;
      for (const seeds of rounds) {
        await shared([[], ...calls], (worker, changes) => worker.ask("branches", request.place, wanted, { key, quarter, changes, seeds, measure: goal }), (k, found) => {
          (k ? tried[k - 1].ends : unchanged).push(...found);
          const answer = ranked(tried, unchanged, quarter, data, span);
          heard({ done: done += 1, of: rounds.length * (tried.length + 1), ...(answer.rows.length ? { ranked: answer } : {}) });
        });
      }
      return ranked(tried, unchanged, quarter, data, span);
    },
    turn: (request, rival, heard) => turned({ pair: [request, rival], contrasts: contrastsOf([request, rival]), data, descriptors, how: held.turn }, heard),
    why: async (request, quarter) => {
      const { wanted } = bound(request), { titles, timed } = timedOf(request.scenario), { moving, confirmed } = held.why, { measures: codes } = descriptors;
      const { reasons, measures } = await stage.ask("why", request.place, wanted, timed, quarter), of = (code) => measures[codes.indexOf(code)];
      return told.reasons({ reasons, moving: of(moving), confirmed: of(confirmed), titles }, quarter, shownOf(request.place), held.words);
    },
    numbers: async (sides) => {
      const found = await Promise.all(sides.map((each, k) => stage.ask("numbers", each.place, bound(each).wanted, held.sides[k])));
      const results = found.map(({ result: hash }, k) => text(away.result, { side: held.sides[k], hash }));
      return [await provenance(sides), ...results, numberHeading(held.files, descriptors.measures), ...found.map(({ rows }) => rows)].join("");
    },
    eventLog: async (sides) => {
      const rows = await Promise.all(sides.map((each, k) => {
        const { titles, timed } = timedOf(each.scenario), told = { side: held.sides[k], titles, files: held.files };
        return stage.ask("eventLog", each.place, bound(each).wanted, timed, told);
      }));
      return [await provenance(sides), logHeading(held.files), ...rows].join("");
    },
    importPlace: async (files, maps) => {
      const found = await read(files, maps);
      if (found.place !== null) {
        own = found.held;
        for (const worker of [stage, ...pool]) worker.ask("take", arraysOf({ ...first.places, ...own.places }));
      }
      return found;
    },
    scenarioFile: async ({ scenario, seed }, notes) => scenarioFile(scenario, seed, notes, { ...held.scenarios, caution: cautionOf(data) }),
    openScenario: async (file, place) => {
      const opened = openedScenario(file, held.scenarios, data);
      bound({ place, ...opened });
      return opened;
    },
  };
}

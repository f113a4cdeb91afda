// The nearest circumstances in which a comparison is turned round, in the steps of the search for claims (`experiments/claims/reversal.py`): each setting alone to its
// ends, the most telling together, what is not needed left out, the rest drawn in. A room has seconds: every setting is tried in few worlds first and the telling
// ones in more, and where they are not enough together, the telling ones are looked for once more from there, in place of that search's evolution.

/** @typedef {Record<string, number>} Values  the settings that are not as they were, in the order of the axes */

/**
 * A setting that may move: from where, to which ends, how wide its range is, whether its numbers are whole, and whether it steps between choices (then a move counts one, however far).
 * @typedef {{name: string, start: number, ends: number[], span: number, whole: boolean, steps: boolean}} Axis
 */

/**
 * first, worlds: in how many worlds a point is tried at first, and then; telling, together: how many settings are tried in more worlds, and at most together;
 * along, nearer, back: shares of a way; settled: a step nearer that shortens the way by less is not taken; digits: of a setting that was moved.
 * @typedef {{first: number, worlds: number, telling: number, together: number, looks: number, along: number[], nearer: number[], back: number[], rounds: number, settled: number, digits: number}} Steps
 */

/** @typedef {(points: Values[], worlds: number) => Promise<number[]>} Response  how far each is turned round in so many worlds: from 0 on it is */

/** @typedef {"alone" | "together" | "sparse" | "drawn"} Step */

/** @typedef {{name: string, end: number, response: number}} Move */

const squared = (/** @type {number} */ number) => number * number;

/** The first of the largest. @param {number[]} numbers */
const largest = (numbers) => numbers.reduce((best, number, k) => (number > numbers[best] ? k : best), 0);

export class Search {
  /**
   * @param {Axis[]} axes
   * @param {Response} respond
   * @param {Steps} how
   * @param {(step: Step) => void} begins  called as each step begins
   */
  constructor(axes, respond, how, begins) {
    this.axes = axes;
    this.respond = respond;
    this.how = how;
    this.begins = begins;
    this.axis = new Map(axes.map((axis) => [axis.name, axis]));
  }

  /** The nearest point found at which it is turned round; null where none was found. */
  async nearest() {
    let base = /** @type {Values} */ ({});
    for (let look = 0; look < this.how.looks; look += 1) {
      const moves = await this.alone(base);
      if (!moves.length) break;
      const turned = moves.filter(({ response }) => response >= 0);
      const { point, reached } = turned.length ? { point: await this.along(base, turned), reached: true } : await this.together(base, moves);
      if (reached) return this.drawnIn(await this.sparse(point));
      base = point;
    }
    return null;
  }

  /** How far a point lies from the start, each setting in units of its range. @param {Values} point */
  distance(point) {
    return Math.sqrt(Object.entries(point).reduce((sum, [name, value]) => sum + squared(this.share(name, value)), 0));
  }

  /** A move as a share of the setting's range. */
  share(name, value) {
    const { start, span, steps } = this.of(name);
    return steps ? Number(value !== start) : Math.abs(value - start) / span;
  }

  /** @returns {Axis} */
  of(name) {
    return /** @type {Axis} */ (this.axis.get(name));
  }

  /**
   * A point with some of its settings moved elsewhere; what stands as at the start is no part of a point.
   * @param {Values} point
   * @param {Values} moved
   * @returns {Values}
   */
  moved(point, moved) {
    const all = { ...point, ...moved };
    return Object.fromEntries(this.axes.filter(({ name, start }) => name in all && all[name] !== start).map(({ name }) => [name, all[name]]));
  }

  /** A setting at a share of its way from the start to an end, as people write it. */
  way(name, end, share) {
    const { start, whole, steps } = this.of(name), value = start + share * (end - start);
    if (share === 0) return start;
    if (steps) return end;
    return whole ? Math.round(value) : Number(value.toPrecision(this.how.digits));
  }

  /**
   * Each other setting's better end on top of a point, the most telling first.
   * @param {Values} base
   * @returns {Promise<Move[]>}
   */
  async alone(base) {
    this.begins("alone");
    const { first, worlds, telling } = this.how, asked = this.axes.filter(({ name }) => !(name in base)).flatMap(({ name, ends }) => ends.map((end) => ({ name, end, response: 0 })));
    const tried = async (moves, many) => {
      const found = await this.respond(moves.map(({ name, end }) => this.moved(base, { [name]: end })), many);
      return moves.map((move, k) => ({ ...move, response: found[k] }));
    };
    const better = new Map();
    for (const move of await tried(asked, first)) if (!(better.get(move.name)?.response >= move.response)) better.set(move.name, move);
    const ranked = (moves) => moves.sort((one, other) => other.response - one.response);
    return ranked(await tried(ranked([...better.values()]).slice(0, telling), worlds));
  }

  /**
   * Of the settings that turn it round by themselves, the one that need not go far.
   * @param {Values} base
   * @param {Move[]} turned
   */
  async along(base, turned) {
    this.begins("drawn");
    const points = turned.flatMap(({ name, end }) => [...this.how.along.map((share) => this.way(name, end, share)), end].map((value) => this.moved(base, { [name]: value })));
    return /** @type {Values} */ (await this.closest(points));
  }

  /**
   * The fewest of the most telling moves which, together, turn it round; else those that come closest to it.
   * @param {Values} base
   * @param {Move[]} moves
   */
  async together(base, moves) {
    this.begins("together");
    const points = moves.slice(0, this.how.together).map((_, k) => this.moved(base, Object.fromEntries(moves.slice(0, k + 1).map(({ name, end }) => [name, end]))));
    const found = await this.respond(points, this.how.worlds), reached = found.findIndex((response) => response >= 0);
    return { point: points[reached < 0 ? largest(found) : reached], reached: reached >= 0 };
  }

  /** A point without the moves that are not needed: by halves first, then one by one. @param {Values} point */
  async sparse(point) {
    this.begins("sparse");
    let kept = point, size = Math.floor(Object.keys(kept).length / 2);
    while (size >= 1) {
      const names = Object.keys(kept).sort((one, other) => this.share(one, kept[one]) - this.share(other, kept[other]));
      const parts = Array.from({ length: Math.ceil(names.length / size) }, (_, k) => names.slice(k * size, (k + 1) * size));
      const points = parts.map((part) => Object.fromEntries(Object.entries(kept).filter(([name]) => !part.includes(name))));
      const found = await this.respond(points, this.how.worlds), best = largest(found);
      if (found[best] >= 0) {
        kept = points[best];
        size = Math.min(size, Math.floor(Object.keys(kept).length / 2));
      } else size = Math.floor(size / 2);
    }
    return kept;
  }

  /** A point moved back toward the start, all together and each alone, as long as that shortens the way by much. @param {Values} point */
  async drawnIn(point) {
    this.begins("drawn");
    let kept = point;
    for (let round = 0; round < this.how.rounds; round += 1) {
      const back = (name, share) => this.way(name, kept[name], share), names = Object.keys(kept);
      const points = [...this.how.nearer.map((share) => this.moved(kept, Object.fromEntries(names.map((name) => [name, back(name, share)])))),
        ...names.flatMap((name) => this.how.back.map((share) => this.moved(kept, { [name]: back(name, share) })))];
      const found = await this.closest(points);
      if (!found || this.distance(found) >= this.distance(kept) * (1 - this.how.settled)) break;
      kept = found;
    }
    return kept;
  }

  /** Of these points the nearest at which it is turned round, if any. @param {Values[]} points */
  async closest(points) {
    const found = await this.respond(points, this.how.worlds), turned = points.filter((_, k) => found[k] >= 0);
    return turned.length ? turned.reduce((best, point) => (this.distance(point) < this.distance(best) ? point : best)) : null;
  }
}

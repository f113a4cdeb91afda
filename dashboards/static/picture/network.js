// The picture of a place on one canvas. A quarter is painted once; between two, one is laid over the other; only people move each frame.

import { concerns, ends, touches } from "stage/picture/focus.js";
import { placeNames } from "stage/picture/names.js";
import { font, painted, plain, write } from "stage/picture/painting.js";
import { STEPS, walksOf } from "stage/picture/people.js";
import { read } from "stage/picture/reading.js";
import { GROUP, sceneOf } from "stage/picture/scene.js";
import { BREAK, INK } from "stage/picture/shapes.js";

/** @typedef {import("stage/model/port.js").Run} Run */
/** @typedef {import("stage/model/port.js").Place} Place */
/** @typedef {import("stage/picture/focus.js").Focus} Focus */
/** @typedef {{focus?: Focus | null, pointed?: number[], against?: Run | null, people?: boolean}} Shown */
/** @typedef {{canvas: HTMLCanvasElement, context: CanvasRenderingContext2D, scratch: CanvasRenderingContext2D, quarter: number, work: Generator<undefined, void> | null}} Layer */

const LAYERS = 3, LEAST = 180, COUNCIL = 1, BLENDS = 6;
/** A picture has room for the names of small organisations where each has this many square letters; never in a crowd. */
const ROOM_FOR_NAME = 70, CROWD = 60;

/** Draws one place on one canvas. */
export class Network {
  /**
   * @param {HTMLCanvasElement} canvas
   * @param {Place} place
   * @param {Pick<import("stage/model/port.js").PageData, "kinds" | "resources" | "thresholds">} data
   */
  constructor(canvas, place, data) {
    this.canvas = canvas;
    this.context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d", { alpha: false }));
    this.data = data;
    this.place = place;
    /** @type {Map<number, number>[]} Ties by neighbour, of each partner. */
    this.neighbours = [];
    /** The neighbourhood that is looked into, where there are neighbourhoods. */
    this.inside = /** @type {number | null} */ (null);
    /** Room that words take at the top and the bottom, and the size of names, in pixels. */
    this.insets = { top: 8, bottom: 8 };
    this.size = 13;
    /** @type {Layer[]} */
    this.layers = Array.from({ length: LAYERS }, () => surface());
    /** What people walk on, and which quarter and how much of the next it shows. */
    this.ground = surface().context;
    this.laid = [-1, 0];
    /** What the layers show: when it changes they are painted anew. */
    this.about = /** @type {unknown[]} */ ([]);
    this.width = this.height = this.unit = 0;
    this.ratio = 1;
    /** @type {import("stage/picture/names.js").Name[]} */
    this.names = [];
    this.scene = sceneOf(place, { left: 0, top: 0, width: LEAST, height: LEAST }, null);
    /** @type {number[]} Of each line, 0..1 of the heaviest. */
    this.weight = [];
    this.use(place);
  }

  /**
   * Show another place.
   * @param {Place} place
   */
  use(place) {
    this.place = place;
    this.inside = null;
    this.neighbours = place.ids.map(() => new Map());
    place.a.forEach((a, e) => {
      this.neighbours[a].set(place.b[e], e);
      this.neighbours[place.b[e]].set(a, e);
    });
    this.resize();
  }

  /** Fit the picture to its box; names are placed anew. */
  resize() {
    const { canvas, place } = this;
    this.width = Math.max(LEAST, canvas.clientWidth || 900);
    this.height = Math.max(LEAST, canvas.clientHeight || 600);
    this.ratio = Math.min(2, window.devicePixelRatio || 1);
    for (const each of [canvas, this.ground.canvas, ...this.layers.map((layer) => layer.canvas)]) {
      each.width = Math.round(this.width * this.ratio);
      each.height = Math.round(this.height * this.ratio);
    }
    for (const { scratch } of this.layers) Object.assign(scratch.canvas, { width: Math.ceil(this.width / 2), height: Math.ceil(this.height / 2) });
    const { top, bottom } = this.insets, margin = 6;
    const box = { left: margin, top, width: this.width - 2 * margin, height: Math.max(60, this.height - top - bottom), size: this.size };
    this.unit = Math.min(box.width, box.height) / 100;
    this.scene = sceneOf(place, box, this.inside);
    this.weight = this.scene.ties.map((ties) => ties.reduce((sum, e) => sum + place.weight[e], 0));
    const most = Math.max(...this.weight, 1e-9);
    this.weight = this.weight.map((w) => Math.sqrt(w / most));
    this.context.font = font(this.size);
    this.names = placeNames(this.scene, { left: 2, top: top - 2, right: this.width - 2, bottom: this.height - bottom + 2 }, this.size, (text) => this.context.measureText(text).width, (i) => this.named(i));
    this.forget();
  }

  /** Trusts, councils and neighbourhoods are always named; others where the picture is roomy enough to stay calm. */
  named(i) {
    const { kind, members } = this.scene, calm = this.width * this.height > ROOM_FOR_NAME * this.size * this.size * kind.length;
    return kind[i] === GROUP || kind[i] <= COUNCIL ? "always" : calm && members.length < CROWD ? "beside" : "never";
  }

  /** Look into a neighbourhood, or out again with null. */
  look(inside) {
    this.inside = inside;
    this.resize();
  }

  forget() {
    this.about = [];
    this.laid = [-1, 0];
    for (const layer of this.layers) layer.quarter = -1;
  }

  /**
   * Draw a run at a position in time (quarters; a fraction lies between two).
   * pointed: partners to ring; against: another run, to show where this one shares more or less.
   * @param {Run} run
   * @param {number} position
   * @param {Shown} [shown]
   */
  draw(run, position, shown = {}) {
    const about = [run, shown.against ?? null, JSON.stringify([shown.focus ?? null, shown.pointed ?? []])];
    if (about.some((each, k) => each !== this.about[k])) {
      this.forget();
      this.about = about;
    }
    const c = this.context, quarter = Math.min(run.quarters - 1, Math.floor(position)), share = quarter < run.quarters - 1 ? position - quarter : 0;
    this.blend(run, quarter, Math.round(share * BLENDS) / BLENDS, shown);
    c.setTransform(1, 0, 0, 1, 0, 0);
    c.drawImage(this.ground.canvas, 0, 0);
    plain(c, this.ratio);
    if (shown.people !== false && !shown.against && !shown.focus) this.drawPeople(run, position);
    this.drawMissingNames(shown);
  }

  /** Lay the next quarter over this one by its share; what has not changed since the last frame is not laid again. */
  blend(run, quarter, share, shown) {
    const here = this.layer(run, quarter, shown), c = this.ground;
    if (this.laid[0] === quarter && this.laid[1] === share) return;
    this.laid = [quarter, share];
    c.globalAlpha = 1;
    c.drawImage(here.canvas, 0, 0);
    if (share === 0) return;
    c.globalAlpha = share;
    c.drawImage(this.layer(run, quarter + 1, shown).canvas, 0, 0);
  }

  /** The painted layer of a quarter. */
  layer(run, quarter, shown) {
    const layer = this.begun(run, quarter, shown);
    if (layer.work) for (const _ of layer.work);
    layer.work = null;
    return layer;
  }

  /** A layer of a quarter, whose painting may have only begun; the one furthest back in time makes room. */
  begun(run, quarter, shown) {
    const there = this.layers.find((layer) => layer.quarter === quarter);
    if (there) return there;
    const far = (layer) => (layer.quarter < 0 ? Infinity : layer.quarter > quarter ? 0.5 * (layer.quarter - quarter) : quarter - layer.quarter);
    const layer = this.layers.reduce((best, each) => (far(each) > far(best) ? each : best));
    layer.quarter = quarter;
    layer.work = this.paint(layer, run, quarter, shown);
    return layer;
  }

  /**
   * Paint what comes next, for at most some milliseconds, while nothing else is due.
   * @param {Run} run
   * @param {number} quarter
   * @param {Shown} shown
   * @param {number} budget
   */
  ahead(run, quarter, shown, budget) {
    if (quarter >= run.quarters) return;
    const layer = this.begun(run, quarter, shown), until = performance.now() + budget;
    while (layer.work && performance.now() < until) if (layer.work.next().done) layer.work = null;
  }

  /**
   * @param {Layer} layer
   * @param {Run} run
   * @param {number} quarter
   * @param {Shown} shown
   */
  paint({ context, scratch }, run, quarter, { focus = null, pointed = [], against = null }) {
    const { place, scene, data } = this, nodeOf = (/** @type {number} */ i) => scene.nodeOf[i];
    const ringed = [...pointed, ...(focus?.partner === undefined ? [] : [focus.partner])].map(nodeOf);
    return painted(context, scratch, this.ratio, scene, read(scene, run, quarter, place, data.resources), {
      width: this.width, height: this.height, unit: this.unit, size: this.size, colours: data.kinds.map(({ colour }) => colour), least: data.thresholds.shares,
      weight: this.weight, names: this.names, ringed, against: against ? read(scene, against, quarter, place, data.resources) : null,
      nearLine: focus ? (k) => scene.ties[k].some((e) => touches(focus, place, e)) : null,
      nearNode: focus ? (k) => scene.members[k].some((i) => concerns(focus, place, this.neighbours, i)) : null,
    });
  }

  drawPeople(run, position) {
    const { scene, place, unit, context: c } = this, walks = walksOf(run, place, this.neighbours);
    const last = (run.quarters - 1) * STEPS, step = Math.min(last, Math.floor(position * STEPS)), share = position * STEPS - step;
    c.lineWidth = 1.2;
    c.strokeStyle = "#ffffff";
    for (let m = 0; m < walks.count; m++) {
      const k = step * walks.count + m, after = step < last ? k + walks.count : k;
      const from = scene.nodeOf[walks.from[k]], to = scene.nodeOf[walks.to[k]];
      if (from < 0 || to < 0 || from === to) continue;
      const on = walks.from[after] === walks.from[k] && walks.way[after] >= walks.way[k] ? walks.way[k] + share * (walks.way[after] - walks.way[k]) : walks.way[k];
      const px = scene.x[from] + on * (scene.x[to] - scene.x[from]), py = scene.y[from] + on * (scene.y[to] - scene.y[from]), r = Math.max(2.6, 0.62 * unit);
      c.fillStyle = walks.stuck[k] ? BREAK : INK;
      c.beginPath();
      if (walks.stuck[k]) c.rect(px - r, py - r, 2 * r, 2 * r);
      else c.arc(px, py, r, 0, 7);
      c.fill();
      c.stroke();
    }
  }

  /**
   * Names of what is pointed at, where the picture has no room for them otherwise.
   * @param {Shown} shown
   */
  drawMissingNames({ focus = null, pointed = [] }) {
    const named = new Set(this.names.map(({ node }) => node)), { scene } = this;
    for (const i of new Set([...pointed, ...(focus ? ends(focus, this.place) : [])])) {
      const node = scene.nodeOf[i];
      if (node < 0 || (named.has(node) && scene.members[node].length === 1)) continue;
      this.context.font = font(this.size);
      const half = this.context.measureText(this.place.labels[i]).width / 2 + 4;
      write(this.context, this.place.labels[i], Math.max(half, Math.min(this.width - half, scene.x[node])), scene.y[node] - 1.5 * scene.r[node] - this.size, this.size);
    }
  }
}

/**
 * A canvas that is not shown, and a smaller one for the land.
 * @returns {Layer}
 */
function surface() {
  const fresh = (options) => /** @type {CanvasRenderingContext2D} */ (document.createElement("canvas").getContext("2d", options));
  const context = fresh({ alpha: false });
  return { canvas: context.canvas, context, scratch: fresh(), quarter: -1, work: null };
}

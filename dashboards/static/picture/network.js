// The picture of a place in one quarter. Positions come from the server once and never move.

import { between, breadth, sharedIn, trust } from "stage/model/run_values.js";
import { concerns, ends, touches } from "stage/picture/focus.js";
import { placeLabels } from "stage/picture/labels.js";
import { INK, LESS, MORE, STRESS, cross, mark, star, trustColour } from "stage/picture/shapes.js";

/** @typedef {import("stage/model/port.js").Run} Run */
/** @typedef {import("stage/model/port.js").Place} Place */
/** @typedef {import("stage/picture/focus.js").Focus} Focus */

const FADE_AFTER = 4;
const MARKED = 36;
const TALLEST = 1.05, LEAST = 340;
const BELOW = 12.5;
const ROOMY = 320;

/** Draws one place on one canvas; `data` brings the colours of kinds and the weights of what is shared. */
export class Network {
  /**
   * @param {HTMLCanvasElement} canvas
   * @param {Place} place
   * @param {Pick<import("stage/model/port.js").PageData, "kinds" | "resources">} data
   */
  constructor(canvas, place, data) {
    this.canvas = canvas;
    this.context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
    this.layer = document.createElement("canvas");
    this.data = data;
    this.big = this.narrow = this.crowded = false;
    this.place = place;
    /** @type {Map<number, number>[]} Ties by neighbour, of each partner. */
    this.neighbours = [];
    /** @type {number[]} The weightiest ties, and those of them that are marked with what they share. */
    this.heaviest = this.marked = [];
    /** @type {[number, number, number][]} */
    this.labels = [];
    /** @type {Set<number>} */
    this.labelled = new Set();
    this.x = this.y = this.r = new Float64Array(0);
    this.width = this.height = this.text = 0;
    this.ratio = 1;
    this.use(place);
  }

  /**
   * Show another place.
   * @param {Place} place
   */
  use(place) {
    this.place = place;
    this.heaviest = [...place.weight.keys()].sort((a, b) => place.weight[b] - place.weight[a]).slice(0, MARKED);
    this.neighbours = place.ids.map(() => new Map());
    place.a.forEach((a, e) => {
      this.neighbours[a].set(place.b[e], e);
      this.neighbours[place.b[e]].set(a, e);
    });
    this.resize();
  }

  /** Fit the canvas to its box; labels are placed anew. */
  resize() {
    const { place, canvas } = this;
    const width = Math.max(260, canvas.clientWidth || 900);
    this.narrow = width < 560;
    const ratio = Math.min(2, window.devicePixelRatio || 1);
    this.width = width;
    const rem = parseFloat(getComputedStyle(document.documentElement).fontSize);
    const top = canvas.getBoundingClientRect().top + window.scrollY;
    const room = Math.max(LEAST, window.innerHeight - top - BELOW * rem);
    this.height = Math.round(Math.min(width / TALLEST, room));
    this.marked = this.heaviest.slice(0, width < 800 ? MARKED / 3 : MARKED);
    const unit = Math.min(this.height, width / place.aspect);
    canvas.style.height = `${this.height}px`;
    canvas.width = Math.round(this.width * ratio);
    canvas.height = Math.round(this.height * ratio);
    this.ratio = ratio;
    this.x = Float64Array.from(place.xy, (p) => p[0] * this.width);
    this.y = Float64Array.from(place.xy, (p) => p[1] * this.height);
    this.r = Float64Array.from(place.radius, (r) => Math.max(3.5, r * unit));
    this.placeLabels();
  }

  placeLabels() {
    this.crowded = this.place.ids.length > 150 || this.narrow;
    this.text = this.big ? 24 : this.narrow ? 11 : 13.5;
    this.context.font = this.font();
    this.labels = placeLabels(this, (label) => this.context.measureText(label).width);
    this.labelled = new Set(this.labels.map(([i]) => i));
    this.layLabels();
  }

  /** All labels once on a layer of their own: text is the dearest thing to draw. */
  layLabels() {
    this.layer.width = this.canvas.width;
    this.layer.height = this.canvas.height;
    const c = /** @type {CanvasRenderingContext2D} */ (this.layer.getContext("2d"));
    c.setTransform(this.ratio, 0, 0, this.ratio, 0, 0);
    for (const [i, x, y] of this.labels) this.write(c, this.place.labels[i], x, y, false);
  }

  font(weight = 400) {
    return `${weight} ${this.text}px system-ui, -apple-system, "Segoe UI", sans-serif`;
  }

  /**
   * Draw a run at a position in time (quarters; a fraction lies between two).
   * pointed: partners to ring; against: another run, to show where this one shares more or less.
   * @param {Run} run
   * @param {number} position
   * @param {{focus?: Focus | null, pointed?: number[], against?: Run | null}} [shown]
   */
  draw(run, position, { focus = null, pointed = [], against = null } = {}) {
    const c = this.context;
    const quarter = Math.min(run.quarters - 1, Math.floor(position));
    const share = quarter < run.quarters - 1 ? position - quarter : 0;
    c.setTransform(this.ratio, 0, 0, this.ratio, 0, 0);
    c.fillStyle = "#ffffff";
    c.fillRect(0, 0, this.width, this.height);
    this.drawTies(run, quarter, share, focus, against);
    if (!against) this.drawMoments(run, quarter);
    this.drawPartners(run, quarter, share, focus, pointed);
    this.drawLabels(focus, pointed);
  }

  drawTies(run, quarter, share, focus, against) {
    const c = this.context, { place, x, y } = this, { resources } = this.data, mine = sharedIn(run, resources), theirs = against ? sharedIn(against, resources) : null, scale = (this.height / 740) * Math.min(1, Math.sqrt(ROOMY / place.a.length));
    const least = this.big ? 3 : 0.7;
    c.lineCap = "round";
    for (let e = 0; e < place.a.length; e++) {
      const a = place.a[e], b = place.b[e];
      const dim = focus && !touches(focus, place, e) ? 0.12 : 1;
      const scope = breadth(mine, quarter, e, share);
      if (theirs) {
        const gain = scope - breadth(theirs, quarter, e, share);
        const [r, g, bl] = gain >= 0 ? MORE : LESS;
        const size = Math.min(1, Math.abs(gain) * 2);
        c.strokeStyle = `rgba(${r},${g},${bl},${(0.1 + 0.85 * size) * dim})`;
        c.lineWidth = Math.max(least, scale * (0.6 + 6 * size));
      } else {
        const believed = trust(run, quarter, e, share);
        c.strokeStyle = trustColour(believed, (0.22 + 0.78 * Math.min(1, 1.6 * scope)) * dim);
        c.lineWidth = Math.max(least, scale * (0.6 + 4.6 * believed * believed));
      }
      c.beginPath();
      c.moveTo(x[a], y[a]);
      c.lineTo(x[b], y[b]);
      c.stroke();
    }
    if (!against) this.drawShared(run, quarter, share, focus);
  }

  /** What is shared, on the weightiest ties and those in focus: a square for money, a dot for staff, a triangle for information. */
  drawShared(run, quarter, share, focus) {
    const c = this.context, { place, x, y } = this, shared = sharedIn(run, this.data.resources);
    const unit = Math.max(2.2, this.height / 240);
    c.fillStyle = INK;
    c.strokeStyle = "#ffffff";
    c.lineWidth = 1.2;
    const chosen = focus ? place.a.map((_, e) => e).filter((e) => touches(focus, place, e)) : this.marked;
    for (const e of chosen) {
      const a = place.a[e], b = place.b[e];
      const mx = 0.5 * (x[a] + x[b]), my = 0.5 * (y[a] + y[b]);
      shared.forEach(({ column }, k) => {
        const scope = between(column, quarter, share, e);
        if (scope < 0.12) return;
        mark(c, [0, 2, 3][k], mx + (k - 1) * 3.1 * unit, my, unit * (0.8 + 0.7 * Math.min(1, scope)));
        c.stroke();
        c.fill();
      });
    }
  }

  /** A cross where somebody has just walked away; it fades over a year. */
  drawMoments(run, quarter) {
    const c = this.context, { place, x, y } = this, left = run.tie.walked_out;
    const size = Math.max(5, this.height / 95);
    for (let back = Math.min(FADE_AFTER - 1, quarter); back >= 0; back--) {
      const row = (quarter - back) * left.count;
      for (let e = 0; e < left.count; e++) {
        if (!left.values[row + e]) continue;
        const mx = 0.5 * (x[place.a[e]] + x[place.b[e]]), my = 0.5 * (y[place.a[e]] + y[place.b[e]]);
        cross(c, mx, my, size, "#ffffff", size * 0.9, 1 - back / FADE_AFTER);
        cross(c, mx, my, size, INK, size * 0.42, 1 - back / FADE_AFTER);
      }
    }
  }

  drawPartners(run, quarter, share, focus, pointed) {
    const c = this.context, { place, x, y, r } = this, p = run.partner;
    for (let i = 0; i < place.ids.length; i++) {
      const near = !focus || concerns(focus, place, this.neighbours, i);
      c.globalAlpha = near ? 1 : 0.3;
      mark(c, place.kind[i], x[i], y[i], r[i]);
      c.fillStyle = this.data.kinds[place.kind[i]].colour;
      c.fill();
      c.lineWidth = 1.5;
      c.strokeStyle = "#ffffff";
      c.stroke();
      const strain = between(p.stress, quarter, share, i);
      if (strain > 0.02) {
        c.beginPath();
        c.arc(x[i], y[i], 1.42 * r[i] + 2, -Math.PI / 2, -Math.PI / 2 + 2 * Math.PI * Math.min(1, strain));
        c.lineWidth = this.big ? 5 : Math.max(2.5, this.height / 260);
        c.strokeStyle = STRESS;
        c.stroke();
      }
      if (isNew(p.new_leader, quarter, i)) star(c, x[i] + 0.95 * r[i] + 3, y[i] - 0.95 * r[i] - 3, Math.max(6, this.height / 105));
      if (pointed.includes(i) || (focus && focus.partner === i)) {
        c.beginPath();
        c.arc(x[i], y[i], 1.42 * r[i] + 7, 0, 2 * Math.PI);
        c.lineWidth = this.big ? 4 : 3;
        c.strokeStyle = INK;
        c.stroke();
      }
      c.globalAlpha = 1;
    }
  }

  drawLabels(focus, pointed) {
    const c = this.context;
    if (!focus && !pointed.length) {
      c.setTransform(1, 0, 0, 1, 0, 0);
      c.drawImage(this.layer, 0, 0);
      return;
    }
    for (const [i, x, y] of this.labels) {
      const near = !focus || concerns(focus, this.place, this.neighbours, i);
      if (near) this.write(c, this.place.labels[i], x, y, pointed.includes(i) || focus?.partner === i);
    }
    const missing = [...pointed, ...(focus ? ends(focus, this.place) : [])].filter((i) => !this.labelled.has(i));
    for (const i of missing) this.write(c, this.place.labels[i], this.inside(i), this.y[i] - 1.5 * this.r[i] - this.text, true);
  }

  inside(i) {
    this.context.font = this.font(650);
    const half = this.context.measureText(this.place.labels[i]).width / 2 + 4;
    return Math.max(half, Math.min(this.width - half, this.x[i]));
  }

  write(c, text, x, y, strong) {
    c.font = this.font(strong ? 650 : 400);
    c.textAlign = "center";
    c.textBaseline = "middle";
    c.lineJoin = "round";
    c.lineWidth = 4;
    c.strokeStyle = "rgba(255,255,255,0.92)";
    c.strokeText(text, x, y);
    c.fillStyle = INK;
    c.fillText(text, x, y);
  }
}

function isNew(column, quarter, i) {
  for (let back = 0; back < FADE_AFTER && back <= quarter; back++) {
    if (column.values[(quarter - back) * column.count + i]) return true;
  }
  return false;
}

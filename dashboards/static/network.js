// The picture of a place in one quarter. Positions come from the server once and never move.

import { INK, LESS, MORE, STRESS, cross, mark, star, trustColour } from "stage/marks.js";
import { between } from "stage/message.js";

const FADE_AFTER = 4;
const MARKED = 36;
const TALLEST = 1.05, LEAST = 340;
const BELOW = 12.5;
const ROOMY = 320;

/** Draws one place on one canvas; `kinds` brings the colours. */
export class Network {
  constructor(canvas, place, kinds) {
    this.canvas = canvas;
    this.context = canvas.getContext("2d");
    this.kinds = kinds;
    this.big = false;
    this.use(place);
  }

  /** Show another place. */
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
    const { context, place } = this;
    this.crowded = place.ids.length > 150 || this.narrow;
    this.text = this.big ? 24 : this.narrow ? 11 : 13.5;
    context.font = this.font();
    const taken = place.ids.map((_, i) => box(this.x[i], this.y[i], 0.85 * this.r[i], 0.85 * this.r[i]));
    const order = [...place.ids.keys()].sort((i, j) => place.kind[i] - place.kind[j] || place.income[j] - place.income[i]);
    this.labels = [];
    const written = [];
    for (const i of order) {
      const half = context.measureText(place.labels[i]).width / 2, high = 0.55 * this.text, r = this.r[i] * 1.2 + 4;
      const spots = [[0, r + high], [0, -r - high], [r + half, 0], [-r - half, 0], [0.8 * r + half, 0.9 * r], [-0.8 * r - half, 0.9 * r],
        [0.8 * r + half, -0.9 * r], [-0.8 * r - half, -0.9 * r]].map(([dx, dy]) => [this.x[i] + dx, this.y[i] + dy, box(this.x[i] + dx, this.y[i] + dy, half + 2, high + 1)])
        .filter(([, , spot]) => spot[0] > 1 && spot[2] < this.width - 1 && spot[1] > 1 && spot[3] < this.height - 1);
      // The largest kinds are named even where a name must cover a small neighbour.
      const free = spots.find(([, , spot]) => !taken.some((other, k) => k !== i && meets(spot, other)))
        ?? (place.kind[i] < 2 && !this.crowded ? spots.find(([, , spot]) => !written.some((other) => meets(spot, other))) : undefined);
      if (!free) continue;
      taken.push(free[2]);
      written.push(free[2]);
      this.labels.push([i, free[0], free[1]]);
    }
    this.labelled = new Set(this.labels.map(([i]) => i));
    this.layLabels();
  }

  /** All labels once on a layer of their own: text is the dearest thing to draw. */
  layLabels() {
    this.layer ??= document.createElement("canvas");
    this.layer.width = this.canvas.width;
    this.layer.height = this.canvas.height;
    const c = this.layer.getContext("2d");
    c.setTransform(this.ratio, 0, 0, this.ratio, 0, 0);
    for (const [i, x, y] of this.labels) this.write(c, this.place.labels[i], x, y, false);
  }

  font(weight = 400) {
    return `${weight} ${this.text}px system-ui, -apple-system, "Segoe UI", sans-serif`;
  }

  /**
   * Draw a run at a position in time (quarters; a fraction lies between two).
   * focus: {partner} or {tie}; pointed: partners to ring; against: another run, to show where this one shares more or less.
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
    const c = this.context, { place, x, y } = this, t = run.tie, scale = (this.height / 740) * Math.min(1, Math.sqrt(ROOMY / place.a.length));
    const least = this.big ? 3 : 0.7;
    c.lineCap = "round";
    for (let e = 0; e < place.a.length; e++) {
      const a = place.a[e], b = place.b[e];
      const dim = focus && !touches(focus, place, e) ? 0.12 : 1;
      const scope = shared(t, quarter, share, e);
      if (against) {
        const gain = scope - shared(against.tie, quarter, share, e);
        const [r, g, bl] = gain >= 0 ? MORE : LESS;
        const size = Math.min(1, Math.abs(gain) * 2);
        c.strokeStyle = `rgba(${r},${g},${bl},${(0.1 + 0.85 * size) * dim})`;
        c.lineWidth = Math.max(least, scale * (0.6 + 6 * size));
      } else {
        const believed = 0.5 * (between(t.trust_a, quarter, share, e) + between(t.trust_b, quarter, share, e));
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
    const c = this.context, { place, x, y } = this, t = run.tie;
    const unit = Math.max(2.2, this.height / 240);
    c.fillStyle = INK;
    c.strokeStyle = "#ffffff";
    c.lineWidth = 1.2;
    const chosen = focus ? place.a.map((_, e) => e).filter((e) => touches(focus, place, e)) : this.marked;
    for (const e of chosen) {
      const a = place.a[e], b = place.b[e];
      const mx = 0.5 * (x[a] + x[b]), my = 0.5 * (y[a] + y[b]);
      [t.scope_money, t.scope_staff, t.scope_information].forEach((column, k) => {
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
      c.fillStyle = this.kinds[place.kind[i]].colour;
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

  /** What is under a point of the canvas's box: {partner}, {tie} or null. */
  hit(px, py) {
    const { place, x, y, r } = this;
    let best = null, nearest = 1;
    for (let i = 0; i < place.ids.length; i++) {
      const away = Math.hypot(px - x[i], py - y[i]) / (r[i] * 1.25 + 4);
      if (away < nearest) [best, nearest] = [{ partner: i }, away];
    }
    if (best) return best;
    nearest = 6;
    for (let e = 0; e < place.a.length; e++) {
      const away = distance(px, py, x[place.a[e]], y[place.a[e]], x[place.b[e]], y[place.b[e]]);
      if (away < nearest) [best, nearest] = [{ tie: e }, away];
    }
    return best;
  }

  /** The nearest partner in a direction (dx, dy) from partner i, for the arrow keys. */
  toward(i, dx, dy) {
    let best = i, least = Infinity;
    for (let j = 0; j < this.x.length; j++) {
      const vx = this.x[j] - this.x[i], vy = this.y[j] - this.y[i], along = vx * dx + vy * dy;
      if (j === i || along <= 1) continue;
      const cost = along + 2.5 * Math.abs(vx * dy - vy * dx);
      if (cost < least) [best, least] = [j, cost];
    }
    return best;
  }
}

const box = (x, y, half, high) => [x - half, y - high, x + half, y + high];
const meets = (a, b) => a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];
const touches = (focus, place, e) => focus.tie === e || focus.partner === place.a[e] || focus.partner === place.b[e];
const ends = (focus, place) => (focus.tie === undefined ? [focus.partner] : [place.a[focus.tie], place.b[focus.tie]]);

function concerns(focus, place, neighbours, i) {
  return focus.tie === undefined ? focus.partner === i || neighbours[focus.partner].has(i) : ends(focus, place).includes(i);
}

function shared(t, quarter, share, e) {
  return 0.45 * between(t.scope_money, quarter, share, e) + 0.3 * between(t.scope_staff, quarter, share, e)
    + 0.25 * between(t.scope_information, quarter, share, e);
}

function isNew(column, quarter, i) {
  for (let back = 0; back < FADE_AFTER && back <= quarter; back++) {
    if (column.values[(quarter - back) * column.count + i]) return true;
  }
  return false;
}

function distance(px, py, ax, ay, bx, by) {
  const vx = bx - ax, vy = by - ay, along = Math.max(0, Math.min(1, ((px - ax) * vx + (py - ay) * vy) / (vx * vx + vy * vy || 1)));
  return Math.hypot(px - ax - along * vx, py - ay - along * vy);
}

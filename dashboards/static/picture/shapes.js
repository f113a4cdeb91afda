// How things are marked on a canvas: colours of trust, shapes of partners, crosses and stars.

const LOW = [196, 84, 12], MIDDLE = [176, 170, 160], HIGH = [8, 84, 150];
export const INK = "#1c2530", STRESS = "#8f2d00", MORE = HIGH, LESS = LOW;
const RAMP = Array.from({ length: 33 }, (_, k) => ramp(k / 32));

function ramp(x) {
  const [from, to, share] = x < 0.5 ? [LOW, MIDDLE, x * 2] : [MIDDLE, HIGH, x * 2 - 1];
  return from.map((v, i) => Math.round(v + share * (to[i] - v)));
}

/** Colour of trust from 0 (orange) to 1 (blue). */
export function trustColour(trust, alpha = 1) {
  const [r, g, b] = RAMP[Math.max(0, Math.min(32, Math.round(trust * 32)))];
  return `rgba(${r},${g},${b},${alpha})`;
}

/** The path of a partner's mark: square, diamond, circle or triangle of nearly the same area. */
export function mark(context, kind, x, y, r) {
  context.beginPath();
  if (kind === 0) context.rect(x - 0.89 * r, y - 0.89 * r, 1.78 * r, 1.78 * r);
  else if (kind === 2) context.arc(x, y, r, 0, 2 * Math.PI);
  else {
    const corners = kind === 1 ? [[0, -1.25], [1.25, 0], [0, 1.25], [-1.25, 0]] : [[0, -1.3], [1.2, 0.85], [-1.2, 0.85]];
    corners.forEach(([dx, dy], i) => context[i ? "lineTo" : "moveTo"](x + r * dx, y + r * dy));
    context.closePath();
  }
}

/** A cross of a size, colour and width. */
export function cross(c, x, y, size, colour, width, alpha) {
  c.globalAlpha = alpha;
  c.strokeStyle = colour;
  c.lineWidth = width;
  c.beginPath();
  c.moveTo(x - size, y - size);
  c.lineTo(x + size, y + size);
  c.moveTo(x + size, y - size);
  c.lineTo(x - size, y + size);
  c.stroke();
  c.globalAlpha = 1;
}

/** A small star with a white edge. */
export function star(c, x, y, r) {
  c.beginPath();
  for (let k = 0; k < 10; k++) {
    const radius = k % 2 ? 0.45 * r : r, angle = -Math.PI / 2 + (k * Math.PI) / 5;
    c[k ? "lineTo" : "moveTo"](x + radius * Math.cos(angle), y + radius * Math.sin(angle));
  }
  c.closePath();
  c.lineWidth = 3;
  c.strokeStyle = "#ffffff";
  c.stroke();
  c.fillStyle = INK;
  c.fill();
}

// How things are marked on a canvas: the colours of what is agreed, joined and broken, and the shapes of partners.

export const INK = "#1d2530", PAPER = "#faf8f3", SAND = "#c8ad7f", GREEN = "#0b7a75", BREAK = "#c2410c", MORE = "#085496", LESS = "#c4540c";

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

/** A line between two points, as a path. */
export function line(c, ax, ay, bx, by) {
  c.beginPath();
  c.moveTo(ax, ay);
  c.lineTo(bx, by);
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

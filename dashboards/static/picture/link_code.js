// A link as a picture that a telephone reads.

import { correction, generate } from "stage/vendor/lean_qr.js";

/** Bytes that fit a code which a room can still scan. */
const LONGEST = 2900, QUIET = 4;

/**
 * SVG of a link; null for one that is too long.
 * @param {string} link
 */
export function linkCode(link) {
  if (new TextEncoder().encode(link).length > LONGEST) return null;
  const code = /** @type {any} */ (generate)(link, { minCorrectionLevel: correction.L, maxCorrectionLevel: correction.L }), size = code.size + 2 * QUIET, dots = [];
  for (let y = 0; y < code.size; y += 1) {
    for (let x = 0; x < code.size; x += 1) if (code.get(x, y)) dots.push(`M${x + QUIET} ${y + QUIET}h1v1h-1z`);
  }
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size} ${size}" width="${4 * size}" height="${4 * size}" shape-rendering="crispEdges"><path fill="#ffffff" d="M0 0h${size}v${size}H0z"/><path d="${dots.join("")}"/></svg>`;
}

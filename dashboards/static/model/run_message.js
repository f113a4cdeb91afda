// A run as it travels: a JSON header and typed arrays, read where they lie.

import { messages } from "stage/words/messages.js";

const TYPES = { uint8: Uint8Array, float32: Float32Array };

/**
 * The run in a message; throws for anything that is not one.
 * @param {ArrayBuffer} buffer
 * @returns {import("stage/model/port.js").Run}
 */
export function decode(buffer) {
  const bytes = new Uint8Array(buffer);
  if (String.fromCharCode(...bytes.subarray(0, 4)) !== "IABM") throw new Error(messages.notices.unreadable);
  const length = new DataView(buffer).getUint32(4, true);
  const header = JSON.parse(new TextDecoder().decode(bytes.subarray(8, 8 + length)));
  const base = Math.ceil((8 + length) / 8) * 8;
  /** @type {any} */
  const run = { header, partner: {}, tie: {}, measures: null, quarters: header.quarters };
  for (const { name, type, shape, offset, low, high } of header.arrays) {
    const count = shape.reduce((a, b) => a * b, 1);
    const values = new TYPES[type](buffer, base + offset, count);
    if (name === "measures") {
      run.measures = values;
      run.width = shape[1];
      continue;
    }
    const [what, column] = name.split(".");
    run[what][column] = { values, low, scale: (high - low) / 255, count: shape[1] };
  }
  return run;
}

// A run as the server sends it: a JSON header and typed arrays, read where they lie.

const TYPES = { uint8: Uint8Array, uint16: Uint16Array, float32: Float32Array };

/** The run in a message; throws for anything that is not one. */
export function decode(buffer) {
  const bytes = new Uint8Array(buffer);
  if (String.fromCharCode(...bytes.subarray(0, 4)) !== "IABM") throw new Error("The answer of the model could not be read. The last picture stays.");
  const length = new DataView(buffer).getUint32(4, true);
  const header = JSON.parse(new TextDecoder().decode(bytes.subarray(8, 8 + length)));
  const base = Math.ceil((8 + length) / 8) * 8;
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

/** A column's number for one item in one quarter. */
export const at = (column, quarter, item) => column.low + column.scale * column.values[quarter * column.count + item];

/** As `at`, between two quarters. */
export function between(column, quarter, share, item) {
  const here = at(column, quarter, item);
  return share === 0 ? here : here + share * (at(column, quarter + 1, item) - here);
}

/** One measure's series over all quarters. */
export function series(run, index) {
  return Float32Array.from({ length: run.quarters }, (_, q) => run.measures[q * run.width + index]);
}

export const measure = (run, index, quarter) => run.measures[quarter * run.width + index];

/** Mean trust of both sides of a tie, 0..1. */
export const trust = (run, quarter, tie) => 0.5 * (at(run.tie.trust_a, quarter, tie) + at(run.tie.trust_b, quarter, tie));

/** Breadth of what a tie shares, 0..1: the model's weights of money, staff and information. */
export function breadth(run, quarter, tie) {
  return 0.45 * at(run.tie.scope_money, quarter, tie) + 0.3 * at(run.tie.scope_staff, quarter, tie)
    + 0.25 * at(run.tie.scope_information, quarter, tie);
}

// What a scene shows in one quarter of a run: what is agreed and joined on each line, who works as one, who has left, who is strained.

import { at, breadth, sharedIn } from "stage/model/run_values.js";

/** @typedef {import("stage/model/port.js").Run} Run */
/** @typedef {import("stage/picture/scene.js").Scene} Scene */

/**
 * Shares are 0..1. left: 0, or how fresh walk-outs are (1 this quarter … 1/FADE three quarters ago), less where few of many left. one: the share of the line that works as one.
 * @typedef {object} Reading
 * @property {Float32Array} agreed
 * @property {Float32Array} joined
 * @property {Float32Array} one
 * @property {Float32Array} left
 * @property {Float32Array} strain
 * @property {Uint8Array} fresh
 * @property {Float32Array} innerAgreed
 * @property {Float32Array} innerJoined
 * @property {Float32Array} innerOne
 */

export const FADE = 4;

/**
 * @param {Scene} scene
 * @param {Run} run
 * @param {number} quarter
 * @param {import("stage/model/port.js").Place} place
 * @param {import("stage/model/port.js").Resource[]} resources
 * @returns {Reading}
 */
export function read(scene, run, quarter, place, resources) {
  const shared = sharedIn(run, resources), { expected, joined: asOne, walked_out: out } = run.tie;
  const lines = scene.ties.length, nodes = scene.members.length;
  const reading = {
    agreed: new Float32Array(lines), joined: new Float32Array(lines), one: new Float32Array(lines), left: new Float32Array(lines),
    strain: new Float32Array(nodes), fresh: new Uint8Array(nodes),
    innerAgreed: new Float32Array(nodes), innerJoined: new Float32Array(nodes), innerOne: new Float32Array(nodes),
  };
  const mean = (ties, of) => {
    if (ties.length === 1) return of(ties[0]);
    let sum = 0, whole = 0;
    for (const e of ties) {
      sum += place.weight[e] * of(e);
      whole += place.weight[e];
    }
    return whole ? sum / whole : 0;
  };
  const agreed = (e) => breadth(shared, quarter, e), joined = (e) => at(expected, quarter, e), one = (e) => asOne.values[quarter * asOne.count + e];
  scene.ties.forEach((ties, k) => {
    reading.agreed[k] = mean(ties, agreed);
    reading.joined[k] = mean(ties, joined);
    reading.one[k] = mean(ties, one);
    for (let back = Math.min(FADE - 1, quarter); back >= 0; back--) {
      const gone = mean(ties, (e) => (out.values[(quarter - back) * out.count + e] ? 1 : 0));
      reading.left[k] = Math.max(reading.left[k], (1 - back / FADE) * Math.sqrt(gone));
    }
  });
  const { stress, new_leader: leader } = run.partner;
  scene.members.forEach((members, k) => {
    reading.strain[k] = members.reduce((sum, i) => sum + at(stress, quarter, i), 0) / members.length;
    for (let back = 0; back < FADE && back <= quarter; back++) {
      if (members.some((i) => leader.values[(quarter - back) * leader.count + i])) reading.fresh[k] = 1;
    }
    if (scene.inner[k].length) {
      reading.innerAgreed[k] = mean(scene.inner[k], agreed);
      reading.innerJoined[k] = mean(scene.inner[k], joined);
      reading.innerOne[k] = mean(scene.inner[k], one);
    }
  });
  return reading;
}

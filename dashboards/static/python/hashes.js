// Hashes of bytes: SHA-256, and BLAKE2b without a key.
// @ts-nocheck: what a value is, is known when it runs, as in the sources translated.

import { Bytes } from "stage/python/gathered.js";
import { plainly } from "stage/model/sha256.js";

const ALL = 0xffffffffffffffffn;
const START = [0x6a09e667f3bcc908n, 0xbb67ae8584caa73bn, 0x3c6ef372fe94f82bn, 0xa54ff53a5f1d36f1n, 0x510e527fade682d1n, 0x9b05688c2b3e6c1fn, 0x1f83d9abfb41bd6bn, 0x5be0cd19137e2179n];
const ORDER = [
  [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15], [14, 10, 4, 8, 9, 15, 13, 6, 1, 12, 0, 2, 11, 7, 5, 3],
  [11, 8, 12, 0, 5, 2, 15, 13, 10, 14, 3, 6, 7, 1, 9, 4], [7, 9, 3, 1, 13, 12, 11, 14, 2, 6, 5, 10, 4, 0, 15, 8],
  [9, 0, 5, 7, 2, 4, 10, 15, 14, 1, 11, 12, 6, 8, 3, 13], [2, 12, 6, 10, 0, 11, 8, 3, 4, 13, 7, 5, 15, 14, 1, 9],
  [12, 5, 1, 15, 14, 13, 4, 10, 0, 7, 6, 3, 9, 2, 8, 11], [13, 11, 7, 14, 12, 1, 3, 9, 5, 0, 15, 4, 8, 6, 2, 10],
  [6, 15, 14, 9, 11, 3, 0, 8, 12, 2, 13, 7, 1, 4, 10, 5], [10, 2, 8, 4, 7, 6, 1, 5, 15, 11, 9, 14, 3, 12, 13, 0],
];
const turned = (x, by) => (x >> by | x << 64n - by) & ALL;

/** The 64 bytes of BLAKE2b. */
function blake2b(content) {
  const state = [...START];
  state[0] ^= 0x01010040n;
  const blocks = Math.max(1, Math.ceil(content.length / 128));
  for (let k = 0; k < blocks; k++) {
    const block = new Uint8Array(128);
    block.set(content.subarray(k * 128, k * 128 + 128));
    mixed(state, new BigUint64Array(block.buffer), BigInt(Math.min(content.length, (k + 1) * 128)), k === blocks - 1);
  }
  return new Uint8Array(BigUint64Array.from(state).buffer);
}

function mixed(state, words, length, last) {
  const v = [...state, ...START];
  v[12] ^= length;
  if (last) v[14] ^= ALL;
  const step = (a, b, c, d, x, y) => {
    v[a] = v[a] + v[b] + x & ALL;
    v[d] = turned(v[d] ^ v[a], 32n);
    v[c] = v[c] + v[d] & ALL;
    v[b] = turned(v[b] ^ v[c], 24n);
    v[a] = v[a] + v[b] + y & ALL;
    v[d] = turned(v[d] ^ v[a], 16n);
    v[c] = v[c] + v[d] & ALL;
    v[b] = turned(v[b] ^ v[c], 63n);
  };
  for (let round = 0; round < 12; round++) {
    const at = ORDER[round % 10], m = (k) => words[at[k]];
    for (let k = 0; k < 4; k++) step(k, k + 4, k + 8, k + 12, m(2 * k), m(2 * k + 1));
    for (let k = 0; k < 4; k++) step(k, 4 + (k + 1) % 4, 8 + (k + 2) % 4, 12 + (k + 3) % 4, m(8 + 2 * k), m(9 + 2 * k));
  }
  for (let k = 0; k < 8; k++) state[k] ^= v[k] ^ v[k + 8];
}

const joined = (parts) => {
  const made = new Uint8Array(parts.reduce((held, each) => held + each.length, 0));
  let at = 0;
  for (const each of parts) {
    made.set(each, at);
    at += each.length;
  }
  return made;
};

export const hashlib = {
  $sha256: (begin) => {
    const parts = [begin];
    return { $update: (more) => { parts.push(more); return null; }, $hexdigest: () => Array.from(plainly(joined(parts)), (each) => each.toString(16).padStart(2, "0")).join("") };
  },
  $blake2b: (content) => ({ $digest: () => Bytes.from(blake2b(content)) }),
};

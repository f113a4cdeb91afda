// SHA-256 where the browser's own is not to be had: it gives it only to pages from a secure address.

const ROUNDS = 64, BLOCK = 64;

/** The first 32 bits of the fractional parts of a root of the first primes, by which the hash is defined (FIPS 180-4). */
function constants(count, root) {
  const found = [];
  for (let n = 2; found.length < count; n += 1) {
    if ([...Array(n).keys()].slice(2).every((d) => n % d)) found.push(((n ** (1 / root)) % 1) * 2 ** 32 | 0);
  }
  return found;
}

/**
 * The hash in hex.
 * @param {Uint8Array<ArrayBuffer>} bytes
 */
export async function sha256(bytes) {
  const found = globalThis.crypto?.subtle ? new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)) : plainly(bytes);
  return [...found].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/**
 * The same, worked out here.
 * @param {Uint8Array} bytes
 */
export function plainly(bytes) {
  const k = Int32Array.from(constants(ROUNDS, 3)), state = Int32Array.from(constants(8, 2)), w = new Int32Array(ROUNDS);
  const tail = new Uint8Array(Math.ceil((bytes.length % BLOCK + 9) / BLOCK) * BLOCK), whole = bytes.length - bytes.length % BLOCK;
  tail.set(bytes.subarray(whole));
  tail[bytes.length % BLOCK] = 0x80;
  const length = new DataView(tail.buffer);
  length.setUint32(tail.length - 8, Math.floor(bytes.length / 2 ** 29));
  length.setUint32(tail.length - 4, (bytes.length * 8) >>> 0);
  const turned = (x, by) => (x >>> by) | (x << (32 - by));
  const take = (view, at) => {
    for (let t = 0; t < 16; t += 1) w[t] = view.getInt32(at + 4 * t);
    for (let t = 16; t < ROUNDS; t += 1) {
      const x = w[t - 15], y = w[t - 2];
      w[t] = w[t - 16] + w[t - 7] + (turned(x, 7) ^ turned(x, 18) ^ (x >>> 3)) + (turned(y, 17) ^ turned(y, 19) ^ (y >>> 10));
    }
    let [a, b, c, d, e, f, g, h] = state;
    for (let t = 0; t < ROUNDS; t += 1) {
      const one = (h + (turned(e, 6) ^ turned(e, 11) ^ turned(e, 25)) + ((e & f) ^ (~e & g)) + k[t] + w[t]) | 0;
      const two = ((turned(a, 2) ^ turned(a, 13) ^ turned(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
      [h, g, f, e, d, c, b, a] = [g, f, e, (d + one) | 0, c, b, a, (one + two) | 0];
    }
    [a, b, c, d, e, f, g, h].forEach((each, i) => { state[i] += each; });
  };
  const view = new DataView(bytes.buffer, bytes.byteOffset, whole);
  for (let at = 0; at < whole; at += BLOCK) take(view, at);
  for (let at = 0; at < tail.length; at += BLOCK) take(length, at);
  const out = new DataView(new ArrayBuffer(32));
  state.forEach((word, i) => out.setInt32(4 * i, word));
  return new Uint8Array(out.buffer);
}

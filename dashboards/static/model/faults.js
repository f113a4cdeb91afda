// What is wrong with a file, found and told as Python tells it: the messages, and how many of them are told, come with the page.

/** @typedef {{near: number, hint: string, shown: {letters: number, faults: number, spots: number}, faults: Record<string, string>}} Telling */
/** @typedef {{told: string, at: number[], cause: string, spot: string}} Fault */

/**
 * A message with its {places} filled in; a number with thousands apart where the message says so.
 * @param {string} message
 * @param {Record<string, string | number>} places
 */
export const filled = (message, places) => message.replaceAll(/\{\{|\}\}|\{(\w+)(:,)?\}/g, (found, name, apart) => {
  if (name === undefined) return found[0];
  if (!(name in places)) throw new Error(`“${message}” needs ${name}`);
  return apart ? Number(places[name]).toLocaleString("en-GB") : String(places[name]);
});

/** How alike two words are, 0..1: twice the letters of their longest common runs over all letters (Ratcliff and Obershelp). */
function alike(one, other) {
  const common = (a, b) => {
    let long = 0, from = 0, to = 0, before = Array(b.length + 1).fill(0);
    for (let i = 0; i < a.length; i += 1) {
      const row = Array(b.length + 1).fill(0);
      for (let j = 0; j < b.length; j += 1) {
        if (a[i] !== b[j]) continue;
        row[j + 1] = before[j] + 1;
        if (row[j + 1] > long) [long, from, to] = [row[j + 1], i + 1 - row[j + 1], j + 1 - row[j + 1]];
      }
      before = row;
    }
    return long ? long + common(a.slice(0, from), b.slice(0, to)) + common(a.slice(from + long), b.slice(to + long)) : 0;
  };
  return one.length + other.length ? 2 * common(one, other) / (one.length + other.length) : 1;
}

/**
 * A hint at the nearest of some words, or nothing where none is near.
 * @param {string} word
 * @param {Iterable<string>} among
 * @param {Telling} telling
 */
export function nearest(word, among, { near, hint }) {
  const found = [...among].map((each) => ({ each, likeness: alike(each, word) })).filter(({ likeness }) => likeness >= near).sort((a, b) => b.likeness - a.likeness || (a.each < b.each ? 1 : -1));
  return found.length ? filled(hint, { word: found[0].each }) : "";
}

/** A value as Python writes it: whole numbers come as bigint. */
function written(value) {
  if (typeof value === "string") return value.includes("'") && !value.includes('"') ? `"${value}"` : `'${value.replaceAll("\\", "\\\\").replaceAll("'", "\\'").replaceAll("\n", "\\n")}'`;
  if (typeof value === "boolean") return value ? "True" : "False";
  if (typeof value === "number") return Number.isInteger(value) ? value.toFixed(1) : String(value).replace("Infinity", "inf").replace("NaN", "nan");
  if (Array.isArray(value)) return `[${value.map(written).join(", ")}]`;
  if (value && typeof value === "object" && !(value instanceof Date)) return `{${Object.entries(value).map(([name, each]) => `${written(name)}: ${written(each)}`).join(", ")}}`;
  return String(value);
}

/**
 * A value given by the visitor, short enough for a message.
 * @param {unknown} value
 * @param {Telling} telling
 */
export function quoted(value, { shown: { letters } }) {
  const whole = written(value);
  return whole.length <= letters ? whole : `${whole.slice(0, Math.floor(letters * 2 / 3))}…${whole.slice(-Math.floor(letters / 3) - 1)}`;
}

/** A number as it is told in a message: six digits at most. */
export const general = (number) => String(Number(number.toPrecision(6)));

/** What is wrong, raised. */
export class Wrong extends Error {
  /** @param {Fault[]} found */
  constructor(found) {
    super(found[0]?.told ?? "");
    this.found = found;
  }
}

/** What is wrong, as it is found. */
export class Faults {
  /** @param {Telling} telling */
  constructor(telling) {
    this.telling = telling;
    /** @type {Fault[]} */
    this.found = [];
  }

  /**
   * What `read` gives; where something is wrong that is kept, and `usual` is gone on with.
   * @template T
   * @param {T} usual
   * @param {() => T} read
   * @returns {T}
   */
  attempt(usual, read) {
    try {
      return read();
    } catch (error) {
      if (!(error instanceof Wrong)) throw error;
      this.found.push(...error.found);
      return usual;
    }
  }

  /** Raise what was found, if anything was. */
  raise() {
    if (this.found.length) throw new Wrong(this.found);
  }

  /** All of it as one message, in the order of the file, causes that repeat together. */
  told() {
    const { faults, shown } = this.telling, groups = /** @type {Map<unknown, Fault[]>} */ (new Map());
    const ordered = [...this.found].sort((one, other) => compared(one.at, other.at));
    ordered.forEach((fault, k) => groups.set(fault.cause || k, [...groups.get(fault.cause || k) ?? [], fault]));
    const lines = [...groups.values()].map((group) => this.line(group));
    if (lines.length === 1) return lines[0];
    const left = lines.length - shown.faults, more = left > 0 ? [filled(faults[`several.left.${left === 1 ? "one" : "many"}`], { number: left })] : [];
    return [filled(faults["several.head"], { number: lines.length }), ...[...lines.slice(0, shown.faults), ...more].map((line) => `  ${line}`)].join("\n");
  }

  /** @param {Fault[]} group */
  line([first, ...again]) {
    const { faults, shown } = this.telling, spots = again.slice(0, shown.spots).map(({ spot }) => spot).join(", "), left = again.length - shown.spots;
    if (!again.length) return first.told;
    return left > 0 ? filled(faults["several.again_and_more"], { told: first.told, spots, left, number: again.length + 1 }) : filled(faults["several.again"], { told: first.told, spots });
  }
}

/** Which of two places in a file comes first. */
function compared(one, other) {
  const k = one.findIndex((each, i) => each !== other[i]);
  return k < 0 ? one.length - other.length : k >= other.length ? 1 : one[k] - other[k];
}

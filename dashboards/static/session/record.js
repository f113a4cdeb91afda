// The record of a session: what was opened, changed, bet and seen, with notes; kept in the browser, saved whole and opened again.

/** @typedef {{at: string, what: string, said: string}} Entry  at: when, as ISO 8601 */
/** @typedef {{entries: Entry[], bets: import("stage/session/bets.js").Placed[], notes: import("stage/model/port.js").Notes}} Kept */
/** @typedef {{mark: string, version: string, rules: string, hash: string, far: number, story: string, files: {partners: string, ties: string} | null, record: Kept}} SessionFile  rules: the hash of those of the page, empty for the shipped ones */

const MARK = "incentive_abm session", MOST = 2000;

export class SessionRecord {
  constructor() {
    /** @type {Kept} */
    this.kept = { entries: [], bets: [], notes: {} };
    /** @type {() => void} */
    this.changed = () => undefined;
  }

  /**
   * Write down that something happened; the same thing twice in a row is one entry.
   * @param {string} what
   * @param {string} said
   */
  add(what, said) {
    const { entries } = this.kept, last = entries.at(-1);
    if (last?.what === what && last.said === said) return;
    entries.push({ at: new Date().toISOString(), what, said });
    this.kept.entries = entries.slice(-MOST);
    this.changed();
  }

  /**
   * The room's votes on a bet; a bet on the same question replaces the earlier one until something came of it.
   * @param {import("stage/session/bets.js").Placed} bet
   */
  bet(bet) {
    const { bets } = this.kept, open = bets.findIndex(({ question, came }) => question === bet.question && !came.length);
    if (open >= 0) bets[open] = bet;
    else bets.push(bet);
    this.changed();
  }

  /** Bets of which nothing has come yet. */
  get open() {
    return this.kept.bets.filter(({ came }) => !came.length);
  }

  /** @param {import("stage/model/port.js").Notes} notes */
  note(notes) {
    this.kept.notes = notes;
    this.changed();
  }
}

/**
 * A whole session as the text of a file.
 * @param {Omit<SessionFile, "mark">} session
 */
export const written = (session) => JSON.stringify({ mark: MARK, ...session }, null, 1);

/**
 * The session in a file's text, or null where it is none.
 * @param {string} text
 * @returns {SessionFile | null}
 */
export function opened(text) {
  try {
    const found = JSON.parse(text), { record } = found;
    const whole = found.mark === MARK && typeof found.hash === "string" && Number.isFinite(found.far) && Array.isArray(record.entries) && Array.isArray(record.bets)
      && record.entries.every(({ at, what, said }) => [at, what, said].every((each) => typeof each === "string"))
      && record.bets.every(({ question, options, came }) => typeof question === "string" && Array.isArray(came) && options.every(({ label, count }) => typeof label === "string" && Number.isFinite(count)))
      && (found.files === null || (typeof found.files.partners === "string" && typeof found.files.ties === "string"));
    return whole ? { ...found, rules: found.rules ?? "", record: { entries: record.entries, bets: record.bets, notes: record.notes ?? {} } } : null;
  } catch {
    return null;
  }
}

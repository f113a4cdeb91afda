// What passes between the stage and the facilitator's own page, in the same browser.

/** @typedef {import("stage/session/bets.js").Bet} Bet */
/** @typedef {{preset: string, title: string, verdicts: string[], said: string, quarter: number, changed: string[], bets: Bet[]}} Shown  said: what the stage says of the moment */

/**
 * What the facilitator's page may ask of the stage; `shown` tells what is shown, null before the first run.
 * @typedef {object} Led
 * @property {() => Shown | null} shown
 * @property {(preset: string) => void} choose
 * @property {() => void} play
 * @property {(by: number) => void} step
 * @property {() => void} start
 * @property {() => void} ask
 * @property {() => void} reveal
 * @property {() => void} present
 * @property {() => void} draw
 * @property {(id: string, counts: number[]) => void} bet
 * @property {(notes: import("stage/model/port.js").Notes) => void} notes
 */

/** A channel that only pages of this kind, of the same origin and browser, hear. */
export const openChannel = () => new BroadcastChannel("stage");

/** The stage's end: tells the facilitator's page what is shown, and does what it asks. */
export class StageEnd {
  /** @param {Led} led */
  constructor(led) {
    this.led = led;
    this.channel = openChannel();
    this.channel.addEventListener("message", ({ data }) => this.heard(data));
    this.tell();
  }

  tell() {
    const shown = this.led.shown();
    if (shown) this.channel.postMessage({ what: "shown", ...shown });
  }

  heard(data) {
    const { led } = this;
    if (data.what === "hello") this.tell();
    if (data.what === "choose") led.choose(data.preset);
    if (data.what === "step") led.step(data.by);
    if (data.what === "bet") led.bet(data.id, data.counts);
    if (data.what === "notes") led.notes(data.notes);
    for (const what of /** @type {const} */ (["play", "start", "ask", "reveal", "present", "draw"])) if (data.what === what) led[what]();
  }
}

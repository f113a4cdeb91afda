// What passes between the stage and the facilitator's own page, in the same browser.

/** @typedef {{preset: string, title: string, question: string, regime: string, verdict: string, quarter: number, changed: string[]}} Shown */
/** @typedef {{question: string, rows: {code: string, meaning: string, count: number}[], total: number}} Hands */

/**
 * What the facilitator's page may ask of the stage; `shown` tells what is shown, null before the first run.
 * @typedef {object} Led
 * @property {() => Shown | null} shown
 * @property {(preset: string) => void} choose
 * @property {() => void} play
 * @property {(notes: import("stage/model/port.js").Notes) => void} notes
 * @property {(hands: Hands) => void} hands
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
    if (data.what === "hello") this.tell();
    if (data.what === "choose") this.led.choose(data.preset);
    if (data.what === "play") this.led.play();
    if (data.what === "notes") this.led.notes(data.notes);
    if (data.what === "hands") this.led.hands(data);
  }
}

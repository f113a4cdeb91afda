// Keeps one picture's run up to date: one request at a time, and the latest wish wins.

/** @typedef {import("stage/model/port.js").RunRequest} RunRequest */

const PATIENCE = 1500;

/**
 * What becomes of wishes. `working` is told +1 when this begins to wait for the model and -1 when it is done.
 * @typedef {object} Told
 * @property {(run: import("stage/model/port.js").Run, request: RunRequest) => void} arrived
 * @property {(error: any) => void} trouble
 * @property {() => void} waiting
 * @property {() => void} fine
 * @property {(change: number) => void} working
 */

export class LatestWish {
  /**
   * @param {Pick<import("stage/model/port.js").Model, "run">} model
   * @param {Told} told
   */
  constructor(model, told) {
    this.model = model;
    this.told = told;
    /** @type {RunRequest | null} */
    this.wish = null;
    this.busy = false;
  }

  /**
   * Wish for a run; wishes made while one is on its way replace each other.
   * @param {RunRequest} request
   */
  want(request) {
    this.wish = request;
    if (!this.busy) this.work();
  }

  async work() {
    this.busy = true;
    this.told.working(1);
    while (this.wish) {
      const request = this.wish;
      this.wish = null;
      const slow = setTimeout(() => this.told.waiting(), PATIENCE);
      try {
        this.told.arrived(await this.model.run(request), request);
        this.told.fine();
      } catch (error) {
        this.told.trouble(error);
      } finally {
        clearTimeout(slow);
      }
    }
    this.busy = false;
    this.told.working(-1);
  }
}

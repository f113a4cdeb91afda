// What stands before the picture: the question and the room's bets before it plays, and what came of them at the end.

import { fill, h } from "stage/parts/dom.js";
import { messages, text } from "stage/words/messages.js";

/** @typedef {import("stage/session/bets.js").Bet} Bet */
/** @typedef {import("stage/session/bets.js").Placed} Placed */
/** @typedef {{side: string, title: string, about: string}} Story */
/** @typedef {{side: string, label: string, said: string}} Ending */

/**
 * What the curtain asks of the stage.
 * @typedef {object} Does
 * @property {() => void} play
 * @property {(bet: Bet, counts: number[]) => void} bet
 * @property {() => void} luck
 */

const words = messages.curtain, MOST = 999;

const badge = (side) => (side ? h("span", { class: `badge side-${side}`, text: side }) : null);

export class Curtain {
  /** @param {Does} does */
  constructor(does) {
    this.does = does;
    this.body = h("div", { class: "curtain-body" });
    this.element = h("section", { class: "curtain", hidden: true, "aria-label": words.label }, this.body);
    /** @type {(() => Node[])[]} */
    this.pages = [];
    this.page = 0;
    /** @type {(() => void) | null} */
    this.leave = null;
  }

  get open() {
    return !this.element.hidden;
  }

  /**
   * Before it plays: the question, then each bet.
   * @param {{question: string, stories: Story[], bets: Bet[], placed: Placed[]}} asked
   */
  ask({ question, stories, bets, placed }) {
    const story = () => [h("h2", { text: question }), h("div", { class: "stories" }, stories.map(({ side, title, about }) => h("div", { class: "story" }, badge(side),
      h("p", {}, h("strong", { text: title }), h("span", { class: "story-about", text: about }))))), this.foot()];
    this.show([story, ...bets.map((bet) => () => this.betPage(bet, placed.find((each) => each.question === bet.question)))]);
  }

  /** @returns {Node[]} */
  betPage(bet, before) {
    const inputs = bet.options.map(({ code }, k) => h("input", { type: "number", id: `bet-${bet.id}-${code}`, min: 0, max: MOST, value: before?.options[k]?.count ?? 0, inputmode: "numeric" }));
    this.leave = () => {
      const counts = inputs.map((input) => Math.max(0, Math.min(MOST, Math.round(Number(input.value) || 0))));
      if (counts.some(Boolean)) this.does.bet(bet, counts);
    };
    return [h("h2", { text: bet.question }), h("p", { class: "how", text: words.how }), h("div", { class: "bet-options" }, bet.options.map(({ code, label }, k) => h("div", { class: "bet-option" },
      h("label", { for: `bet-${bet.id}-${code}`, text: label }), inputs[k]))), this.foot()];
  }

  foot() {
    const last = this.page === this.pages.length - 1;
    return h("div", { class: "curtain-foot" }, this.page > 0 ? h("button", { text: words.back, onclick: () => this.back() }) : null,
      last ? null : h("button", { class: "primary", text: this.page ? words.next : words.bet, onclick: () => this.next() }),
      h("button", { class: last ? "primary" : "", text: words.play, onclick: () => this.play() }));
  }

  /**
   * At the end: what became of each side, how they differ, and what came of the bets.
   * @param {{endings: Ending[], difference: string, bets: Placed[]}} came
   */
  end({ endings, difference, bets }) {
    const verdicts = () => [h("h2", { text: words.ending }), h("div", { class: "stories" }, endings.map(({ side, label, said }) => h("div", { class: "story verdict" }, badge(side),
      h("p", {}, h("strong", { text: label }), " ", said)))), difference ? h("p", { class: "difference", text: difference }) : null, h("p", { class: "how", text: words.one_world }), this.endFoot()];
    this.show([verdicts, ...bets.map((bet) => () => [h("h2", { text: bet.question }), votes(bet), this.endFoot()])]);
  }

  endFoot() {
    return h("div", { class: "curtain-foot" }, this.page > 0 ? h("button", { text: words.back, onclick: () => this.back() }) : null,
      this.page < this.pages.length - 1 ? h("button", { class: "primary", text: this.page ? words.next : words.your_bets, onclick: () => this.next() }) : null,
      h("button", { text: words.luck, onclick: () => { this.hide(); this.does.luck(); } }), h("button", { text: messages.common.close, onclick: () => this.hide() }));
  }

  show(pages) {
    this.pages = pages;
    this.page = 0;
    this.leave = null;
    this.element.hidden = false;
    this.turn(0);
  }

  turn(page) {
    this.leave?.();
    this.leave = null;
    this.page = page;
    const inside = this.element.contains(document.activeElement);
    fill(this.body, this.pages[page]());
    if (inside) /** @type {HTMLElement | null} */ (this.body.querySelector("button.primary, button"))?.focus();
  }

  /** The next page; false where this was the last. */
  next() {
    if (this.page >= this.pages.length - 1) return false;
    this.turn(this.page + 1);
    return true;
  }

  back() {
    if (this.page > 0) this.turn(this.page - 1);
  }

  play() {
    this.hide();
    this.does.play();
  }

  hide() {
    this.leave?.();
    this.leave = null;
    this.element.hidden = true;
  }
}

/**
 * The room's votes beside what came.
 * @param {Placed} bet
 */
export function votes({ options, came }) {
  const total = options.reduce((sum, { count }) => sum + count, 0);
  return h("ul", { class: "votes" }, options.map(({ code, label, count }) => h("li", { class: came.includes(code) ? "came" : "" },
    h("span", { class: "vote-count", text: text(words.count, { count, total }) }), h("span", { text: label }), h("div", { class: "bar", "aria-hidden": "true" }, h("span", { style: `width:${total ? (100 * count) / total : 0}%` })),
    came.includes(code) ? h("strong", { text: words.came }) : null)));
}

// The story on the stage: its question and the room's bets before it plays, and what came of them once the ending is seen.

import { byId, fill } from "stage/parts/dom.js";
import { Curtain } from "stage/parts/curtain.js";
import { tell } from "stage/parts/notice.js";
import { measure } from "stage/model/run_values.js";
import { betsOn, cameOf } from "stage/session/bets.js";
import { carriesNothing } from "stage/session/effect.js";
import { storyOf } from "stage/session/seen.js";
import { messages, text } from "stage/words/messages.js";
import { regime } from "stage/words/of_the_model.js";

/** @typedef {import("stage/pages/stage.js").Stage} Stage */
/** @typedef {import("stage/session/bets.js").Bet} Bet */

const words = messages.curtain;

export class StageStory {
  /** @param {Stage} stage */
  constructor(stage) {
    this.stage = stage;
    this.curtain = new Curtain({ play: () => stage.timebar.play(), bet: (bet, counts) => this.bet(bet, counts), luck: () => stage.room.openQuestion("luck") });
    fill(byId("curtain"), this.curtain.element);
  }

  /** The scenarios on the stage with their sides; the side of one alone has no name. */
  stories() {
    const { now } = this.stage.store;
    return /** @type {import("stage/session/store.js").Side[]} */ (now.B ? ["A", "B"] : ["A"]).map((side) => ({ side: now.B ? side : "", title: this.stage.titleOf(side), about: this.stage.store.scenario(side).about }));
  }

  /** The question of what is on the stage: of one scenario its own, of the opening pair theirs, else that of both. */
  question() {
    const { data, store } = this.stage, { A, B } = store.now, { opening } = data;
    if (!B) return A.question || A.title;
    return opening && A.preset === opening.A && B.preset === opening.B ? messages.opening.question : text(words.two, { a: this.stage.titleOf("A"), b: this.stage.titleOf("B") });
  }

  bets() {
    const { store, place, data } = this.stage;
    return betsOn(Boolean(store.now.B), place, data);
  }

  /** Begin anew where another story has come: nothing of it has been seen. */
  begin() {
    const { stage } = this, { seen, store, place, timebar } = stage;
    if (!seen.begin(storyOf(store.now, place.hash))) return;
    stage.owed = false;
    timebar.pause();
    timebar.go(0);
    stage.record.add("opened", `${text(messages.record.opened, { what: this.stories().map(({ side, title }) => `${side} ${title}`.trim()).join(messages.common.and) })} ${text(messages.record.world, { world: store.now.seed })}`);
    this.ask();
  }

  ask() {
    this.curtain.ask({ question: this.question(), stories: this.stories(), bets: this.bets(), placed: this.stage.record.open });
  }

  /**
   * @param {Bet} bet
   * @param {number[]} counts
   */
  bet(bet, counts) {
    const options = bet.options.map((option, k) => ({ ...option, count: counts[k] })), { record } = this.stage, said = messages.record;
    record.bet({ id: bet.id, question: bet.question, options, came: [] });
    record.add("bet", text(said.bet, { question: bet.question, votes: options.filter(({ count }) => count).map(({ label, count }) => text(said.vote, { label, count })).join(messages.common.comma) }));
  }

  /** The ending was reached or shown: it is told, and the bets are judged. */
  end() {
    const { stage } = this, { record, data } = stage, named = stage.named();
    if (!named.length) return;
    const runs = named.map(({ run }) => run), bets = this.bets();
    const judged = record.open.filter((placed) => bets.some(({ question }) => question === placed.question));
    for (const placed of judged) {
      placed.came = [cameOf(/** @type {Bet} */ (bets.find(({ question }) => question === placed.question)), runs, data)];
      record.add("came", text(messages.record.came, { label: placed.options.find(({ code }) => code === placed.came[0])?.label ?? "" }));
    }
    const endings = named.map(({ run, name }) => ({ side: name, label: regime(run.header.regime), said: run.header.verdict }));
    record.add("revealed", text(messages.record.revealed, { said: endings.map(({ side, label, said }) => `${side} ${label}. ${said}`.trim()).join(" ") }));
    this.curtain.end({ endings, difference: this.difference(runs), bets: judged });
  }

  /** A lever that makes no difference from here says so, and says what would. */
  sayNothingMoves(before, run) {
    const { data, store } = this.stage, { lever } = store, scenario = store.scenario(), label = (name) => data.parameters[name].label;
    if (!carriesNothing(before, run, data)) return;
    const levers = (data.stories?.[scenario.preset]?.levers ?? []).filter((name) => name !== lever).slice(0, 3).map(label).join(messages.common.comma);
    tell(text(messages.notices.nothing_moves, { lever: label(lever), levers }), "notice");
  }

  /** By how much the sides differ at the end. */
  difference(runs) {
    if (runs.length < 2) return "";
    const { data } = this.stage, [a, b] = runs.map((run) => measure(run, data.index.integration, data.quarters - 1)), points = Math.round(100 * Math.abs(a - b));
    return Math.abs(a - b) < data.thresholds.alike ? text(words.alike, { points: Math.round(100 * data.thresholds.alike) }) : text(words.more, { side: a > b ? "A" : "B", points });
  }
}

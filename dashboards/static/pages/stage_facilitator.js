// How the facilitator's own page follows the stage and leads it.

import { StageEnd } from "stage/session/facilitator_channel.js";

/** @param {import("stage/pages/stage.js").Stage} stage */
export function connectFacilitator(stage) {
  const { timebar, room, story, record } = stage;
  return new StageEnd({
    shown: () => shown(stage), notes: (notes) => record.note(notes), choose: (preset) => stage.choose(preset),
    bet: (id, counts) => {
      const bet = story.bets().find((each) => each.id === id);
      if (bet) story.bet(bet, counts);
      if (story.curtain.open && !stage.seen.ended) story.ask();
    },
    play: () => { story.curtain.hide(); timebar.toggle(); }, step: (by) => timebar.step(by), start: () => timebar.step(-stage.data.quarters), ask: () => story.ask(), reveal: () => room.reveal(),
    present: () => room.present(), draw: () => room.draw(),
  });
}

/** What the facilitator's page is told; null before the first run. */
function shown(stage) {
  const named = stage.named(), { preset } = stage.store.scenario();
  if (!named.length) return null;
  const title = story(stage), changed = stage.sides().flatMap((side) => (stage.lists[side] ?? []).map((what) => (named.length > 1 ? `${side}: ${what}` : what)));
  return {
    preset, title, verdicts: named.map(({ run, name }) => `${name} ${run.header.verdict}`.trim()), said: stage.shownViews().map((view) => view.say.textContent ?? "").join(" "), quarter: stage.quarter(), changed,
    bets: stage.story.bets().map(({ id, question, options }) => ({ id, question, options })),
  };
}

const story = (stage) => stage.story.stories().map(({ side, title }) => `${side} ${title}`.trim()).join(" · ");

// How the facilitator's own page follows the stage and leads it.

import { showHands } from "stage/parts/hands.js";
import { StageEnd } from "stage/session/facilitator_channel.js";

/** @param {import("stage/pages/stage.js").Stage} stage */
export function connectFacilitator(stage) {
  return new StageEnd({
    shown: () => shown(stage), notes: (notes) => { stage.notes = notes; }, play: () => stage.timeline.toggle(),
    hands: (hands) => showHands(hands, stage.activeRun()?.header.regime),
    choose: (preset) => {
      stage.choose(preset);
      stage.timeline.pause();
      stage.timeline.go(0);
    },
  });
}

/** What the facilitator's page is told; null before the first run. */
function shown(stage) {
  const run = stage.activeRun(), { preset, title, question } = stage.store.scenario();
  if (!run) return null;
  return { preset, title, question, regime: run.header.regime, verdict: run.header.verdict, quarter: stage.quarter(), changed: stage.lists[stage.store.now.active] ?? [] };
}

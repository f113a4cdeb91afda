// What the stage gives to be shared and kept, and what it does with a file that is opened.

import { tell } from "stage/parts/notice.js";
import { openShare } from "stage/parts/share.js";
import { choose } from "stage/session/edits.js";
import { messages, text } from "stage/words/messages.js";

/** @param {import("stage/pages/stage.js").Stage} stage */
export function shareStage(stage) {
  const { store } = stage;
  openShare(stage.model, {
    title: () => `${store.scenario().title} ${stage.place.title}`, request: () => stage.request(store.now.active), quarter: () => stage.quarter(),
    changed: () => stage.lists[store.now.active] ?? [], notes: () => stage.notes, canvas: () => (stage.shownViews()[1] ?? stage.shownViews()[0]).canvas,
    link: async () => { await stage.writeAddress(); return location.href; },
    opened: ({ scenario, seed, notes }) => {
      stage.notes = notes;
      store.change((draft) => {
        choose(draft, scenario);
        draft.seed = seed;
      });
      tell(text(messages.notices.opened, { title: scenario.title }), "notice");
    },
    ownPlace: () => stage.place.hash !== stage.data.place.hash, place: (place, files) => stage.move(place ?? stage.data.place, files),
  });
}

// What the stage gives to be shared, printed and kept, and what it does with a file that is opened.

import { fillHandout } from "stage/parts/handout.js";
import { tell } from "stage/parts/notice.js";
import { byId } from "stage/parts/dom.js";
import { openShare } from "stage/parts/share.js";
import { pictureFile } from "stage/picture/picture_file.js";
import { choose } from "stage/session/edits.js";
import { messages, text } from "stage/words/messages.js";

/** @param {import("stage/pages/stage.js").Stage} stage */
export function shareStage(stage) {
  const { store, keeping, record, data } = stage;
  const sides = () => stage.sides().map((side) => ({ request: stage.request(side), changed: stage.lists[side] ?? [] }));
  const picture = () => pictureFile(stage.shownViews(), stage.story.question(), { place: stage.place, kinds: data.kinds, caution: data.caution });
  const link = async () => {
    await keeping.write();
    return reachable(data);
  };
  openShare(stage.model, {
    title: () => `${stage.sides().map((side) => stage.store.scenario(side).title).join(" ")} ${stage.place.title}`, sides, quarter: () => stage.quarter(),
    notes: () => record.kept.notes, picture, link, session: () => keeping.file(), openSession: (content, name) => keeping.openSession(content, name),
    print: async (heard) => {
      await fillHandout(byId("handout"), stage.model, data, {
        question: stage.story.question(), named: stage.named(), titles: stage.story.stories(), sides: sides().map(({ request }) => request), quarter: stage.quarter(), seen: stage.seen,
        picture: picture(), link: await link(), place: stage.place, difference: stage.story.difference(stage.named().map(({ run }) => run)), heard,
      });
      return () => window.print();
    },
    opened: ({ scenario, seed, notes }) => {
      record.note(notes);
      store.change((draft) => {
        choose(draft, scenario);
        draft.seed = seed;
      });
      tell(text(messages.notices.opened, { title: scenario.title }), "notice");
    },
    ownPlace: () => keeping.files !== null,
    place: async (files) => {
      if (!files) return keeping.firstPlace();
      const place = await keeping.place(files);
      tell(text(messages.notices.place_open, { place: place.title }), "notice");
    },
  });
}

/**
 * The page's address as others can reach it, where they can.
 * @param {{address?: string}} data
 */
function reachable({ address }) {
  const here = new URL(location.href);
  return address ? `${address}${here.hash}` : here.href;
}

// What the stage gives to be shared, printed and kept, and what it does with a file that is opened.

import { cautionOf } from "stage/model/taken_away.js";
import { fillHandout } from "stage/parts/handout.js";
import { tell } from "stage/parts/notice.js";
import { byId } from "stage/parts/dom.js";
import { openImport } from "stage/parts/import_panel.js";
import { openShare } from "stage/parts/share.js";
import { pictureFile } from "stage/picture/picture_file.js";
import { choose } from "stage/session/edits.js";
import { messages, text } from "stage/words/messages.js";

/** @param {import("stage/pages/stage.js").Stage} stage */
export function shareStage(stage) {
  const { store, keeping, record, data } = stage;
  const requests = () => stage.sides().map((side) => stage.request(side));
  const picture = () => pictureFile(stage.shownViews(), stage.story.question(), { place: stage.place, kinds: data.kinds, caution: cautionOf(data) });
  const link = async () => {
    await keeping.write();
    return reachable(stage.page.address);
  };
  const title = () => `${stage.sides().map((side) => stage.store.scenario(side).title).join(" ")} ${stage.place.title}`;
  openShare(stage.model, {
    title, requests,
    notes: () => record.kept.notes, picture, link, session: () => keeping.file(), copy: () => keeping.copy(title()), openSession: (content, name) => keeping.openSession(content, name),
    print: async (heard) => {
      await fillHandout(byId("handout"), stage.model, data, {
        question: stage.story.question(), named: stage.named(), titles: stage.story.stories(), sides: requests(), quarter: stage.quarter(), seen: stage.seen,
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
    importPlace: (files) => importPlace(stage, files),
    firstPlace: () => keeping.firstPlace(),
  });
}

/**
 * Tell what files hold of a place, and show it once somebody wants it shown.
 * @param {import("stage/pages/stage.js").Stage} stage
 * @param {File[]} files
 */
export function importPlace(stage, files) {
  openImport(stage.model, files, (imported) => {
    const place = stage.keeping.showImported(imported);
    tell(text(messages.notices.place_open, { place: place.title }), "notice");
  });
}

/** Files that are dropped anywhere on the page are taken for a place; an open dialog of them gives way. */
export function takeDrops(stage) {
  const holdsFiles = (event) => [...event.dataTransfer?.types ?? []].includes("Files");
  document.addEventListener("dragover", (event) => { if (holdsFiles(event)) event.preventDefault(); });
  document.addEventListener("drop", (event) => {
    if (!holdsFiles(event)) return;
    event.preventDefault();
    for (const open of document.querySelectorAll("dialog[open]")) /** @type {HTMLDialogElement} */ (open).close();
    importPlace(stage, [...event.dataTransfer?.files ?? []]);
  });
}

/**
 * The page's address as others can reach it, where they can.
 * @param {string} address
 */
function reachable(address) {
  const here = new URL(location.href);
  return address ? `${address}${here.hash}` : here.href;
}

// The room's show of hands beside what happened.

import { h, openDialog } from "stage/parts/dom.js";
import { messages, text } from "stage/words/messages.js";

/**
 * @param {import("stage/session/facilitator_channel.js").Hands} hands
 * @param {string | undefined} came  code of the regime that the run ended in
 */
export function showHands({ question, rows, total }, came) {
  const words = messages.hands;
  /** @type {HTMLDialogElement | null} */ (document.querySelector("dialog.hands"))?.close();
  const dialog = h("dialog", { class: "hands", "aria-labelledby": "hands-title" }, h("h2", { id: "hands-title", text: question || words.question }),
    h("ul", {}, rows.map(({ code, meaning, count }) => h("li", { class: code === came ? "came" : "" },
      h("span", { text: text(words.count, { count, total }) }), h("span", { text: meaning }), h("div", { class: "bar", "aria-hidden": "true" }, h("span", { style: `width:${total ? (100 * count) / total : 0}%` })),
      code === came ? h("strong", { text: words.came }) : null))),
    h("p", { text: words.one_world }), h("button", { class: "primary", text: messages.common.close, onclick: () => dialog.close() }));
  openDialog(dialog);
}

// What is said above the picture, and whether it waits.

import { byId, fill, h } from "stage/parts/dom.js";
import { messages } from "stage/words/messages.js";

/**
 * @param {string} message
 * @param {"notice" | "waiting" | "trouble"} kind
 */
export function tell(message, kind) {
  const bar = byId("notice");
  bar.className = `notice ${kind}`;
  fill(bar, h("span", { text: message }), h("button", { class: "quiet", text: messages.common.close, onclick: () => { bar.hidden = true; } }));
  bar.hidden = false;
}

/** All is well again: trouble and waiting are over, a notice stays. */
export function settleNotice() {
  const bar = byId("notice");
  if (bar.classList.contains("trouble") || bar.classList.contains("waiting")) bar.hidden = true;
}

/**
 * How many pictures wait for an answer stands on the page, for assistive tools and tests.
 * @param {number} sides
 */
export function showBusy(sides) {
  document.body.dataset.busy = String(sides);
  document.body.setAttribute("aria-busy", String(sides > 0));
}

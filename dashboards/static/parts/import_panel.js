// A place from files: what was understood, changed and left out of them, and what a person must decide. Nothing changes until it is shown.

import { fill, h, openDialog } from "stage/parts/dom.js";
import { messages, text } from "stage/words/messages.js";

/** @typedef {import("stage/model/port.js").Decision} Decision */

const words = messages.importing;

/**
 * Open the dialog.
 * @param {import("stage/model/port.js").Model} model
 * @param {File[]} files
 * @param {(imported: import("stage/model/port.js").Imported) => void} show
 */
export function openImport(model, files, show) {
  /** @type {Map<string, string>} Answers so far, by the question that they answer. */
  const answers = new Map();
  const body = h("div", { class: "import-body", role: "status" });
  const foot = h("div", { class: "guide-foot" });
  const dialog = h("dialog", { class: "import", "aria-labelledby": "import-title" },
    h("h2", { id: "import-title", text: words.title }), h("p", { class: "small", text: files.map(({ name }) => name).join(messages.common.comma) }), body, foot);
  const close = () => h("button", { text: words.leave, onclick: () => dialog.close() });

  async function read() {
    fill(body, h("p", { class: "busy", text: words.busy }));
    fill(foot, close());
    try {
      const answer = await model.importPlace(files, [...answers].map(([map, said]) => `${map}${said}`));
      if (answer.place === null) refused(answer);
      else understood(answer);
    } catch (error) {
      fill(body, h("p", { class: "trouble", role: "alert", text: /** @type {Error} */ (error).message }));
      answers.clear();
      fill(foot, close(), h("button", { text: words.again, onclick: read }));
    }
  }

  /** @param {import("stage/model/port.js").Imported} imported */
  function understood(imported) {
    fill(body, h("p", { text: text(words.found, { place: imported.place.title }) }),
      imported.parts.map(({ heading, said }) => h("section", {}, h("h3", { text: heading }), h("ul", {}, said.map((each) => h("li", { text: each }))))),
      h("section", { class: "place-report" }, h("h3", { text: messages.record.report }), h("pre", { text: imported.report })));
    const wanted = h("button", { class: "primary", text: words.show, onclick: () => { dialog.close(); show(imported); } });
    fill(foot, close(), wanted);
    wanted.focus({ preventScroll: true });
    dialog.scrollTop = 0;
  }

  /** @param {import("stage/model/port.js").ImportRefusal} refusal */
  function refused({ faults, decisions, more }) {
    const rows = decisions.map(question);
    fill(body, h("p", { text: words.not_yet }),
      faults.length ? h("section", {}, h("h3", { text: words.mend }), h("ul", {}, faults.map((each) => h("li", { text: each })))) : null,
      rows.length ? h("section", {}, h("h3", { text: words.decide }), rows) : null,
      more ? h("p", { class: "small", text: text(words.more, { count: more }) }) : null);
    fill(foot, close(), rows.length ? h("button", { class: "primary", text: words.take_answers, onclick: read }) : null);
  }

  /** @param {Decision} decision */
  function question({ map, question: asked, where, count, choices, free }, k) {
    const id = `decision-${k}`, hear = (event) => { if (event.target.value) answers.set(map, event.target.value); else answers.delete(map); };
    const options = choices.map((each) => h("option", { value: each, text: each === "leave-out" ? words.leave_out : each === "blank" ? words.blank : each }));
    const box = free
      ? [h("input", { id, list: `${id}-choices`, placeholder: text(words.free, { what: free }), onchange: hear, value: answers.get(map) ?? "" }), h("datalist", { id: `${id}-choices` }, options)]
      : [h("select", { id, onchange: hear }, h("option", { value: "", text: words.choose }), options)];
    return h("div", { class: "decision" }, h("label", { for: id, text: asked }), h("span", { class: "small", text: count > 1 ? text(words.places, { where, count: count - 1 }) : where }), box);
  }

  openDialog(dialog);
  read();
}

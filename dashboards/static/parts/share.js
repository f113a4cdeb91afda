// Share and keep: the link and its code, one printed page, the page itself as a file, files to take away, the session, an own place.

import { byId, download, fill, h, openDialog } from "stage/parts/dom.js";
import { linkCode } from "stage/picture/link_code.js";
import { messages, text } from "stage/words/messages.js";

/**
 * What the dialog asks of the stage: what is shown, and what to do with a file that was opened.
 * @typedef {object} Shown
 * @property {() => string} title
 * @property {() => import("stage/model/port.js").RunRequest[]} requests  for the runs that are shown
 * @property {() => import("stage/model/port.js").Notes} notes
 * @property {() => HTMLCanvasElement} picture
 * @property {() => Promise<string>} link
 * @property {(heard: (progress: import("stage/model/port.js").Progress) => void) => Promise<() => void>} print  makes the page; what it gives prints it
 * @property {() => Promise<string>} session
 * @property {() => Promise<string>} copy  the page as a file that opens with what is shown
 * @property {(text: string, name: string) => Promise<void>} openSession
 * @property {(file: {scenario: import("stage/model/port.js").Scenario, seed: import("stage/model/port.js").Seed, notes: import("stage/model/port.js").Notes}) => void} opened
 * @property {() => boolean} ownPlace
 * @property {(files: File[]) => void} importPlace  tells what files hold, and shows the place once it is wanted
 * @property {() => void} firstPlace  goes back to the place that came with the page
 */

/** @typedef {import("stage/model/port.js").Model} Model */

const words = messages.share;
const ON_THE_WEB = ["http:", "https:"], LOOPBACK = ["localhost", "127.0.0.1", "[::1]"];

/** @param {string} title */
const slug = (title) => title.toLowerCase().replaceAll(/[^a-z0-9]+/g, "-").replaceAll(/^-|-$/g, "") || "scenario";

/**
 * Open the dialog.
 * @param {Model} model
 * @param {Shown} shown
 */
export function openShare(model, shown) {
  const said = h("p", { class: "said", role: "status" });
  /** @param {() => Promise<unknown>} work */
  const attempt = (work) => async () => {
    said.textContent = "";
    try {
      await work();
    } catch (error) {
      said.textContent = /** @type {Error} */ (error).message;
    }
  };
  const openScenario = attempt(async () => {
    const [file] = chosenFiles("open-scenario");
    if (!file) return;
    shown.opened(await model.openScenario({ text: await file.text(), name: file.name }, shown.requests()[0].place));
    dialog.close();
  });
  const openSession = attempt(async () => {
    const [file] = chosenFiles("open-session");
    if (!file) return;
    await shown.openSession(await file.text(), file.name);
    dialog.close();
  });
  const saveSession = attempt(async () => download(`${slug(shown.title())}-session.json`, await shown.session(), "application/json"));
  const dialog = h("dialog", { class: "share", "aria-labelledby": "share-title" }, h("h2", { id: "share-title", text: words.title }),
    linkSection(shown, said, attempt), takeAway(model, shown, said, attempt, () => dialog.close()),
    h("section", {}, h("h3", { text: words.session }), h("div", { class: "buttons" }, h("button", { text: words.save_session, onclick: saveSession })), fileRow("open-session", words.session_file, ".json", false, openSession)),
    h("section", {}, h("h3", { text: words.open }), fileRow("open-scenario", words.scenario_file, ".toml", false, openScenario), placeBox(model, shown, () => dialog.close())), said,
    h("div", { class: "guide-foot" }, h("button", { text: messages.common.close, onclick: () => dialog.close() })));
  openDialog(dialog);
}

function linkSection(shown, said, attempt) {
  const code = h("div", { class: "qr" });
  const address = h("input", { type: "text", readonly: true, "aria-label": words.link_label, class: "address" });
  const copy = attempt(async () => {
    try {
      await navigator.clipboard.writeText(address.value);
      said.textContent = words.copied;
    } catch {
      address.select();
      said.textContent = words.copy_by_key;
    }
  });
  const showCode = attempt(async () => {
    const { protocol, hostname } = new URL(address.value), svg = linkCode(address.value);
    if (!ON_THE_WEB.includes(protocol)) return void (said.textContent = words.only_a_file);
    if (svg === null) return void (said.textContent = words.too_long);
    fill(code, h("img", { alt: words.code, src: `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}` }));
    if (LOOPBACK.includes(hostname)) said.textContent = words.only_here;
  });
  shown.link().then((link) => { address.value = link; });
  return h("section", {}, h("h3", { text: words.link }), h("p", { text: words.address }), address,
    h("div", { class: "buttons" }, h("button", { class: "primary", text: words.copy, onclick: copy }), h("button", { text: words.show_code, onclick: showCode })), code);
}

function takeAway(model, shown, said, attempt, close) {
  const name = slug(shown.title());
  const button = (label, work) => h("button", { text: label, onclick: attempt(work) });
  const scenarios = async () => {
    for (const [k, request] of shown.requests().entries()) download(`${name}${shown.requests().length > 1 ? `-${"AB"[k]}` : ""}.toml`, await model.scenarioFile(request, shown.notes()), "text/plain");
  };
  const printed = async () => {
    said.textContent = words.printing;
    const print = await shown.print(({ done, of }) => { said.textContent = text(words.printing_far, { done, of }); });
    close();
    print();
  };
  return h("section", {}, h("h3", { text: words.take_away }), h("div", { class: "buttons" },
    button(words.print, printed),
    button(words.page, async () => download(`${name}.html`, await shown.copy(), "text/html")),
    button(words.picture, () => new Promise((done) => shown.picture().toBlob((blob) => { download(`${name}.png`, blob); done(undefined); }))),
    button(words.numbers, async () => download(`${name}.csv`, await model.numbers(shown.requests()), "text/csv")),
    button(words.log, async () => download(`${name}-log.csv`, await model.eventLog(shown.requests()), "text/csv")),
    button(words.scenario, scenarios)));
}

function fileRow(id, label, accept, multiple, chosen) {
  return h("div", { class: "file-row" }, h("label", { for: id, text: label }), h("input", { id, type: "file", accept, multiple, onchange: chosen }));
}

/**
 * The files chosen; the box is emptied, so that the same files can be chosen again once they are mended.
 * @param {string} id
 * @returns {File[]}
 */
function chosenFiles(id) {
  const files = [...byId(id).files];
  byId(id).value = "";
  return files;
}

/** Where a place's files are chosen; dropped they may be anywhere on the page. */
function placeBox(model, shown, done) {
  const take = (files) => {
    if (!files.length) return;
    done();
    shown.importPlace(files);
  };
  return h("div", { class: "drop" }, h("p", { text: words.own_place }),
    fileRow("open-place", words.place_files, "", true, () => take(chosenFiles("open-place"))),
    shown.ownPlace() ? h("button", { class: "quiet", text: words.first_place, onclick: () => { shown.firstPlace(); done(); } }) : null);
}

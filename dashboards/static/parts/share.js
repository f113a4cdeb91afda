// Share and keep: the link and its code, a page that plays offline, the picture, the numbers, the scenario's file, an own place.

import { byId, download, fill, h, openDialog } from "stage/parts/dom.js";
import { messages } from "stage/words/messages.js";

/** @typedef {import("stage/model/port.js").Place} Place */

/**
 * What the dialog asks of the stage: what is shown, and what to do with a file that was opened.
 * @typedef {object} Shown
 * @property {() => string} title
 * @property {() => import("stage/model/port.js").RunRequest} request
 * @property {() => number} quarter
 * @property {() => string[]} changed
 * @property {() => import("stage/model/port.js").Notes} notes
 * @property {() => HTMLCanvasElement} canvas
 * @property {() => Promise<string>} link
 * @property {(file: {scenario: import("stage/model/port.js").Scenario, seed: number, notes: import("stage/model/port.js").Notes}) => void} opened
 * @property {() => boolean} ownPlace
 * @property {(place: Place | null, files?: [File, File]) => void} place  shows a place; null goes back to the first
 */

/** @typedef {import("stage/model/port.js").Model} Model */

const words = messages.share;
const LOOPBACK = ["localhost", "127.0.0.1", "[::1]"];

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
    shown.opened(await model.openScenario({ text: await file.text(), name: file.name }, shown.request().place));
    dialog.close();
  });
  const dialog = h("dialog", { class: "share", "aria-labelledby": "share-title" }, h("h2", { id: "share-title", text: words.title }),
    linkSection(model, shown, said, attempt), takeAway(model, shown, attempt),
    h("section", {}, h("h3", { text: words.open }), fileRow("open-scenario", words.scenario_file, ".toml", false, openScenario), placeBox(model, shown, said, attempt, () => dialog.close())), said,
    h("div", { class: "guide-foot" }, h("button", { text: messages.common.close, onclick: () => dialog.close() })));
  openDialog(dialog);
}

function linkSection(model, shown, said, attempt) {
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
    const svg = await model.code(address.value);
    fill(code, h("img", { alt: words.code, src: `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}` }));
    if (LOOPBACK.includes(location.hostname)) said.textContent = words.only_here;
  });
  shown.link().then((link) => { address.value = link; });
  return h("section", {}, h("h3", { text: words.link }), h("p", { text: words.address }), address,
    h("div", { class: "buttons" }, h("button", { class: "primary", text: words.copy, onclick: copy }), h("button", { text: words.show_code, onclick: showCode })), code);
}

function takeAway(model, shown, attempt) {
  const name = slug(shown.title());
  const button = (label, work) => h("button", { text: label, onclick: attempt(work) });
  const offline = () => model.offlinePage(shown.request(), { quarter: shown.quarter() + 1, changed: shown.changed(), notes: shown.notes() });
  return h("section", {}, h("h3", { text: words.take_away }), h("div", { class: "buttons" },
    button(words.offline, async () => download(`${name}.html`, await offline(), "text/html")),
    button(words.picture, () => new Promise((done) => shown.canvas().toBlob((blob) => { download(`${name}.png`, blob); done(undefined); }))),
    button(words.numbers, async () => download(`${name}.csv`, await model.numbers(shown.request()), "text/csv")),
    button(words.log, async () => download(`${name}-log.csv`, await model.eventLog(shown.request()), "text/csv")),
    button(words.scenario, async () => download(`${name}.toml`, await model.scenarioFile(shown.request(), shown.notes()), "text/plain"))));
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

function placeBox(model, shown, said, attempt, done) {
  const take = (files) => attempt(async () => {
    const ties = files.find((file) => /ties/i.test(file.name)), partners = files.find((file) => file !== ties);
    if (files.length !== 2 || !ties) throw new Error(words.needs_two);
    shown.place((await model.place(partners, ties)).place, [partners, ties]);
    done();
  })();
  const box = h("div", { class: "drop" }, h("p", { text: words.own_place }),
    fileRow("open-place", words.two_files, ".csv", true, () => take(chosenFiles("open-place"))),
    shown.ownPlace() ? h("button", { class: "quiet", text: words.first_place, onclick: () => { shown.place(null); done(); } }) : null);
  box.addEventListener("dragover", (event) => event.preventDefault());
  box.addEventListener("drop", (event) => {
    event.preventDefault();
    take([...event.dataTransfer?.files ?? []]);
  });
  return box;
}

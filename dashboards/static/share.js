// Share and keep: the link and its code, a page that plays offline, the picture, the numbers, the scenario's file, an own place.

import { byId, download, fill, h } from "stage/dom.js";
import { ask, askJson, upload } from "stage/server.js";

const slug = (text) => text.toLowerCase().replaceAll(/[^a-z0-9]+/g, "-").replaceAll(/^-|-$/g, "") || "scenario";

/** The dialog. `room` gives what is shown: {title, request(), quarter(), changed(), notes(), link(), canvas(), opened(file), place(found)}. */
export function openShare(room) {
  const said = h("p", { class: "said", role: "status" });
  const code = h("div", { class: "qr" });
  const address = h("input", { type: "text", readonly: true, "aria-label": "Link", class: "address" });
  const attempt = (work) => async () => {
    said.textContent = "";
    try {
      await work();
    } catch (error) {
      said.textContent = error.message;
    }
  };
  const text = async (path, more = {}) => (await ask(path, { ...room.request(), ...more })).text();
  const copy = attempt(async () => {
    try {
      await navigator.clipboard.writeText(address.value);
      said.textContent = "The link is copied.";
    } catch {
      address.select();
      said.textContent = "Press Ctrl and C to copy the link.";
    }
  });
  const showCode = attempt(async () => {
    const svg = await (await ask("/api/qr", { link: address.value })).text();
    fill(code, h("img", { alt: "Code of the link, for a telephone", src: `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}` }));
    if (["localhost", "127.0.0.1", "[::1]"].includes(location.hostname)) said.textContent = "This page answers only on this machine: a telephone can open the link after the page was started with --host.";
  });
  const name = slug(room.title());
  const dialog = h("dialog", { class: "share", "aria-labelledby": "share-title" }, h("h2", { id: "share-title", text: "Share and keep" }),
    h("section", {}, h("h3", { text: "The link" }), h("p", { text: "The address holds every setting, the seed and the quarter." }), address,
      h("div", { class: "buttons" }, h("button", { class: "primary", text: "Copy the link", onclick: copy }), h("button", { text: "Show as a code", onclick: showCode })), code),
    h("section", {}, h("h3", { text: "Take away" }), h("div", { class: "buttons" },
      h("button", { text: "One page that plays offline", onclick: attempt(async () => download(`${name}.html`, await text("/api/export", { quarter: room.quarter() + 1, changed: room.changed(), notes: room.notes() }), "text/html")) }),
      h("button", { text: "The picture (PNG)", onclick: attempt(() => new Promise((done) => room.canvas().toBlob((blob) => { download(`${name}.png`, blob); done(); }))) }),
      h("button", { text: "The numbers (CSV)", onclick: attempt(async () => download(`${name}.csv`, await text("/api/numbers"), "text/csv")) }),
      h("button", { text: "The event log (CSV)", onclick: attempt(async () => download(`${name}-log.csv`, await text("/api/log"), "text/csv")) }),
      h("button", { text: "The scenario (TOML)", onclick: attempt(async () => download(`${name}.toml`, await text("/api/save", { notes: room.notes() }), "text/plain")) }))),
    h("section", {}, h("h3", { text: "Open" }), fileRow("open-scenario", "A saved scenario file", ".toml", false, attempt(async () => {
      const [file] = chosenFiles("open-scenario");
      if (!file) return;
      room.opened(await askJson("/api/open", { text: await file.text(), name: file.name, place: room.request().place }));
      dialog.close();
    })), placeBox(room, said, () => dialog.close())), said,
    h("div", { class: "guide-foot" }, h("button", { text: "Close", onclick: () => dialog.close() })));
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
  room.link().then((link) => { address.value = link; });
}

function fileRow(id, label, accept, multiple, chosen) {
  return h("div", { class: "file-row" }, h("label", { for: id, text: label }), h("input", { id, type: "file", accept, multiple, onchange: chosen }));
}

/** The files chosen; the box is emptied, so that the same files can be chosen again once they are mended. */
function chosenFiles(id) {
  const files = [...byId(id).files];
  byId(id).value = "";
  return files;
}

function placeBox(room, said, done) {
  const box = h("div", { class: "drop" }, h("p", { text: "Your own place: drop partners.csv and ties.csv here, or choose both." }),
    fileRow("open-place", "Two CSV files", ".csv", true, () => take(room, said, done, chosenFiles("open-place"))),
    room.ownPlace() ? h("button", { class: "quiet", text: "Back to the place that came with the page", onclick: () => { room.place(null); done(); } }) : null);
  box.addEventListener("dragover", (event) => event.preventDefault());
  box.addEventListener("drop", (event) => {
    event.preventDefault();
    take(room, said, done, [...event.dataTransfer.files]);
  });
  return box;
}

async function take(room, said, done, files) {
  const ties = files.find((file) => /ties/i.test(file.name)), partners = files.find((file) => file !== ties);
  if (files.length !== 2 || !ties) {
    said.textContent = "Two files are needed: partners.csv and ties.csv.";
    return;
  }
  const form = new FormData();
  form.append("partners", partners);
  form.append("ties", ties);
  try {
    const found = await upload("/api/place", form);
    room.place(found.place, found.report, form);
    done();
  } catch (error) {
    said.textContent = error.message;
  }
}

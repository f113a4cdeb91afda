// What passes between the stage and the facilitator's own page, in the same browser.

import { fill, h } from "stage/dom.js";

/** Tells the facilitator's page what is shown, and does what it asks. */
export class Room {
  constructor(stage) {
    this.stage = stage;
    this.channel = new BroadcastChannel("stage");
    this.channel.addEventListener("message", ({ data }) => this.heard(data));
    this.said();
  }

  said() {
    const { store, runs, timeline, lists } = this.stage, { now } = store, run = runs[now.active];
    if (!run) return;
    this.channel.postMessage({ what: "shown", preset: now[now.active].preset, title: now[now.active].title, question: now[now.active].question, regime: run.header.regime,
      verdict: run.header.verdict, quarter: Math.floor(timeline.position), changed: lists[now.active] ?? [] });
  }

  heard(data) {
    const { stage } = this;
    if (data.what === "hello") this.said();
    if (data.what === "choose") {
      stage.choose(data.preset);
      stage.timeline.pause();
      stage.timeline.go(0);
    }
    if (data.what === "play") stage.timeline.toggle();
    if (data.what === "notes") stage.notes = data.notes;
    if (data.what === "hands") this.hands(data);
  }

  /** The room's show of hands beside what happened. */
  hands({ question, rows, total }) {
    document.querySelector("dialog.hands")?.close();
    const run = this.stage.runs[this.stage.store.now.active];
    const dialog = h("dialog", { class: "hands", "aria-labelledby": "hands-title" }, h("h2", { id: "hands-title", text: question || "What did the room expect?" }),
      h("ul", {}, rows.map(({ code, meaning, count }) => h("li", { class: code === run?.header.regime ? "came" : "" },
        h("span", { text: `${count} of ${total}` }), h("span", { text: meaning }), h("div", { class: "bar", "aria-hidden": "true" }, h("span", { style: `width:${total ? (100 * count) / total : 0}%` })),
        code === run?.header.regime ? h("strong", { text: "In this run, it came to this." }) : null))),
      h("p", { text: "One run is one world. “Is it luck?” shows how often." }), h("button", { class: "primary", text: "Close", onclick: () => dialog.close() }));
    dialog.addEventListener("close", () => dialog.remove());
    fill(document.body.appendChild(dialog), ...dialog.children);
    dialog.showModal();
  }
}

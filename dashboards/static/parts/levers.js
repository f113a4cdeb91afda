// The levers, generated from the parameter table: first those that carry the preset's question, with what their ends mean; all others in a list to search.

import { atStart, inForce } from "stage/model/in_force.js";
import { fill, h } from "stage/parts/dom.js";
import { setAtStart, setFrom } from "stage/session/scenario.js";
import { messages, text } from "stage/words/messages.js";
import { amount } from "stage/words/numbers.js";

/** @typedef {import("stage/model/port.js").Scenario} Scenario */
/** @typedef {import("stage/session/store.js").State} State */
/** @typedef {{element: HTMLElement, input: any, shown: Element, group: string, found: string}} Row  found: what a search looks through */

const STEPS = 100;
const words = messages.levers;

/** The panel of levers. */
export class Levers {
  /**
   * @param {import("stage/model/port.js").PageData} data
   * @param {import("stage/session/store.js").Store} store
   * @param {() => number | null} fromNow  the quarter from which changes hold, or null for the start
   * @param {(draft: State) => void} branch  keeps the original
   */
  constructor(data, store, fromNow, branch) {
    this.branch = branch;
    this.data = data;
    this.store = store;
    this.fromNow = fromNow;
    /** @type {Map<string, Row>} */
    this.rows = new Map(data.groups.flatMap((group) => group.levers.map((name) => [name, this.row(name, group.code)])));
    /** The preset whose levers stand first. */
    this.about = "";
    this.first = h("div", { class: "levers-first" });
    this.boxes = new Map(data.groups.map(({ code }) => [code, h("div")]));
    this.search = h("input", { type: "search", id: "find-lever", oninput: () => this.find() });
    this.count = h("span", { class: "small", role: "status" });
    this.rest = h("details", { class: "levers-rest" }, h("summary", { text: words.others }),
      h("div", { class: "find" }, h("label", { for: "find-lever", text: words.find }), this.search, this.count),
      data.groups.map(({ code, label }) => h("section", { class: "group" }, h("h4", {}, label, h("span", { class: "moved", id: `moved-${code}` })), /** @type {Element} */ (this.boxes.get(code)))));
    this.element = h("div", { class: "lever-groups" }, h("h3", { text: words.carry }), this.first, this.rest);
  }

  /** @returns {Row} */
  row(name, group) {
    const p = this.data.parameters[name], ends = words.ends[name];
    const shown = h("output", { class: "lever-value", for: `lever-${name}` });
    const input = p.codes.length
      ? h("select", { id: `lever-${name}`, "aria-describedby": `about-${name}`, onchange: () => this.moved(name, input.value, false) }, p.codes.map((code, k) => h("option", { value: code, text: p.choices[k] })))
      : h("input", { id: `lever-${name}`, type: "range", min: p.low, max: p.high, step: p.whole ? 1 : (p.high - p.low) / STEPS, "aria-describedby": `about-${name}`,
        oninput: () => this.moved(name, Number(input.value), true), onchange: () => this.moved(name, Number(input.value), false) });
    const element = h("div", { class: "lever" },
      h("div", { class: "lever-head" }, h("label", { for: `lever-${name}`, text: p.label }), shown), input,
      ends ? h("p", { class: "ends", "aria-hidden": "true" }, h("span", { text: ends[0] }), h("span", { text: ends[1] })) : null,
      h("details", { class: "meaning" }, h("summary", { text: words.source }), h("p", { id: `about-${name}` }, p.meaning, h("span", { class: "source", text: ` ${p.source}.` }))));
    return { element, input, shown, group, found: [p.label, p.meaning, ...(ends ?? [])].join(" ").toLowerCase() };
  }

  /** Put the levers that carry a preset's question first. */
  arrange(preset) {
    const carrying = this.data.stories?.[preset]?.levers ?? [], key = `${preset} ${carrying}`;
    if (this.about === key) return;
    this.about = key;
    fill(this.first, carrying.map((name) => this.rows.get(name)?.element));
    for (const [code, box] of this.boxes) fill(box, [...this.rows].filter(([name, { group }]) => group === code && !carrying.includes(name)).map(([, { element }]) => element));
    this.find();
  }

  /** Show the levers in which the words typed are found. */
  find() {
    const wanted = this.search.value.trim().toLowerCase();
    let count = 0;
    for (const { element, found } of this.rows.values()) {
      if (this.first.contains(element)) continue;
      element.hidden = wanted !== "" && !found.includes(wanted);
      if (!element.hidden) count += 1;
    }
    for (const box of this.boxes.values()) /** @type {HTMLElement} */ (box.parentElement).hidden = [...box.children].every((each) => /** @type {HTMLElement} */ (each).hidden);
    this.count.textContent = text(words.found, { count });
  }

  moved(name, value, passing) {
    const p = this.data.parameters[name];
    const neat = typeof value === "number" ? Number(value.toFixed(4)) : value;
    const from = this.fromNow();
    this.store.change((draft) => {
      const started = p.scope === "start" || from === null;
      if (!started) this.branch(draft);
      const scenario = /** @type {Scenario} */ (draft[draft.active]);
      if (started) setAtStart(scenario, name, neat, this.data);
      else setFrom(scenario, name, neat, from, this.data);
    }, { passing, lever: name });
  }

  /**
   * Show a scenario's values; levers that only matter at the start stay with the start.
   * @param {Scenario} scenario
   * @param {Scenario} preset
   */
  show(scenario, preset) {
    this.arrange(preset.preset);
    const from = this.fromNow(), count = new Map();
    for (const [name, { input, shown, element, group }] of this.rows) {
      const p = this.data.parameters[name];
      const now = (of) => (from === null || p.scope === "start" ? atStart(of, name, this.data) : inForce(of, name, from, this.data));
      const value = now(scenario), was = now(preset), said = p.codes.length ? "" : amount(value, p);
      if (document.activeElement !== input || String(input.value) !== String(value)) input.value = String(value);
      if (shown.textContent !== said) shown.textContent = said;
      if (!p.codes.length) {
        input.setAttribute("aria-valuetext", said);
        input.style.setProperty("--at", `${(100 * (Number(value) - p.low)) / (p.high - p.low)}%`);
      }
      const differs = value !== was;
      element.classList.toggle("differs", differs);
      element.classList.toggle("only-start", from !== null && p.scope === "start");
      count.set(group, (count.get(group) ?? 0) + (differs && !this.first.contains(element) ? 1 : 0));
    }
    for (const [group, number] of count) {
      const label = /** @type {Element} */ (this.element.querySelector(`#moved-${group}`));
      fill(label, number ? text(words.moved, { count: number }) : "");
    }
  }
}

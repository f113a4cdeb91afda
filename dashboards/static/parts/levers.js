// The levers, generated from the parameter table: native labelled ranges with a line of meaning and a source.

import { fill, h } from "stage/parts/dom.js";
import { atStart, inForce, setAtStart, setFrom } from "stage/session/scenario.js";
import { messages, text } from "stage/words/messages.js";
import { plain } from "stage/words/numbers.js";

/** @typedef {import("stage/model/port.js").Scenario} Scenario */
/** @typedef {import("stage/session/store.js").State} State */

const STEPS = 100;
const WITHOUT_UNIT = ["share", "ratio", "worth"];
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
    this.rows = new Map();
    this.element = h("div", { class: "lever-groups" }, data.groups.map((group, k) =>
      h("details", { class: "group", open: k === 0, name: "levers" }, h("summary", {}, group.label, h("span", { class: "moved", id: `moved-${group.code}` })),
        group.levers.map((name) => this.row(name)))));
  }

  row(name) {
    const p = this.data.parameters[name];
    const shown = h("output", { class: "lever-value", for: `lever-${name}` });
    const input = p.codes.length
      ? h("select", { id: `lever-${name}`, onchange: () => this.moved(name, input.value, false) }, p.codes.map((code, k) => h("option", { value: code, text: p.choices[k] })))
      : h("input", { id: `lever-${name}`, type: "range", min: p.low, max: p.high, step: p.whole ? 1 : (p.high - p.low) / STEPS, "aria-describedby": `about-${name}`,
        oninput: () => this.moved(name, Number(input.value), true), onchange: () => this.moved(name, Number(input.value), false) });
    const element = h("div", { class: "lever" },
      h("div", { class: "lever-head" }, h("label", { for: `lever-${name}`, text: p.label }), shown), input,
      h("p", { class: "meaning", id: `about-${name}` }, p.meaning, h("span", { class: "source", text: text(words.source, { source: p.source }) })));
    this.rows.set(name, { input, shown, element });
    return element;
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
    }, { passing });
  }

  /**
   * Show a scenario's values; levers that only matter at the start stay with the start.
   * @param {Scenario} scenario
   * @param {Scenario} preset
   */
  show(scenario, preset) {
    const from = this.fromNow();
    const count = new Map();
    for (const [name, { input, shown, element }] of this.rows) {
      const p = this.data.parameters[name];
      const now = (of) => (from === null || p.scope === "start" ? atStart(of, name, this.data) : inForce(of, name, from, this.data));
      const value = now(scenario), was = now(preset);
      if (document.activeElement !== input || String(input.value) !== String(value)) input.value = String(value);
      const said = p.codes.length ? "" : WITHOUT_UNIT.includes(p.unit) ? plain(value) : text(words.with_unit, { value: plain(value), unit: p.unit });
      if (shown.textContent !== said) shown.textContent = said;
      if (!p.codes.length) {
        input.setAttribute("aria-valuetext", said);
        input.style.setProperty("--at", `${(100 * (Number(value) - p.low)) / (p.high - p.low)}%`);
      }
      const differs = value !== was;
      element.classList.toggle("differs", differs);
      element.classList.toggle("only-start", from !== null && p.scope === "start");
      const group = this.data.groups.find((each) => each.levers.includes(name))?.code;
      count.set(group, (count.get(group) ?? 0) + (differs ? 1 : 0));
    }
    for (const [group, number] of count) {
      const badge = /** @type {Element} */ (this.element.querySelector(`#moved-${group}`));
      fill(badge, number ? text(words.moved, { count: number }) : "");
    }
  }
}

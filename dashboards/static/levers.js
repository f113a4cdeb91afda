// The levers, generated from the parameter table: native labelled ranges with a line of meaning and a source.

import { fill, h, plain } from "stage/dom.js";
import { atStart, inForce, setAtStart, setFrom } from "stage/store.js";

const STEPS = 100;

/** The panel of levers. `fromNow()` gives the quarter from which changes hold, or null for the start; `branch(draft)` keeps the original. */
export class Levers {
  constructor(words, store, fromNow, branch) {
    this.branch = branch;
    this.words = words;
    this.store = store;
    this.fromNow = fromNow;
    this.rows = new Map();
    this.element = h("div", { class: "lever-groups" }, words.groups.map((group, k) =>
      h("details", { class: "group", open: k === 0, name: "levers" }, h("summary", {}, group.label, h("span", { class: "moved", id: `moved-${group.code}` })),
        group.levers.map((name) => this.row(name)))));
  }

  row(name) {
    const p = this.words.parameters[name];
    const shown = h("output", { class: "lever-value", for: `lever-${name}` });
    const input = p.codes.length
      ? h("select", { id: `lever-${name}`, onchange: () => this.moved(name, input.value, false) }, p.codes.map((code, k) => h("option", { value: code, text: p.choices[k] })))
      : h("input", { id: `lever-${name}`, type: "range", min: p.low, max: p.high, step: p.whole ? 1 : (p.high - p.low) / STEPS, "aria-describedby": `about-${name}`,
        oninput: () => this.moved(name, Number(input.value), true), onchange: () => this.moved(name, Number(input.value), false) });
    const element = h("div", { class: "lever" },
      h("div", { class: "lever-head" }, h("label", { for: `lever-${name}`, text: p.label }), shown), input,
      h("p", { class: "meaning", id: `about-${name}` }, p.meaning, h("span", { class: "source", text: ` Source: ${p.source}.` })));
    this.rows.set(name, { input, shown, element });
    return element;
  }

  moved(name, value, passing) {
    const p = this.words.parameters[name];
    const neat = typeof value === "number" ? Number(value.toFixed(4)) : value;
    const from = this.fromNow();
    this.store.change((draft) => {
      const started = p.scope === "start" || from === null;
      if (!started) this.branch(draft);
      const scenario = draft[draft.active];
      if (started) setAtStart(scenario, name, neat, this.words);
      else setFrom(scenario, name, neat, from, this.words);
    }, { passing });
  }

  /** Show a scenario's values; levers that only matter at the start stay with the start. */
  show(scenario, preset) {
    const from = this.fromNow();
    const count = new Map();
    for (const [name, { input, shown, element }] of this.rows) {
      const p = this.words.parameters[name];
      const now = (of) => (from === null || p.scope === "start" ? atStart(of, name, this.words) : inForce(of, name, from, this.words));
      const value = now(scenario), was = now(preset);
      if (document.activeElement !== input || String(input.value) !== String(value)) input.value = String(value);
      const text = p.codes.length ? "" : `${plain(value)}${p.unit === "share" || p.unit === "ratio" || p.unit === "worth" ? "" : ` ${p.unit}`}`;
      if (shown.textContent !== text) shown.textContent = text;
      if (!p.codes.length) {
        input.setAttribute("aria-valuetext", text);
        input.style.setProperty("--at", `${(100 * (value - p.low)) / (p.high - p.low)}%`);
      }
      const differs = value !== was;
      element.classList.toggle("differs", differs);
      element.classList.toggle("only-start", from !== null && p.scope === "start");
      const group = this.words.groups.find((each) => each.levers.includes(name)).code;
      count.set(group, (count.get(group) ?? 0) + (differs ? 1 : 0));
    }
    for (const [group, number] of count) {
      const badge = this.element.querySelector(`#moved-${group}`);
      fill(badge, number ? `${number} moved` : "");
    }
  }
}

// Tabs as the ARIA practices describe them: arrow keys move, one tab stop.

import { fill, h } from "stage/parts/dom.js";

export class Tabs {
  /**
   * @param {HTMLElement} list
   * @param {HTMLElement} panel
   * @param {{id: string, label: string}[]} tabs
   * @param {(id: string) => void} chosen  called when one is opened
   */
  constructor(list, panel, tabs, chosen) {
    this.panel = panel;
    this.tabs = tabs;
    this.chosen = chosen;
    this.current = "";
    this.buttons = tabs.map(({ id, label }) => h("button", { role: "tab", id: `tab-${id}`, "aria-controls": panel.id, text: label, onclick: () => this.open(id) }));
    fill(list, this.buttons);
    list.addEventListener("keydown", (event) => {
      const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (!by) return;
      const next = (tabs.findIndex(({ id }) => id === this.current) + by + tabs.length) % tabs.length;
      this.open(tabs[next].id);
      this.buttons[next].focus();
    });
  }

  /** @param {string} id */
  open(id) {
    this.current = id;
    this.buttons.forEach((button, k) => {
      const is = this.tabs[k].id === id;
      button.setAttribute("aria-selected", String(is));
      button.tabIndex = is ? 0 : -1;
    });
    this.panel.setAttribute("aria-labelledby", `tab-${id}`);
    this.chosen(id);
  }
}

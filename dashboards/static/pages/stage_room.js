// The stage before a room: presenting, the drawer, and the last change played again.

import { byId, h } from "stage/parts/dom.js";
import { tell } from "stage/parts/notice.js";
import { messages } from "stage/words/messages.js";

const words = messages.stage_page;

export class StageRoom {
  /** @param {import("stage/pages/stage.js").Stage} stage */
  constructor(stage) {
    this.stage = stage;
    this.more = h("button", { id: "more", class: "more", "aria-expanded": "false", "aria-controls": "drawer", onclick: () => this.draw() });
    stage.timebar.main.append(this.more);
    this.showDrawer();
  }

  /** Presenting puts the picture first; everything else is in the drawer. */
  present(on = !document.body.classList.contains("present")) {
    document.body.classList.toggle("present", on);
    document.body.classList.remove("drawn");
    byId("present").setAttribute("aria-pressed", String(on));
    byId("present").textContent = on ? words.stop_presenting : words.present;
    this.showDrawer();
  }

  /** Open or close the drawer with levers, answers and tools. */
  draw(on = !document.body.classList.contains("drawn")) {
    document.body.classList.toggle("drawn", on);
    this.showDrawer();
  }

  showDrawer() {
    const open = document.body.classList.contains("drawn");
    this.more.textContent = open ? words.less : words.more;
    this.more.setAttribute("aria-expanded", String(open));
  }

  /** Open a question, in the drawer where one presents. */
  openQuestion(id) {
    if (document.body.classList.contains("present")) this.draw(true);
    this.stage.answers.tabs.open(id);
    byId("tabs").scrollIntoView({ block: "start" });
  }

  /** Show the ending without playing to it. */
  reveal() {
    const { seen, timebar, data, ended } = this.stage;
    if (!this.stage.named().length) return;
    seen.showAll();
    timebar.pause();
    timebar.go(data.quarters - 1);
    if (ended) this.stage.end();
  }

  /** Show what was changed last as A against B, from the beginning. */
  replay() {
    const { store, seen, story, timebar } = this.stage, before = store.past.at(-1), { now } = store, was = before?.[now.active], is = now[now.active];
    if (!was || !is) return tell(messages.notices.no_change, "notice");
    const far = seen.far;
    store.change((draft) => Object.assign(draft, { A: structuredClone(was), B: structuredClone(is), active: "B" }));
    seen.reach(far);
    this.stage.ended = seen.ended;
    story.curtain.hide();
    timebar.go(0);
    timebar.play();
  }

  /**
   * One step on, as a clicker asks for it: the next page of the curtain, else play or pause, else the end told again.
   * @returns {void}
   */
  on() {
    const { story, timebar, data } = this.stage;
    if (story.curtain.open) {
      if (!story.curtain.next()) {
        if (this.stage.seen.ended) story.curtain.hide();
        else story.curtain.play();
      }
    } else if (timebar.position >= data.quarters - 1) story.end();
    else timebar.toggle();
  }

  /** One step back: the page before on the curtain, else the beginning of what is shown. */
  back() {
    const { story, timebar } = this.stage;
    if (story.curtain.open) return story.curtain.back();
    if (timebar.position > 0) timebar.step(-4);
    else story.ask();
  }
}

// What became of a run, in one line.

import { h } from "stage/parts/dom.js";
import { messages } from "stage/words/messages.js";

/**
 * The regime it ended in, and the sentence about it.
 * @param {import("stage/picture/charts.js").Named} named
 */
export const verdict = ({ run, name }) => h("p", { class: `verdict ${run.header.regime}` }, name ? h("span", { class: `badge side-${name}`, text: name }) : null,
  h("strong", { text: messages.verdict.labels[run.header.regime] }), ` ${run.header.verdict}`);

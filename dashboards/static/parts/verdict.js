// What became of a run, in one line.

import { h } from "stage/parts/dom.js";
import { regime } from "stage/words/of_the_model.js";

/**
 * The regime it ended in, and the sentence about it.
 * @param {import("stage/picture/charts.js").Named} named
 */
export const verdict = ({ run, name }) => h("p", { class: `verdict ${run.header.regime}` }, name ? h("span", { class: `badge side-${name}`, text: name }) : null,
  h("strong", { text: regime(run.header.regime) }), ` ${run.header.verdict}`);

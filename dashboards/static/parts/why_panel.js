// Why did it stall? What holds the place back in a quarter, each sentence with its rows of the record.

import { fill, h } from "stage/parts/dom.js";
import { messages, text } from "stage/words/messages.js";
import { capital, percent, plain } from "stage/words/numbers.js";

const words = messages.why;

/**
 * @param {Element} box
 * @param {Promise<import("stage/model/port.js").Reasons>} asked
 * @param {(partners: number[]) => void} point  rings partners in the picture
 */
export async function whyPanel(box, asked, point) {
  fill(box, h("p", { class: "busy", text: words.busy }));
  const found = await asked;
  const fact = ([name, value]) => text(words.fact, { name: name.replaceAll("_", " "), value: typeof value === "number" ? plain(value) : value });
  const record = ({ row, facts }) => h("p", { text: text(words.row, { row, facts: Object.entries(facts).map(fact).join(messages.common.comma) }) });
  const sentence = (said) => h("li", {
    onmouseenter: () => point(said.partners), onmouseleave: () => point([]), onfocusin: () => point(said.partners), onfocusout: () => point([]),
  }, h("span", { class: "when", text: text(words.when, { when: said.when }) }), said.text, h("details", { class: "check" }, h("summary", { text: words.record }), said.rows.map(record)));
  fill(box, h("p", { class: "lead", text: found.summary }),
    found.reasons.length ? h("ol", { class: "reasons" }, found.reasons.map((reason) => h("li", {},
      h("h3", {}, `${capital(reason.label)} `, h("span", { class: "share", text: percent(reason.share) })),
      h("div", { class: "bar", "aria-hidden": "true" }, h("span", { style: `width:${100 * reason.share}%` })),
      h("p", { class: "small", text: reason.text }),
      h("ul", {}, reason.sentences.map(sentence)))))
      : h("p", { text: words.nothing }),
    h("p", { class: "small", text: text(words.basis, { share: percent(found.confirmed) }) }));
}

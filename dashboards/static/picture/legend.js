// What the marks mean.

import { h } from "stage/parts/dom.js";
import { MOST_SINGLE } from "stage/picture/scene.js";
import { messages } from "stage/words/messages.js";

const words = messages.picture;
const SHAPES = ["■", "◆", "●", "▲"];

/**
 * @param {Pick<import("stage/model/port.js").PageData, "kinds">} data
 * @param {import("stage/model/port.js").Place} place
 */
export function legend({ kinds }, place) {
  const sign = (name, label, more = "") => h("li", { class: more }, h("i", { class: `sign ${name}`, "aria-hidden": "true" }), label);
  const many = place.ids.length > MOST_SINGLE;
  return h("ul", { class: "legend" }, sign("joined", words.joined), sign("agreed", words.agreed), sign("one", words.one), sign("left", words.walk_out),
    sign("person", words.person), sign("stuck", words.stuck), sign("strain", words.strain), sign("leader", words.new_leader, "small-print"),
    many ? sign("group", words.group) : null,
    kinds.map((kind, k) => h("li", { class: "kind" }, h("span", { class: "shape", style: `color:${kind.colour}`, "aria-hidden": "true", text: SHAPES[k] }), kind.plural)));
}


// The guided opening: from two people to a place and its levers, in six screens.

import { fill, h, s } from "stage/dom.js";

const INK = "#1c2530";

function two(words, { trust = null, label = "" } = {}) {
  const [council, hospital] = [words.kinds[1].colour, words.kinds[0].colour];
  const colour = trust === null ? "none" : trust < 0.4 ? "#c4540c" : trust < 0.6 ? "#b0aaa0" : "#085496";
  return s("svg", { viewBox: "0 0 600 220", class: "guide-picture", role: "img", "aria-label": label },
    s("line", { x1: 140, y1: 100, x2: 460, y2: 100, stroke: colour, "stroke-width": trust === null ? 0 : 3 + 14 * trust, "stroke-linecap": "round" }),
    s("polygon", { points: "140,48 192,100 140,152 88,100", fill: council }), s("rect", { x: 418, y: 58, width: 84, height: 84, fill: hospital }),
    s("text", { x: 140, y: 190, "text-anchor": "middle", fill: INK, "font-size": 22 }, "a council"), s("text", { x: 460, y: 190, "text-anchor": "middle", fill: INK, "font-size": 22 }, "a hospital trust"));
}

function screens(words, place, start) {
  const scale = 360, shapes = place.xy.map(([x, y], i) => s("circle", { cx: x * scale * place.aspect, cy: y * scale, r: Math.max(3, place.radius[i] * scale), fill: words.kinds[place.kind[i]].colour }));
  const lines = place.a.map((a, e) => s("line", { x1: place.xy[a][0] * scale * place.aspect, y1: place.xy[a][1] * scale, x2: place.xy[place.b[e]][0] * scale * place.aspect, y2: place.xy[place.b[e]][1] * scale, stroke: "#b0aaa0", "stroke-width": 0.8 }));
  const whole = () => s("svg", { viewBox: `0 0 ${scale * place.aspect} ${scale}`, class: "guide-picture", role: "img", "aria-label": `${place.title}: ${place.ids.length} organisations and ${place.a.length} ties` }, lines, shapes);
  return [
    { title: "Two people sit down", said: ["One runs a council's care for older people. The other runs a hospital. They look after the same people, and each sees something different: one the person at home, the other the ward that is full.", "Neither is wrong. The solution looks different depending on where you stand."], picture: two(words, { label: "A council and a hospital trust, with nothing between them" }) },
    { title: "Between them is a tie", said: ["How much does each trust the other to keep its promises? Thin and orange is little trust.", "Every quarter they talk. Each weighs what sharing money, staff or information would mean to it, and what it would have with no deal. One offers, the other accepts, or holds out."], picture: two(words, { trust: 0.25, label: "A thin orange tie between them: little trust" }) },
    { title: "Promises kept, promises broken", said: ["A promise kept builds trust; a promise broken costs more than a kept one earns. With trust, more can be agreed. Wide and blue is much trust.", "Leaders leave, elections come, budgets run out. Any of these can undo years."], picture: two(words, { trust: 0.85, label: "A wide blue tie between them: much trust" }) },
    { title: `A place: ${place.title}`, said: [`${place.ids.length} organisations, ${place.a.length} ties. Everyone is talking with several others at once, and what one does touches the rest.`, "The picture shows fifteen years, a quarter at a time. Nothing in it was written beforehand: it follows from what each one wants and from chance."], picture: whole() },
    { title: "The levers", said: ["On the left are things people can decide: how money flows, what targets press, how leaders are chosen, whether people meet as equals. Each says what it means and where the idea comes from.", "Before you move one: what do you expect? Say it aloud. Then move it."], picture: null },
    { title: "What it does not know", said: [start.caution, "No one has measured trust between these organisations. The model compares mechanisms: which obstacles hold a place like this back, and which help. It cannot say what will happen in yours.", "Argue with it. If you think a rule is wrong, that is the conversation to have."], picture: null },
  ];
}

/** Open the guide as a dialog. */
export function openGuide(words, place, start) {
  const all = screens(words, place, start);
  let k = 0;
  const body = h("div", { class: "guide-body" });
  const count = h("span", { class: "small" });
  const back = h("button", { text: "Back", onclick: () => show(k - 1) });
  const on = h("button", { class: "primary", onclick: () => (k === all.length - 1 ? dialog.close() : show(k + 1)) });
  const dialog = h("dialog", { class: "guide", "aria-labelledby": "guide-title" }, body,
    h("div", { class: "guide-foot" }, h("button", { class: "quiet", text: "Skip", onclick: () => dialog.close() }), count, back, on));
  function show(next) {
    k = Math.max(0, Math.min(all.length - 1, next));
    const { title, said, picture } = all[k];
    fill(body, h("h2", { id: "guide-title", tabindex: "-1", text: title }), picture, said.map((text) => h("p", { text })));
    count.textContent = `${k + 1} of ${all.length}`;
    back.disabled = k === 0;
    on.textContent = k === all.length - 1 ? "Begin" : "Next";
    body.querySelector("h2").focus();
  }
  dialog.addEventListener("keydown", (event) => {
    if (event.key === "ArrowRight") show(k + 1);
    if (event.key === "ArrowLeft") show(k - 1);
  });
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
  show(0);
}

// The three questions of the room: why did it stall, is it luck, what would help most.

import { fill, h, percent, plain, s, when } from "stage/dom.js";
import { askJson, askLines } from "stage/server.js";

/** Why did it stall? `point(partners)` rings partners in the picture. */
export async function whyPanel(box, request, quarter, point) {
  fill(box, h("p", { class: "busy", text: "Reading the record…" }));
  const found = await askJson("/api/why", { ...request, quarter });
  const record = ({ row, facts }) => h("p", { text: `Row ${row}: ${Object.entries(facts).map(([name, value]) => `${name.replaceAll("_", " ")} ${typeof value === "number" ? plain(value) : value}`).join(", ")}` });
  const sentence = ({ when, text, partners, rows }) => h("li", {
    onmouseenter: () => point(partners), onmouseleave: () => point([]), onfocusin: () => point(partners), onfocusout: () => point([]),
  }, h("span", { class: "when", text: `${when}. ` }), text, h("details", { class: "check" }, h("summary", { text: "In the record" }), rows.map(record)));
  fill(box, h("p", { class: "lead", text: found.summary }),
    found.reasons.length ? h("ol", { class: "reasons" }, found.reasons.map((reason) => h("li", {},
      h("h3", {}, `${sentenceCase(reason.label)} `, h("span", { class: "share", text: percent(reason.share) })),
      h("div", { class: "bar", "aria-hidden": "true" }, h("span", { style: `width:${100 * reason.share}%` })),
      h("p", { class: "small", text: reason.text }),
      h("ul", {}, reason.sentences.map(sentence)))))
      : h("p", { text: "Nothing holds back more than a sliver of the shared spending in this quarter." }),
    h("p", { class: "small", text: `Each sentence rests on rows of the event log (under “Share and keep”). Taking one part away at a time names the same obstacle for ${percent(found.confirmed)} of the ties held back.` }));
  return found;
}

const sentenceCase = (text) => text[0].toUpperCase() + text.slice(1);

/** Is it luck? 200 worlds with the same settings. */
export async function luckPanel(box, request, words, own) {
  const line = h("p", { class: "lead", "aria-live": "polite", text: "Running 200 worlds with the same settings, each with luck of its own…" });
  const bar = h("progress", { max: 200, value: 0, "aria-label": "Worlds done" });
  fill(box, line, bar);
  let found = null;
  await askLines("/api/luck", request, (said) => {
    if (said.regimes) found = said;
    else {
      bar.max = said.of;
      bar.value = said.done;
      line.textContent = `${said.integrated} of ${said.done} worlds integrated so far…`;
    }
  });
  const lower = found.ends.filter((end) => end < own.integration).length;
  const rows = found.regimes.filter(({ count }) => count);
  fill(box, h("p", { class: "answer", "aria-live": "polite", text: found.said }),
    h("ul", { class: "regimes" }, rows.map(({ code, label, meaning, count }) => h("li", {},
      h("span", { class: `swatch ${code}`, "aria-hidden": "true" }), h("strong", { text: `${count} ${label}` }), ` ${meaning}`,
      h("div", { class: "bar", "aria-hidden": "true" }, h("span", { class: code, style: `width:${(100 * count) / found.of}%` }))))),
    h("h3", { text: "How far they came" }), band(found.bands.integration, found.bands.form),
    h("p", { class: "small", text: "Dark line: the middle world's substance (integration). Bands: half of all worlds, and four in five. Broken line: the middle world's structures (form)." }),
    h("p", { text: `The world in the picture ended ahead of ${lower} of ${found.of}.` }));
  return found;
}

/** Bands of integration over time with the middle of form; rows are the 10, 25, 50, 75, 90% quantiles. */
function band(integration, form) {
  const W = 360, H = 150, n = integration[0].length;
  const x = (q) => (8 + (q / (n - 1)) * (W - 16)).toFixed(1), y = (v) => (H - 8 - Math.min(1, v) * (H - 16)).toFixed(1);
  const area = (low, high) => [...low.map((v, q) => `${x(q)},${y(v)}`), ...high.map((v, q) => `${x(q)},${y(v)}`).reverse()].join(" ");
  const path = (values) => values.map((v, q) => `${x(q)},${y(v)}`).join(" ");
  const end = (k) => percent(integration[k][n - 1]);
  return s("svg", { viewBox: `0 0 ${W} ${H}`, class: "chart band", role: "img", "aria-label": `Integration at the end: the middle world ${end(2)}, four worlds in five between ${end(0)} and ${end(4)}.` },
    s("g", { class: "grid" }, [0, 0.5, 1].map((v) => s("line", { x1: 8, x2: W - 8, y1: y(v), y2: y(v) }))),
    s("polygon", { class: "wide", points: area(integration[0], integration[4]) }), s("polygon", { class: "half", points: area(integration[1], integration[3]) }),
    s("polyline", { class: "line thick side-A", points: path(integration[2]) }), s("polyline", { class: "line thin side-A", points: path(form[2]) }));
}

/** What would help most from here? `act(row)` makes the change from now on. */
export async function helpsPanel(box, request, quarter, words, act) {
  const line = h("p", { class: "lead", "aria-live": "polite", text: `Trying every lever from ${when(quarter).toLowerCase()} on, in 16 worlds each…` });
  const bar = h("progress", { max: 1, value: 0, "aria-label": "Levers tried" });
  fill(box, line, bar);
  let found = null;
  await askLines("/api/helps", { ...request, quarter }, (said) => {
    if (said.rows) found = said;
    else [bar.max, bar.value] = [said.of, said.done];
  });
  const best = found.rows.filter((row) => row.gain > 0.0005).slice(0, 10), worst = found.rows.filter((row) => row.gain < -0.0005).slice(-3).reverse();
  const span = Math.max(0.02, ...[...best, ...worst].flatMap((row) => [Math.abs(row.low), Math.abs(row.high)]));
  const item = (row) => h("li", {},
    h("div", { class: "help-head" }, h("strong", { text: row.label }), h("span", { text: `${plain(row.was)} → ${plain(row.value)}` })),
    spread(row, span),
    h("div", { class: "help-foot" }, h("span", { text: `${signed(row.gain)} points of integration; four worlds in five between ${signed(row.low)} and ${signed(row.high)}` }),
      h("button", { class: "quiet", text: "Try it from now on", onclick: () => act(row) })));
  fill(box, h("p", { class: "lead", text: `One lever at a time, moved from ${when(quarter).toLowerCase()} on, in ${found.worlds} worlds each with the same luck. Unchanged, the middle world ends at ${percent(found.unchanged)} integration.` }),
    best.length ? h("ol", { class: "helps" }, best.map(item)) : h("p", { text: "No single lever, moved from here, makes a difference that can be told from nothing." }),
    worst.length ? [h("h3", { text: "What would hurt most" }), h("ol", { class: "helps" }, worst.map(item))] : null,
    h("p", { class: "small", text: "A lever is moved by four tenths of its range, or to its end. What it costs to move one in real life is not in the model." }));
  return found;
}

const signed = (gain) => `${gain > 0 ? "+" : gain < 0 ? "−" : ""}${Math.abs(100 * gain).toFixed(1)}`;

function spread(row, span) {
  const x = (v) => (180 + (v / span) * 172).toFixed(1);
  return s("svg", { viewBox: "0 0 360 16", class: "spread", "aria-hidden": "true", preserveAspectRatio: "none" },
    s("line", { class: "zero", x1: 180, x2: 180, y1: 0, y2: 16 }),
    s("line", { class: "range", x1: x(row.low), x2: x(row.high), y1: 8, y2: 8 }), s("circle", { class: row.gain >= 0 ? "gain" : "loss", cx: x(row.gain), cy: 8, r: 5.5 }));
}

// A place and page data small enough to see through, for the tests of the page's scripts.

/** A lever of the table. */
const lever = (label, scope, more = {}) => ({ label, meaning: "", source: "", unit: "share", low: 0, high: 1, default: 0.5, choices: [], codes: [], whole: false, scope, lever: true, ...more });

export const place = {
  hash: "f".repeat(64), title: "Ashby", warnings: [], ids: ["h", "c", "g"], labels: ["Ashby Hospitals", "Ashby Council", "Ashby GPs"],
  kind: [0, 1, 2], income: [400, 200, 9], assumed: [false, false, true], layouts: [{ aspect: 1.5, xy: [[0.1, 0.1], [0.9, 0.1], [0.1, 0.9]], radius: [0.05, 0.05, 0.05] }],
  a: [0, 1], b: [1, 2], weight: [0.6, 0.4], spend: [12, 0.4], weak: [false, true],
};

export const preset = (name, more = {}) => ({ preset: name, title: name, question: `${name}?`, about: "", source: "", parameters: {}, kinds: {}, partners: {}, events: [], ...more });

export const data = {
  version: "1.2.3", source: "0123456789abcdef", rules: { hash: "", told: "", said: "", short: "" }, caution: "", quarters: 4, largest_seed: "9223372036854775807", place, groups: [],
  parameters: { listening: lever("Listening", "partner"), pilots: lever("Pilots", "start"), lead: lever("Who leads", "place", { default: "none", codes: ["none", "trust"], choices: ["nobody", "a hospital"] }) },
  presets: [preset("today"), preset("trust-alone", { parameters: { listening: 0.9 }, kinds: { gp: { listening: 0.1 } }, events: [{ quarter: 2, what: "reversal" }] })],
  kinds: [["trust", "hospital trust", "hospital trusts"], ["council", "council", "councils"], ["gp", "GP network", "GP networks"]].map(([code, label, plural]) => ({ code, label, plural, colour: "#000000" })),
  values: ["evidence", "targets", "finance"].map((code) => ({ code, label: `${code} above all` })),
  resources: [["money", 0.5], ["staff", 0.3], ["information", 0.2]].map(([code, weight]) => ({ code, label: code, weight })),
  blockers: [{ code: "nothing", label: "nothing" }, { code: "trust", label: "too little trust" }],
  regimes: [], talks: [{ code: "not_at_the_table", label: "one side was not at the table" }, { code: "agreed", label: "agreed" }],
  backgrounds: [{ code: "own_sector", label: "own sector" }], measures: ["pooled", "trust", "walk_outs", "deals", "form", "integration", "largest_group", "seamless"].map((code) => ({ code, meaning: "" })),
  thresholds: { shares: 0.05, strained: 0.5, alike: 0.02 },
};

/** A run from its columns by name, each [shape, values, low, high]: bytes that stand for numbers, as the page draws them. */
const runOf = (header, measures, columns) => {
  const run = { header, partner: {}, tie: {}, measures: Float32Array.from(measures.values), width: measures.width, quarters: header.quarters };
  for (const [name, [[, count], values, low, high]] of Object.entries(columns)) {
    const [what, column] = name.split(".");
    run[what][column] = { values: Uint8Array.from(values), low, scale: (high - low) / 255, count };
  }
  return run;
};

/** The same number for every item in each of two quarters. */
const twice = (count, first, second, low = 0, high = 1) => [[2, count], [...Array(count).fill(first), ...Array(count).fill(second)], low, high];

/** A run of two quarters in which trust and what is shared rise from nothing to all. */
export const risingRun = () => /** @type {any} */ (runOf({ quarters: 2, place: place.hash, result: "abc" }, { width: 8, values: [0, 0.25, 0, 0, 0, 0, 1, 0, 3, 0.5, 1, 2, 0.9, 0.7, 3, 1] }, {
  ...Object.fromEntries(["trust_a", "trust_b", "identity", "information", "scope_money", "scope_staff", "scope_information", "expected"].map((name) => [`tie.${name}`, twice(2, 0, 255)])),
  ...Object.fromEntries([["talk", 0, 1], ["joined", 0, 1], ["walked_out", 0, 1], ["blocker", 1, 0], ["blocker_a", 1, 0], ["blocker_b", 1, 0]].map(([name, first, second]) => [`tie.${name}`, twice(2, first, second, 0, 255)])),
  ...Object.fromEntries(["stress", "skill", "evidence", "targets", "finance"].map((name, k) => [`partner.${name}`, twice(3, k === 2 ? 255 : 0, k === 0 ? 255 : 51)])),
  ...Object.fromEntries(["background", "tenure", "new_leader"].map((name) => [`partner.${name}`, twice(3, 0, name === "tenure" ? 1 : 0, 0, 255)])),
  "partner.balance": twice(3, 0, 255, -0.5, 0.5),
}));

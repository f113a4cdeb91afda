// The port's far side: numbers read off runs, the latest wish, and what a server is asked.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { createServer } from "node:http";
import { test } from "node:test";

import { eventsOf, numberOf, settingsOf } from "../../../dashboards/static/model/binding.js";
import { passes, ranked } from "../../../dashboards/static/model/helping.js";
import { quantile } from "../../../dashboards/static/model/quantiles.js";
import { plainly, sha256 } from "../../../dashboards/static/model/sha256.js";
import { LatestWish } from "../../../dashboards/static/model/latest_wish.js";
import { at, between, breadth, measure, series, sharedIn, trust } from "../../../dashboards/static/model/run_values.js";
import { remembering } from "../../../dashboards/static/model/remembered.js";
import { importer } from "../../../dashboards/static/model/server.js";
import { data, risingRun } from "./places.mjs";

test("numbers are read off a run where they lie", () => {
  const run = risingRun();
  assert.equal(run.quarters, 2);
  assert.equal(run.header.result, "abc");
  assert.equal(at(run.partner.balance, 0, 2), -0.5);
  assert.equal(at(run.partner.balance, 1, 2), 0.5);
  assert.deepEqual([...series(run, 0)], [0, 3]);
  assert.equal(measure(run, 1, 1), 0.5);
});

test("between two quarters a number goes straight from one to the other", () => {
  const { tie } = risingRun();
  for (const share of [0, 0.25, 0.5, 1]) assert.ok(Math.abs(between(tie.trust_a, 0, share, 1) - share) < 1e-12);
  assert.equal(trust(risingRun(), 0, 0, 0.5), 0.5);
});

test("the last quarter needs none after it", () => {
  assert.equal(between(risingRun().tie.trust_a, 1, 0, 1), 1);
});

test("breadth weighs what is shared by the weights that the model gives", () => {
  const run = risingRun();
  run.tie.scope_staff = { ...run.tie.scope_staff, scale: 0 };
  assert.equal(breadth(sharedIn(run, data.resources), 1, 0), 0.7);
});

/** A model whose runs are answered by hand. */
function byHand() {
  const asked = [];
  return { asked, run: (request) => new Promise((answer, refuse) => asked.push({ request, answer, refuse })) };
}

const settled = () => new Promise((done) => setTimeout(done));

function watched() {
  const log = [];
  const tell = (what) => (value) => log.push([what, value?.message ?? value]);
  return { log, arrived: tell("arrived"), trouble: tell("trouble"), waiting: tell("waiting"), fine: tell("fine"), working: tell("working") };
}

test("of wishes made while one is on its way, only the latest is asked for", async () => {
  const model = byHand(), told = watched(), wishes = new LatestWish(model, told);
  for (const seed of [1, 2, 3]) wishes.want({ seed });
  model.asked[0].answer("first");
  await settled();
  assert.deepEqual(model.asked.map(({ request }) => request.seed), [1, 3]);
  model.asked[1].answer("last");
  await settled();
  assert.deepEqual(told.log.filter(([what]) => what === "arrived"), [["arrived", "first"], ["arrived", "last"]]);
  assert.deepEqual(told.log.filter(([what]) => what === "working"), [["working", 1], ["working", -1]]);
});

test("a wish that was refused is not asked for again", async () => {
  const model = byHand(), told = watched(), wishes = new LatestWish(model, told);
  wishes.want({ seed: -1 });
  model.asked[0].refuse(new Error("seed is -1"));
  await settled();
  assert.equal(model.asked.length, 1);
  assert.deepEqual(told.log.at(1), ["trouble", "seed is -1"]);
});

/** A server on a free port that gives this answer to whoever asks; `ask(read, heard)` is run with `fetch` turned to it. */
async function served([status, answer], ask) {
  const heard = [];
  const server = createServer((request, response) => {
    let body = "";
    request.on("data", (part) => { body += part; });
    request.on("end", () => {
      heard.push({ url: request.url, body });
      response.writeHead(status).end(answer);
    });
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  const real = globalThis.fetch;
  globalThis.fetch = (path, options) => real(`http://127.0.0.1:${server.address().port}${path}`, options);
  try {
    return await ask(importer({ lost: "nobody answers", no_answer: "it went wrong" }), heard);
  } finally {
    globalThis.fetch = real;
    server.closeAllConnections();
    server.close();
  }
}

const files = [new File(["id,kind"], "partners.csv")];

test("files are sent with the answers so far, and what was read of them comes back", async () => {
  await served([200, '{"place": null, "faults": ["a fault"]}'], async (read, heard) => {
    assert.deepEqual(await read(files, ["kind:shop=voluntary"]), { place: null, faults: ["a fault"] });
    assert.equal(heard[0].url, "/api/place/import");
    for (const sent of ['filename="partners.csv"', "id,kind", "kind:shop=voluntary"]) assert.ok(heard[0].body.includes(sent), sent);
  });
});

test("a refusal is told in the server's words, and an answer without words as trouble", async () => {
  await served([422, '{"error": "two files have the same name"}'], async (read) => assert.rejects(read(files, []), { message: "two files have the same name" }));
  await served([500, "<html>"], async (read) => assert.rejects(read(files, []), { message: "it went wrong" }));
});

test("a server that does not answer is told", async () => {
  const real = globalThis.fetch;
  globalThis.fetch = () => real("http://127.0.0.1:1/");
  await assert.rejects(importer({ lost: "nobody answers", no_answer: "" })(files, []), { message: "nobody answers" });
  globalThis.fetch = real;
});

test("what would help is worked out once for the same question, and again after trouble", async () => {
  let asked = 0, broken = true;
  const model = remembering(/** @type {any} */ ({ help: async (request, quarter) => {
    asked += 1;
    if (broken) throw new Error("gone");
    return { quarter, rows: [request] };
  } }));
  await assert.rejects(model.help({ seed: 1 }, 8, () => undefined), /gone/);
  broken = false;
  const first = await model.help({ seed: 1 }, 8, () => undefined);
  assert.equal(await model.help({ seed: 1 }, 8, () => undefined), first);
  assert.equal(asked, 2);
  await model.help({ seed: 1 }, 9, () => undefined);
  broken = true;
  const [let_go, wanted] = [model.help({ seed: 99 }, 8, () => undefined), model.help({ seed: 99 }, 8, () => undefined)];
  broken = false;
  await assert.rejects(let_go, /gone/);
  assert.deepEqual(await wanted, { quarter: 8, rows: [{ seed: 99 }] }, "whoever asked second has an answer though the first let go");
  for (let seed = 2; seed < 12; seed++) await model.help({ seed }, 8, () => undefined);
  const before = asked;
  await model.help({ seed: 1 }, 8, () => undefined);
  assert.equal(asked, before + 1);
});

test("a hash worked out here is the browser's own, whatever the length", async () => {
  for (const length of [0, 1, 55, 56, 63, 64, 65, 1000, 70000]) {
    const bytes = Uint8Array.from({ length }, (_, k) => (k * 7 + length) % 256);
    assert.equal(Buffer.from(plainly(bytes)).toString("hex"), createHash("sha256").update(bytes).digest("hex"));
    assert.equal(await sha256(bytes), createHash("sha256").update(bytes).digest("hex"));
  }
});

test("a share of sorted numbers lies between its neighbours in proportion", () => {
  assert.equal(quantile([1, 2, 4], 0.5), 2);
  assert.equal(quantile([1, 2, 4], 0.75), 3);
  assert.equal(quantile([5], 0.9), 5);
});

const layout = {
  settings: { place: ["pace"], partner: ["listening"], start: [] }, kinds: ["trust", "council", "gp"], backgrounds: ["own_sector"], forced: { reversal: 1 }, limits: [],
  parameters: { pace: { scope: "place", default: 1, low: 0, high: 2, choices: [] }, listening: { scope: "partner", default: 0.5, low: 0, high: 1, choices: [] }, lead: { scope: "place", default: 0, low: 0, high: 1, choices: ["none", "trust"] } },
};
const laid = { partners: 3, ties: 2, ids: ["h", "c", "g"], kind: [0, 1, 2], sizes: {}, fixed: {}, given: {} };

test("the narrower setting wins, whatever the order", () => {
  const { partner, place: own } = settingsOf({ parameters: { listening: 0.2 }, kinds: { council: { listening: 0.4 } }, partners: { c: { listening: 0.9 } } }, laid, layout);
  assert.deepEqual([...partner], [0.2, 0.9, 0.2]);
  assert.deepEqual([...own], [1]);
});

test("what a place or the table does not know is refused in words", () => {
  assert.throws(() => numberOf(layout, "listenin", 1), /No setting is called “listenin”/);
  assert.throws(() => numberOf(layout, "listening", 1.5), /cannot be 1.5/);
  assert.throws(() => numberOf(layout, "lead", "nobody"), /cannot be nobody/);
  assert.equal(numberOf(layout, "lead", "trust"), 1);
  assert.throws(() => settingsOf({ parameters: {}, kinds: {}, partners: { x: { listening: 1 } } }, laid, layout), /no partner with the id “x”/);
  assert.throws(() => eventsOf({ events: [{ quarter: 1, what: "break", a: "h", b: "g" }] }, { a: [0, 1], b: [1, 2] }, laid, layout), /have no tie/);
});

test("events become calls, by quarter", () => {
  const events = eventsOf({ events: [{ quarter: 4, what: "reversal" }, { quarter: 2, what: "break", between: ["gp", "council"] }, { quarter: 2, what: "set", parameters: { listening: 1, pace: 2 }, kind: "gp" }] }, { a: [0, 1], b: [1, 2] }, laid, layout);
  assert.deepEqual(events, [{ quarter: 2, calls: [["event_breaks", 1]] }, { quarter: 2, calls: [["event_sets_partner", 2, 0, 1], ["event_sets_place", 0, 2]] }, { quarter: 4, calls: [["event_forces", 1]] }]);
});

test("a lever counts in the worlds of which both ends are known", () => {
  const told = { parameters: { pace: { label: "Pace", codes: [] }, voice: { label: "Voice", codes: [] } } };
  const tried = [{ move: { name: "pace", was: 1, value: 2 }, ends: [0.5, 0.9] }, { move: { name: "voice", was: 0, value: 1 }, ends: [0.7] }];
  const gains = (unchanged) => ranked(tried, unchanged, 8, /** @type {any} */ (told), [0.1, 0.5, 0.9]).rows.map(({ name, gain }) => [name, gain]);
  assert.deepEqual(gains([]), []);
  assert.deepEqual(gains([0.25]), [["voice", 0.45], ["pace", 0.25]]);
  assert.deepEqual(gains([0.25, 0.25]), [["pace", 0.45], ["voice", 0.45]]);
});

test("every lever has a first answer in one world, then in more, none twice", () => {
  const found = passes(7, 16, 1001);
  assert.deepEqual(found.map((seeds) => seeds.length), [1, 3, 12]);
  assert.equal(found[0][0], 7);
  assert.equal(new Set(found.flat()).size, 16);
  assert.deepEqual(passes(7, 2, 1001).map((seeds) => seeds.length), [1, 1]);
});

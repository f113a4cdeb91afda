// Sentences: filled in, in the plural they need, and true of the run they tell of.

import assert from "node:assert/strict";
import { test } from "node:test";

import { indexed } from "../../../dashboards/static/model/run_values.js";
import { messages, text } from "../../../dashboards/static/words/messages.js";
import { hands, sentence } from "../../../dashboards/static/words/moment.js";
import { listed, percent, plain, pounds, signed, when } from "../../../dashboards/static/words/numbers.js";
import { aboutPartner, aboutTie, level } from "../../../dashboards/static/words/partner_and_tie.js";
import { summary } from "../../../dashboards/static/words/quarter.js";
import { data, place, risingRun } from "./places.mjs";

const neighbours = [new Map([[1, 0]]), new Map([[0, 0], [2, 1]]), new Map([[1, 1]])];
const run = risingRun(), shown = indexed(data);

test("a message is filled in, and one that lacks a value is an error", () => {
  assert.equal(text(messages.notices.opened, { title: "Today" }), "Opened: Today.");
  assert.throws(() => text(messages.notices.opened), /needs title/);
});

test("one and many are told apart", () => {
  assert.equal(text(messages.quarter.walk_outs, { count: 1 }), "1 walk-out this quarter.");
  assert.equal(text(messages.quarter.walk_outs, { count: 0 }), "0 walk-outs this quarter.");
});

test("numbers are told as people read them", () => {
  assert.deepEqual([1234.5, 12.34, 0.126, 0.01234, -2, "own_sector"].map(plain), ["1235", "12.3", "0.13", "0.0123", "−2", "own sector"]);
  assert.deepEqual([0, 0.0004, 0.05, 0.34, 1.26, 1234].map(pounds), ["£0", "under £1,000", "£50,000", "£340,000", "£1.3m", "£1,234m"]);
  assert.deepEqual([0.012, -0.1, 0].map(signed), ["+1.2", "−10.0", "0.0"]);
  assert.deepEqual([0.126, 0, 0.004, 0.006].map(percent), ["13%", "0%", "under 1%", "1%"]);
  assert.equal(when(33), "Year 9, quarter 2");
  assert.deepEqual([[], ["a"], ["a", "b"], ["a", "b", "c"]].map(listed), ["", "a", "a and b", "a, b and c"]);
});

test("a share is told in one of five words", () => {
  assert.deepEqual([0, 0.2, 0.5, 0.79, 1].map(level), ["hardly any", "a little", "some", "much", "a great deal of"]);
});

test("a quarter is told in one paragraph", () => {
  assert.equal(summary(run, 0, place, shown), "Year 1, quarter 1: 0 of 2 pairs have an agreement, £0 of their money is pooled, and trust stands at 25%. 0% of shared spending is agreed, 0% joined up.");
  assert.equal(summary(run, 1, place, shown), "Year 1, quarter 2: 2 of 2 pairs have an agreement, £3.0m of their money is pooled, and trust stands at 50%. 90% of shared spending is agreed, 70% joined up. "
    + "3 partners are under heavy strain, Ashby Hospitals the largest of them. 1 walk-out this quarter.");
  assert.equal(sentence(run, 0, place, shown), "Nobody works as one yet; 0% of shared spending is agreed, 0% joined up.");
  assert.equal(sentence(run, 1, place, shown), "3 of 3 work as one; 90% of shared spending is agreed, 70% joined up.");
  assert.equal(hands(run, 1, shown), "100 of 100 people pass three hand-offs without a gap");
});

test("a partner is told with what it cares about, wants and shares", () => {
  const { title, said, rows } = aboutPartner(run, 1, 0, place, shown, neighbours);
  assert.equal(title, "Ashby Hospitals");
  assert.deepEqual(said, ["Ashby Hospitals is a hospital trust with £400m a year.", "It cares most about evidence above all, then targets above all.", "It is 50.0% in surplus, and the strain is heavy.",
    "Its leader came 1 quarter ago, from its own sector, with a little skill in joining services up.", "Nothing holds its ties back now: each rose this quarter or works as one.", "Of its 1 neighbours, 1 share something with it."]);
  assert.deepEqual(rows, ["Ashby Council: a great deal of trust; Ashby Hospitals is content with where things stand. They share 100% of money, 100% of staff and 100% of information."]);
});

test("a tie is told from both sides", () => {
  const { said } = aboutTie(run, 0, 1, place, shown);
  assert.equal(said[0], "Ashby Council and Ashby GPs spend £400,000 a year on people they both serve (assumed).");
  assert.equal(said[4], "Ashby Council wants to see promises kept first; Ashby GPs wants to see promises kept first.");
  assert.deepEqual(said.slice(5), ["This quarter: one side was not at the table.", "Services between these two do not work as one.", "What weighs most against going further: too little trust."]);
  assert.deepEqual(aboutTie(run, 1, 1, place, shown).said.slice(5), ["This quarter they agreed.", "Between these two, services work as one.", "Nothing holds them back: what they share rose this quarter, or they work as one.", "Ashby Council has just walked away from what they shared."]);
});

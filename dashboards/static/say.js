// What to say before, while and after each preset plays; for the facilitator's own page.

const PLAIN = {
  before: "Read the question aloud. Ask everyone to decide, silently, how this ends; then take the show of hands.",
  during: "Let it play once without comment. Then step back to the first walk-out or the first quiet year, and ask what they see there.",
  after: "Ask: does this remind you of anywhere? Press “Why did it stall?” and let the room read the first reason before you do.",
};

const SAYS = {
  today: { before: "This is a middling place with nothing changed. Ask: if we carried on like this for fifteen years, where would we be?", during: "Point at one council and one hospital. Follow only their tie. What happens to its colour at the election?", after: "Keep this as A. Everything else today is compared with it." },
  "ten-lessons": { before: "Ten lessons from someone who built joined-up services for fifteen years, all followed. Ask: which of the ten would you drop first?", during: "Ask the room to call out the year in which they would have lost patience.", after: "It takes years even here. Ask what would have kept the board going until then. Drop one lesson with the levers and compare." },
  "trust-alone": { before: "The leaders get on well. Nobody has written down who owes what. Ask: is that enough?", during: "Watch what a new leader does to a tie that rested on two people.", after: "Compare with the ten lessons: same trust at the start, different clarity." },
  "money-first": { before: "Payment follows the person, and partners may compensate each other. Ask the finance directors what they expect, then everyone else.", during: "Look at the hospitals' strain as money moves.", after: "Ask what money could not buy here. Look at what holds the ties back that did not move." },
  "relations-first": { before: "Three years in which people meet as equals and share power; the structures come after. Ask: could you defend those three years to a regulator?", during: "In the first three years little is signed. Ask who in the room would have called it a failure by then.", after: "Compare with “Declared from above” under the same luck." },
  "declared-from-above": { before: "Sharing is made compulsory, with a date and money. Ask: what will be different in a year's time? In ten?", during: "Watch the two lines: structures go up. What does the other line do?", after: "Ask where in their own working week they see the gap between the two lines. Some studies found that mandates did better than this; say so." },
  "targets-everywhere": { before: "Regulators' targets press on everyone. Ask: can we manage by targets and still work as one?", during: "Click a hospital and read what weighs most with it.", after: "Move “Targets from above” a little at a time. Is there a step, or a slope?" },
  "waiting-for-the-election": { before: "An election is two years off. Ask: why would anyone commit before it?", during: "Stop at the quarter before the election, then play on.", after: "Ask what could be agreed that no government would undo." },
  "always-bailed-out": { before: "Hospitals drift into deficit and are always rescued. Ask: what would you do in their place?", during: "Look for the bail-outs on the timeline and what happens to talks afterwards.", after: "Bail-outs also keep services open; the model knows that side only in part. Let the room argue both." },
  reversal: { before: "Ten good years, then the policy turns round. Ask: what survives?", during: "Stop at the reversal. Which ties stay blue?", after: "What made those ties last? Click two that did and two that did not." },
  "integrators-in-charge": { before: "The people in charge have joined up services before. Ask: is it the person or the place?", during: "Watch the stars: each is a new leader.", after: "Some research finds that chief executives matter little. Is that what you see? Try “Is it luck?”" },
  "torbay-like": { before: "After Torbay: ten good years with one budget. Then an overspend. Ask: who should have carried it?", during: "Stop in year 11. Ask the room to predict the next four quarters.", after: "This is stylised: only what is on record, and only as far as the model has a word for it." },
  "unitingcare-like": { before: "After Cambridgeshire's UnitingCare: a great contract, signed in haste. Ask: what did nobody make clear?", during: "Go quarter by quarter through the second year.", after: "Change one thing from the quarter before the signing, with “from now on”, and see whether it holds." },
  "canterbury-like": { before: "After Canterbury, New Zealand: one system, one budget, and an earthquake. Ask: would a shock pull you together or apart?", during: "Stop at the earthquake. Look at strain, then at the ties.", after: "Take “Facing trouble together” down and play the earthquake again." },
};

/** What to say for a preset. */
export const say = (preset) => ({ ...PLAIN, ...SAYS[preset] });

// Sentences about the questions that can be asked of the model, in English. From the first brace on this is plain JSON, so that Python reads it too; {names} are filled in.
export default {
  "questions": {
    "outcome": "What came of it",
    "why": "Why not further?",
    "luck": "Is it luck?",
    "helps": "What would help?",
    "turn": "What would turn this round?",
    "stale": "The settings have changed since this was asked.",
    "again": "Ask again",
    "words": "In words",
    "record": "The session",
    "hidden": "The ending is hidden until it is reached or shown."
  },
  "why": {
    "busy": "Reading the record…",
    "row": "Row {row}: {facts}",
    "fact": "{name} {value}",
    "when": "{when}. ",
    "record": "In the record",
    "nothing": "Nothing holds back more than a sliver of the shared spending in this quarter.",
    "basis": "Each sentence rests on rows of the event log (under “Share and keep”; the numbers are its column “row”). Taking one part away at a time names the same obstacle for {share} of the ties held back.",
    "summary_alone": "In {when}, ties with {share} of shared spending are on the move: what they share rose in that quarter, or they work as one.",
    "summary": "In {when}, ties with {share} of shared spending are on the move: what they share rose in that quarter, or they work as one. On the rest something weighs against going further:",
    "reason": {
      "one": "{share} of shared spending, on {count} tie.",
      "other": "{share} of shared spending, on {count} ties."
    },
    "stuck": "{a} and {b} share {scope} and go no further this quarter; what weighs most against more: {obstacle}."
  },
  "taken_away": {
    "caution": "# {caution}\n",
    "place": "# place {title} {hash}\n",
    "scenario": "# scenario {side} {title} {hash}\n# world {side} {seed}\n",
    "version": "# version {version} source {source}\n",
    "result": "# result {side} {hash}\n"
  },
  "luck": {
    "busy": "Running {worlds} worlds with the same settings, each with luck of its own…",
    "busy_open": "Running {worlds} worlds, each with luck of its own and its own answer to what is not known…",
    "done": "Worlds done",
    "open": "And what is not known?",
    "open_about": "How quickly partners learn, forget and trust is hardly known. {settings} ways it could be agree with what was observed ({file}). Let each world take one of them; what you set yourself stays.",
    "open_ask": "Let that differ too",
    "open_said": "What is not known differing too: {said}",
    "so_far": "{integrated} of {done} worlds work as one so far…",
    "regime": "{count} {regime}",
    "how_far": "How far they came",
    "lines": "Dark line: the middle world's share joined up. Bands: half of all worlds, and four in five. Broken line: the middle world's share agreed.",
    "ahead": "It ends with more joined up than {lower} of {worlds}.",
    "band": "Joined up at the end: the middle world {middle}, four worlds in five between {low} and {high}.",
    "none": "In none of {worlds} worlds does the place come to work as one.",
    "all": "In all of {worlds} worlds the place comes to work as one.",
    "some": "In {integrated} of {worlds} worlds the place comes to work as one.",
    "alike": "The world in the picture ends as “{regime}”, as do {count} of these {worlds}.",
    "against": "Under the same luck, B ends with more joined up than A in {ahead} of {worlds} worlds, with less in {behind}, and within {points} points in {alike}. The middle difference is {gain} points."
  },
  "turn": {
    "lead": "“But in a place like ours…” What A and B have in common is moved, on both sides alike, until it comes out another way.",
    "two": "This is about two sides: compare A with B first.",
    "the_same": "A and B are the same so far. Change something on one side, then ask again.",
    "step": {
      "standing": "How things stand, in {worlds} worlds…",
      "alone": "One thing at a time, to the ends of its range…",
      "together": "The most telling things together…",
      "sparse": "Leaving out what is not needed…",
      "drawn": "Coming nearer to how things stand…",
      "fresh": "Trying it again, in {worlds} worlds that the search has not seen…"
    },
    "done": "Done of this step",
    "tried": {
      "one": "{count} set of circumstances tried.",
      "other": "{count} sets of circumstances tried."
    },
    "stands": "As things stand, {side} ends with {points} points more joined up than {other}, and is ahead in {ahead} of {worlds} worlds.",
    "stands_alike": "As things stand, A and B end about alike: {side} has {points} points more joined up, on average of {worlds} worlds.",
    "so_far": {
      "one": "So far: in circumstances like these, {side} ends ahead by {points} points, in the one world tried.",
      "other": "So far: in circumstances like these, {side} ends ahead by {points} points, on average of {count} worlds."
    },
    "so_far_none": "So far nothing. What comes nearest by itself:",
    "found": {
      "one": "{near}, with one thing different, {side} ends ahead instead: by {points} points.",
      "other": "{near}, with {count} things different, {side} ends ahead instead: by {points} points."
    },
    "found_alike": {
      "one": "{near}, with one thing different, {side} ends ahead: by {points} points.",
      "other": "{near}, with {count} things different, {side} ends ahead: by {points} points."
    },
    "near": [
      "Not far from here",
      "Some way from here",
      "Far from here"
    ],
    "sure": "Tried again in {worlds} worlds that the search had not seen: {side} is ahead in {ahead} of them.",
    "of_range": "Moved over {share} of its range",
    "another": "Another choice",
    "what": "What this is",
    "may_be_nearer": "A lead of less than {least} points does not count. There may be circumstances nearer still that the search missed.",
    "nothing": "Nothing was found that turns it round.",
    "nothing_alike": "Nothing was found in which one side ends clearly ahead.",
    "no_proof": "That proves nothing: the search may have missed it.",
    "unsure": "In a few worlds it seemed turned round in circumstances like these; it did not hold when they were tried again in {worlds} others, where {side} is ahead in {ahead}.",
    "closest": "What comes nearest by itself:",
    "then_ahead": "Then {side} is ahead by {points} points.",
    "then_even": "Then neither is ahead.",
    "stopped": "The search was stopped.",
    "not_again": "This was not tried again in other worlds yet.",
    "stop": "Stop",
    "on": "Search on",
    "open": "Show both sides there",
    "there": "You are looking at both sides in these circumstances, in world {world}.",
    "back": "Back to where we were"
  },
  "help": {
    "busy": "Trying every lever from {when} on, in {worlds} worlds each…",
    "done": "Levers tried",
    "so_far": {
      "one": "So far, in {count} world; more are on their way.",
      "other": "So far, in {count} worlds; more are on their way."
    },
    "moved": "{was} → {value}",
    "gain": "{gain} points joined up; four worlds in five between {low} and {high}",
    "try": "Try it from now on",
    "summary": "One lever at a time, moved from {when} on, in {worlds} worlds each with the same luck. Unchanged, the middle world ends with {share} joined up.",
    "nothing": "No single lever, moved from here, makes a difference that can be told from nothing.",
    "hurts": "What would hurt most",
    "step": "A lever is moved by {tenths} tenths of its range, or to its end. What it costs to move one in real life is not in the model.",
    "tenths": [
      "no",
      "one",
      "two",
      "three",
      "four",
      "five",
      "six",
      "seven",
      "eight",
      "nine"
    ]
  }
};

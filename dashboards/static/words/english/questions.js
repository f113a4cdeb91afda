// Sentences about the questions that can be asked of the model, in English. From the first brace on this is plain JSON, so that Python reads it too; {names} are filled in.
export default {
  "questions": {
    "outcome": "What came of it",
    "why": "Why not further?",
    "luck": "Is it luck?",
    "helps": "What would help?",
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

// Every sentence of the page, in English. From the first brace on this is plain JSON, so that Python reads it too; {names} are filled in.
export default {
  "caution": "An exploration, not a forecast.",
  "common": {
    "close": "Close",
    "and": " and ",
    "comma": ", ",
    "a_quarter": "Year {year}, quarter {quarter}",
    "a_year": "year {year}",
    "year_end": "Year {year}",
    "small_sum": "less than £1,000"
  },
  "stage_page": {
    "title": "Joining up care: an exploration",
    "skip": "To the levers",
    "heading": "Joining up care",
    "tools": "Tools",
    "undo": "Undo",
    "redo": "Redo",
    "guide": "Guide me in",
    "compare": "Compare",
    "stop_comparing": "Stop comparing",
    "share": "Share and keep",
    "present": "Present",
    "stop_presenting": "Stop presenting",
    "differs": "What differs from the preset",
    "asking": "The question",
    "preset": "Start from",
    "seed": "World",
    "other_world": "Another world",
    "levers": "Levers",
    "sides": "Which side the levers move",
    "from": "Changes hold",
    "from_start": "from the start",
    "from_now": "from now on",
    "from_when": "({when})",
    "pictures": "The place",
    "how_to_compare": "How to compare",
    "pair": "Side by side",
    "difference": "Difference",
    "keep_b": "Keep only B",
    "answers": "What came of it",
    "questions": "Questions",
    "changed": "{title}, changed"
  },
  "notices": {
    "still_working": "The model is still working; the last picture stays.",
    "other_software": "This link's result cannot be had again here: it was made on other software. Its settings are the same.",
    "opened": "Opened: {title}.",
    "place_open": "{place} is open. {warnings}",
    "not_started": "The page could not start: {trouble}. Is the program still running in the terminal?",
    "lost_again": "The connection to the model is lost. The last picture stays, and it is tried again.",
    "lost": "The connection to the model is lost.",
    "no_answer": "The model could not answer. The last picture stays.",
    "unreadable": "The answer of the model could not be read. The last picture stays.",
    "damaged_link": "This link is damaged: part of it is missing or changed. The page opens with its own settings instead; ask for the link again.",
    "other_version": "This link was made with another version of the model ({version}); its settings are the same, the results may differ.",
    "other_place": "This link was made for another place; its settings are shown for {place}."
  },
  "ready_page": {
    "title": "Getting ready",
    "warming": "The model is warming up. The first time this takes about a quarter of a minute; after that, a few seconds.",
    "broken": "The model could not start: {trouble}. The terminal says more.",
    "silent": "The program behind this page does not answer. Is it still running in the terminal?"
  },
  "differences": {
    "but": "“{preset}”, but:",
    "as_it_comes": "“{preset}”, as it comes.",
    "take_back": "Take back: {text}",
    "lever": "{lever}: {was} → {value}",
    "own_values": "For {who}: {values}",
    "nothing_own": "nothing of their own",
    "one_value": "{lever} {value}",
    "without": "Without: {event}",
    "from_now": "From now on: {levers}",
    "event_value": "{lever}: {value}",
    "set": "{values}, from quarter {quarter}",
    "set_for": "{values} for {who}, from quarter {quarter}",
    "leader": "A new leader for {who}, from quarter {quarter}",
    "national": "A {what}, from quarter {quarter}",
    "broken": "Agreement broken: {pair}, from quarter {quarter}",
    "brokered": "Agreement brokered: {pair}, from quarter {quarter}"
  },
  "levers": {
    "source": " Source: {source}.",
    "moved": "{count} moved",
    "with_unit": "{value} {unit}"
  },
  "timeline": {
    "rows": {
      "event": "Set by the scenario",
      "election": "Elections and reorganisations",
      "agreement": "New agreements",
      "walkout": "Walk-outs",
      "leader": "New leaders"
    },
    "slow": "slow",
    "normal": "normal",
    "fast": "fast",
    "shown": "Quarter shown",
    "speed": "Speed",
    "jump": "Jump to a moment",
    "back": "One quarter back",
    "on": "One quarter on",
    "jump_to": "Jump to…",
    "nothing": "Nothing to jump to",
    "moment": "{when}: {said}",
    "quiet": "A quiet quarter.",
    "play": "Play",
    "pause": "Pause"
  },
  "picture": {
    "role": "picture of the place",
    "keys": "The place. Arrow keys go from partner to partner, N to the next tie, Enter keeps one in view, Escape lets go.",
    "as_table": "This picture as a table",
    "more_neighbours": "Click, or press Enter, for all {count} neighbours.",
    "against": "against A: blue where B shares more, orange where A does",
    "tie_marks": "a tie: orange and thin is little trust, blue and wide is much; solid where something is shared",
    "shared": " shared {resources}",
    "strain": "strain",
    "new_leader": "new leader",
    "walk_out": "walk-out"
  },
  "what_if": {
    "heading": "What if, from now on…",
    "last_quarter": "This is the last quarter; go back in time to change what follows.",
    "background": "Its new leader comes from",
    "skill": "Skill in joining services up",
    "give": "Give {who} this leader",
    "leader": "From now on: a new leader for {who}",
    "scope": "How much they share",
    "broker": "Broker an agreement",
    "brokered": "From now on: {pair} are brought to share",
    "break": "Break their agreement",
    "broken": "From now on: what {pair} shared is broken off",
    "pair": "{a} and {b}"
  },
  "charts": {
    "form": {
      "title": "Structures and substance",
      "said": "agreed, and real"
    },
    "outcome": {
      "title": "What people get",
      "said": "joint work delivered"
    },
    "seamless": {
      "title": "My care",
      "said": "three seamless hand-offs in a row"
    },
    "pooled": {
      "title": "Money pooled",
      "said": "£m a year"
    },
    "trust": {
      "title": "Trust",
      "said": "that promises are kept"
    },
    "lines": {
      "form": "Structures",
      "integration": "Substance",
      "outcome": "Outcome",
      "seamless": "Seamless journeys",
      "pooled": "Pooled",
      "trust": "Trust"
    },
    "columns": {
      "form": "Structures",
      "integration": "Substance",
      "outcome": "Outcome",
      "seamless": "My care",
      "pooled": "Pooled £m",
      "trust": "Trust"
    },
    "line": "{label} {value}",
    "of_side": "{side}: {values}",
    "at_the_end": "{title}. At the end: {values}.",
    "as_table": "The charts as a table"
  },
  "tables": {
    "partners": "Partners, {when}",
    "partner_heads": [
      "Partner",
      "Kind",
      "Income",
      "Balance",
      "Strain",
      "Leader's skill",
      "New leader"
    ],
    "ties": "Ties, {when}",
    "tie_heads": [
      "Tie",
      "Trust",
      "Money shared",
      "Staff shared",
      "Information shared",
      "Held back by",
      "Left"
    ],
    "yes": "yes",
    "walked_out": "walked out",
    "outcomes": "Outcomes at the end of each year",
    "at_the_end_of": "At the end of",
    "of_side": "{column} ({side})"
  },
  "quarter": {
    "sharing": "{when}: {sharing} of {ties} pairs share something, {pooled} of their money is pooled, and trust stands at {trust}.",
    "strain": { "one": "{who} is under heavy strain.", "other": "{count} partners are under heavy strain, {who} the largest of them." },
    "walk_outs": { "one": "{count} walk-out this quarter.", "other": "{count} walk-outs this quarter." }
  },
  "partner": {
    "is": "{who} is a {kind} with {income} a year.",
    "is_assumed": "{who} is a {kind} with {income} a year (assumed).",
    "values": "It cares most about {first}, then {second}.",
    "even": "It breaks even",
    "overspent": "It is {share}% overspent",
    "surplus": "It is {share}% in surplus",
    "money": {
      "none": "{money}.",
      "some": "{money}, and it feels the strain.",
      "heavy": "{money}, and the strain is heavy."
    },
    "leader": "Its leader came {since}, {from}, with {skill} skill in joining services up.",
    "this_quarter": "this quarter",
    "quarters_ago": { "one": "{count} quarter ago", "other": "{count} quarters ago" },
    "years_ago": { "one": "{count} year ago", "other": "{count} years ago" },
    "from": {
      "own_sector": "from its own sector",
      "hospital": "from a hospital",
      "integrator": "who has integrated services before"
    },
    "not_held_back": "Nothing much holds it back now.",
    "held_back": "What holds it back on most ties: {blocker} ({count} of {ties}).",
    "neighbours": "Of its {ties} neighbours it shares something with {sharing}.",
    "none": "none",
    "alone": "It has no neighbours here.",
    "neighbour": "{other}: {trust} trust; {who} {wants}. {shared}",
    "wants": {
      "nothing": "is content with where things stand",
      "money": "wants the costs it would be left with to be met",
      "values": "wants its own idea of good care to count",
      "trust": "wants to see promises kept first",
      "targets": "wants its targets to allow it",
      "waiting": "would rather wait for the election",
      "bailout": "counts on being bailed out",
      "opposition": "wants the public on side",
      "voice": "wants more say",
      "rosy_fallback": "thinks it manages well alone",
      "pressure": "has its hands full with other things",
      "information": "wants to know more about the other",
      "rest_of_way": "waits for the rest of the way to be joined",
      "time": "needs more time to talk"
    },
    "levels": [
      "hardly any",
      "a little",
      "some",
      "much",
      "a great deal of"
    ]
  },
  "tie": {
    "title": "{a} and {b}",
    "spend": "{a} and {b} spend {sum} a year on people they both serve.",
    "spend_assumed": "{a} and {b} spend {sum} a year on people they both serve (assumed).",
    "trust": "{a} has {trust} trust in {b}; {b} has {back} trust in {a}.",
    "share": "They share {resources}.",
    "share_nothing": "They share next to nothing.",
    "resource": "{share} of {resource}",
    "identity": "There is {level} sense of “we” between them, and they know {knowledge} of each other's needs.",
    "knowledge": [
      "hardly anything",
      "a little",
      "something",
      "much",
      "a great deal"
    ],
    "wants": "{a} {wants}; {b} {other_wants}.",
    "agreed": "This quarter they agreed.",
    "talks": "This quarter: {talks}.",
    "held_back": "What holds them back most: {blocker}.",
    "not_held_back": "Nothing much holds them back: it is moving, or already joined up.",
    "left": "{who} has just walked away from what they shared.",
    "each": "Each"
  },
  "questions": {
    "outcome": "Outcome",
    "why": "Why did it stall?",
    "luck": "Is it luck?",
    "helps": "What would help?",
    "stale": "The settings have changed since this was asked.",
    "again": "Ask again"
  },
  "why": {
    "busy": "Reading the record…",
    "row": "Row {row}: {facts}",
    "fact": "{name} {value}",
    "when": "{when}. ",
    "record": "In the record",
    "nothing": "Nothing holds back more than a sliver of the shared spending in this quarter.",
    "basis": "Each sentence rests on rows of the event log (under “Share and keep”). Taking one part away at a time names the same obstacle for {share} of the ties held back.",
    "summary": "In quarter {quarter}, {share} of what partners spend on the people they share was moving or already integrated; the rest was held back.",
    "reason": { "one": "{share} of shared spending, on {count} tie.", "other": "{share} of shared spending, on {count} ties." }
  },
  "luck": {
    "busy": "Running {worlds} worlds with the same settings, each with luck of its own…",
    "done": "Worlds done",
    "so_far": "{integrated} of {done} worlds integrated so far…",
    "regime": "{count} {regime}",
    "how_far": "How far they came",
    "lines": "Dark line: the middle world's substance (integration). Bands: half of all worlds, and four in five. Broken line: the middle world's structures (form).",
    "ahead": "The world in the picture ended ahead of {lower} of {worlds}.",
    "band": "Integration at the end: the middle world {middle}, four worlds in five between {low} and {high}.",
    "none": "Integrated in none of {worlds} worlds like this.",
    "all": "Integrated in all of {worlds} worlds like this.",
    "some": "Integrated in {integrated} of {worlds} worlds like this."
  },
  "help": {
    "busy": "Trying every lever from {when} on, in {worlds} worlds each…",
    "done": "Levers tried",
    "moved": "{was} → {value}",
    "gain": "{gain} points of integration; four worlds in five between {low} and {high}",
    "try": "Try it from now on",
    "summary": "One lever at a time, moved from {when} on, in {worlds} worlds each with the same luck. Unchanged, the middle world ends at {share} integration.",
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
  },
  "share": {
    "title": "Share and keep",
    "copied": "The link is copied.",
    "copy_by_key": "Press Ctrl and C to copy the link.",
    "code": "Code of the link, for a telephone",
    "only_here": "This page answers only on this machine: a telephone can open the link after the page was started with --host.",
    "link": "The link",
    "link_label": "Link",
    "address": "The address holds every setting, the seed and the quarter.",
    "copy": "Copy the link",
    "show_code": "Show as a code",
    "take_away": "Take away",
    "offline": "One page that plays offline",
    "picture": "The picture (PNG)",
    "numbers": "The numbers (CSV)",
    "log": "The event log (CSV)",
    "scenario": "The scenario (TOML)",
    "open": "Open",
    "scenario_file": "A saved scenario file",
    "own_place": "Your own place: drop partners.csv and ties.csv here, or choose both.",
    "two_files": "Two CSV files",
    "first_place": "Back to the place that came with the page",
    "needs_two": "Two files are needed: partners.csv and ties.csv."
  },
  "guide": {
    "council": "a council",
    "hospital": "a hospital trust",
    "back": "Back",
    "next": "Next",
    "begin": "Begin",
    "skip": "Skip",
    "count": "{screen} of {screens}",
    "screens": [
      {
        "title": "Two people sit down",
        "picture": "A council and a hospital trust, with nothing between them",
        "said": [
          "One runs a council's care for older people. The other runs a hospital. They look after the same people, and each sees something different: one the person at home, the other the ward that is full.",
          "Neither is wrong. The solution looks different depending on where you stand."
        ]
      },
      {
        "title": "Between them is a tie",
        "picture": "A thin orange tie between them: little trust",
        "said": [
          "How much does each trust the other to keep its promises? Thin and orange is little trust.",
          "Every quarter they talk. Each weighs what sharing money, staff or information would mean to it, and what it would have with no deal. One offers, the other accepts, or holds out."
        ]
      },
      {
        "title": "Promises kept, promises broken",
        "picture": "A wide blue tie between them: much trust",
        "said": [
          "A promise kept builds trust; a promise broken costs more than a kept one earns. With trust, more can be agreed. Wide and blue is much trust.",
          "Leaders leave, elections come, budgets run out. Any of these can undo years."
        ]
      },
      {
        "title": "A place: {place}",
        "picture": "{place}: {partners} organisations and {ties} ties",
        "said": [
          "{partners} organisations, {ties} ties. Everyone is talking with several others at once, and what one does touches the rest.",
          "The picture shows fifteen years, a quarter at a time. Nothing in it was written beforehand: it follows from what each one wants and from chance."
        ]
      },
      {
        "title": "The levers",
        "picture": "",
        "said": [
          "On the left are things people can decide: how money flows, what targets press, how leaders are chosen, whether people meet as equals. Each says what it means and where the idea comes from.",
          "Before you move one: what do you expect? Say it aloud. Then move it."
        ]
      },
      {
        "title": "What it does not know",
        "picture": "",
        "said": [
          "{caution}",
          "No one has measured trust between these organisations. The model compares mechanisms: which obstacles hold a place like this back, and which help. It cannot say what will happen in yours.",
          "Argue with it. If you think a rule is wrong, that is the conversation to have."
        ]
      }
    ]
  },
  "hands": {
    "question": "What did the room expect?",
    "count": "{count} of {total}",
    "came": "In this run, it came to this.",
    "one_world": "One run is one world. “Is it luck?” shows how often."
  },
  "offline_page": {
    "title": "{title} · {place}",
    "outcome": "What came of it",
    "why": "What held it back",
    "notes": "Notes",
    "changed": "Changed:",
    "sentence": "{when}: {text}",
    "origin": "Seed {seed}. Version {version}, source {source}, place {place}, scenario {scenario}, result {result}."
  },
  "facilitator_page": {
    "title": "Facilitator's page",
    "for_whom": "for your eyes only",
    "on_stage": "On the stage",
    "waiting": "Open the stage in another window of this browser; this page follows it.",
    "show": "Show",
    "play": "Play or pause",
    "what_to_say": "What to say",
    "time": "Time",
    "minutes": "Minutes planned",
    "start": "Start",
    "pause": "Pause",
    "reset": "Back to zero",
    "left": "{count} minutes left",
    "over": "{count} minutes over",
    "predict": "Predict before you play",
    "predict_how": "Read out each ending, count hands, enter the number. Then play, then show the room.",
    "show_hands": "Show the room",
    "clear": "Clear",
    "notes": "Notes",
    "notes_where": "They stay in this browser, and go into the scenario's file and the offline page when you save them from the stage.",
    "clear_notes": "Clear the notes",
    "before": "Before",
    "during": "While it plays",
    "after": "After",
    "shown": "{title}, {when}. {verdict}",
    "changed": " Changed: {changed}.",
    "note": {
      "question": "The room's question",
      "hypothesis": "What we expected, and why",
      "findings": "What we saw",
      "decision": "What we will do"
    }
  },
  "moments": {
    "policy_turns": "A general election. The new government turns the policy round.",
    "policy_stays": "A general election. The policy stays.",
    "reversal": "The policy of integration is turned round.",
    "reorganisation": "A reorganisation from above.",
    "both_walk": "{a} and {b} both walk away from what they shared.",
    "walks": "{who} walks away from {other}.",
    "agree": "{a} and {b} agree to share.",
    "more_walk_outs": { "one": "And {count} more walk-out.", "other": "And {count} more walk-outs." },
    "more_agreements": { "one": "And {count} more new agreement.", "other": "And {count} more new agreements." },
    "leader": { "one": "{who} has a new leader.", "other": "{who} have new leaders." },
    "bailout": { "one": "{who} is bailed out.", "other": "{who} are bailed out." },
    "and_more": "{who} and {more} more"
  },
  "verdict": {
    "integrated": "Services first work as one from {when} and work as one at the end, after {years} years.",
    "collapsed": "Joint work grew, then fell apart in {when}.",
    "busy": "After {years} years, {form} of shared spending is under agreements, with little joint work behind them.",
    "never_started": "In {years} years hardly anything was ever shared.",
    "progressing": "Still getting better after {years} years, but services do not yet work as one.",
    "stalled": "Talks go on, and little has moved since {when}.",
    "never_moved": "Talks go on, and little ever moves."
  },
  "script": {
    "any": {
      "before": "Read the question aloud. Ask everyone to decide, silently, how this ends; then take the show of hands.",
      "during": "Let it play once without comment. Then step back to the first walk-out or the first quiet year, and ask what they see there.",
      "after": "Ask: does this remind you of anywhere? Press “Why did it stall?” and let the room read the first reason before you do."
    },
    "today": {
      "before": "This is a middling place with nothing changed. Ask: if we carried on like this for fifteen years, where would we be?",
      "during": "Point at one council and one hospital. Follow only their tie. What happens to its colour at the election?",
      "after": "Keep this as A. Everything else today is compared with it."
    },
    "ten-lessons": {
      "before": "Ten lessons from someone who built joined-up services for fifteen years, all followed. Ask: which of the ten would you drop first?",
      "during": "Ask the room to call out the year in which they would have lost patience.",
      "after": "How many years did it take, if it came at all? Ask what would have kept the board going until then. Drop one lesson with the levers and compare."
    },
    "trust-alone": {
      "before": "The leaders get on well. Nobody has written down who owes what. Ask: is that enough?",
      "during": "Watch what a new leader does to a tie that rested on two people.",
      "after": "Compare with the ten lessons: same trust at the start, different clarity."
    },
    "money-first": {
      "before": "Payment follows the person, and partners may compensate each other. Ask the finance directors what they expect, then everyone else.",
      "during": "Look at the hospitals' strain as money moves.",
      "after": "Ask what money could not buy here. Look at what holds the ties back that did not move."
    },
    "people-then-money": {
      "before": "Three years for people to meet as equals and be listened to, then the money follows the person. Ask: what would you want to see before the money moves?",
      "during": "Stop at the end of year three. Ask what has changed so far, and who would notice.",
      "after": "Compare with its counterpart, money first, under the same luck: the effort is the same, only the order differs."
    },
    "money-then-people": {
      "before": "The money follows the person from the start; time to meet and to listen comes three years later. Ask: what can money do among people who hardly know each other?",
      "during": "Stop at the end of year three. Ask what the money has changed so far.",
      "after": "Compare with its counterpart, people first, under the same luck: the effort is the same, only the order differs."
    },
    "relations-then-structures": {
      "before": "Three years of meeting as equals and listening, then clear decisions and obligations. Ask: what would go wrong without them until then?",
      "during": "Ask at the end of year three: who here could say who owes what to whom?",
      "after": "Compare with its counterpart, structures first, under the same luck: the effort is the same, only the order differs."
    },
    "structures-then-relations": {
      "before": "Clear decisions and obligations from the start; time to meet comes three years later. Ask: can you owe something to people you hardly know?",
      "during": "Ask at the end of year three: is what was written down also done?",
      "after": "Compare with its counterpart, relationships first, under the same luck: the effort is the same, only the order differs."
    },
    "relations-first": {
      "before": "Three years in which people meet as equals and share power; the structures come after. Ask: could you defend those three years to a regulator?",
      "during": "How much is signed in the first three years? Ask who in the room would have called it a failure by then.",
      "after": "Compare with “Declared from above” under the same luck."
    },
    "declared-from-above": {
      "before": "Sharing is made compulsory, with a date and money. Ask: what will be different in a year's time? In ten?",
      "during": "Watch the two lines. Does one go where the other goes?",
      "after": "Is there a gap between the two lines? Ask where in their own working week they see one. Some studies found that mandates do better than goodwill; say so."
    },
    "targets-everywhere": {
      "before": "Regulators' targets press on everyone. Ask: can we manage by targets and still work as one?",
      "during": "Click a hospital and read what weighs most with it.",
      "after": "Move “Targets from above” a little at a time. Is there a step, or a slope?"
    },
    "waiting-for-the-election": {
      "before": "An election is two years off. Ask: why would anyone commit before it?",
      "during": "Stop at the quarter before the election, then play on.",
      "after": "Ask what could be agreed that no government would undo."
    },
    "always-bailed-out": {
      "before": "Hospitals drift into deficit and are always rescued. Ask: what would you do in their place?",
      "during": "Look for the bail-outs on the timeline and what happens to talks afterwards.",
      "after": "Bail-outs also keep services open; the model knows that side only in part. Let the room argue both."
    },
    "reversal": {
      "before": "Ten years in which everything is followed, then the policy turns round. Ask: what lasts?",
      "during": "Stop at the reversal. Which ties stay blue, if any?",
      "after": "Did some ties last? Click two that did and two that did not."
    },
    "integrators-in-charge": {
      "before": "The people in charge have joined up services before. Ask: is it the person or the place?",
      "during": "Watch the stars: each is a new leader.",
      "after": "Some research finds that chief executives matter little. Is that what you see? Try “Is it luck?”"
    },
    "torbay-like": {
      "before": "After Torbay: ten years of one budget, then an overspend. Ask: who should carry it?",
      "during": "Stop in year 11. Ask the room to predict the next four quarters.",
      "after": "This is stylised: only what is on record, and only as far as the model has a word for it."
    },
    "unitingcare-like": {
      "before": "After Cambridgeshire's UnitingCare: a great contract, begun before its costs are clear. Ask: what has to be said first?",
      "during": "Go quarter by quarter through the second year.",
      "after": "Change one thing from the quarter before the signing, with “from now on”, and see whether it holds."
    },
    "canterbury-like": {
      "before": "After Canterbury, New Zealand: one system, one budget, and an earthquake. Ask: would a shock pull you together or apart?",
      "during": "Stop at the earthquake. Look at strain, then at the ties.",
      "after": "Take “Facing trouble together” down and play the earthquake again."
    }
  }
};

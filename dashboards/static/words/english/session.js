// Sentences about the session: bets, record, keeping, printing and the way in, in English. From the first brace on this is plain JSON, so that Python reads it too; {names} are filled in.
export default {
  "bets": {
    "ending": "What will become of {place} in {years} years?",
    "further": "Where will more be truly joined up after {years} years?",
    "tie": "{a} and {b}: where will they stand after {years} years?",
    "tie_of_b": "On side B, {a} and {b}: where will they stand after {years} years?",
    "options": {
      "A": "On side A",
      "B": "On side B",
      "alike": "About the same, within {points} points",
      "joined": "Services work as one",
      "agreed": "Something is agreed, but not lived",
      "apart": "Nothing is shared"
    }
  },
  "curtain": {
    "label": "The question",
    "two": "“{a}” against “{b}”: which joins more up?",
    "how": "Decide silently, then raise hands; type in how many.",
    "bet": "Bet first",
    "next": "Next",
    "back": "Back",
    "play": "Play",
    "ending": "What came of it",
    "one_world": "One run is one world. Another could end otherwise.",
    "your_bets": "And your bets?",
    "luck": "Is it luck?",
    "count": "{count} of {total}",
    "came": "In this run, it came to this.",
    "more": "At the end {side} has {points} points more of shared spending truly joined up.",
    "alike": "At the end both have about as much truly joined up (within {points} points)."
  },
  "record": {
    "title": "What happened in this session",
    "empty": "Nothing yet.",
    "bets": "What the room expected",
    "opened": "Opened: {what}.",
    "world": "World {world}.",
    "changed": "{side}: {what}",
    "bet": "The room bet on “{question}”: {votes}.",
    "vote": "{count} × {label}",
    "came": "It came to: {label}.",
    "revealed": "The ending was seen. {said}",
    "luck": "Asked for luck. {said}",
    "report": "How much of this place is real"
  },
  "share": {
    "title": "Share and keep",
    "copied": "The link is copied.",
    "copy_by_key": "Press Ctrl and C to copy the link.",
    "code": "Code of the link, for a telephone",
    "only_a_file": "This page was opened from a disk, where a telephone cannot reach it. Send the page itself, or put it on a web server.",
    "too_long": "This link is too long for a code that a telephone could read; copy the link or save the file instead.",
    "only_here": "This page answers only on this machine: a telephone can open the link after the page was started with --host 0.0.0.0.",
    "link": "The link",
    "link_label": "Link",
    "address": "The address holds every setting, the world and the quarter.",
    "copy": "Copy the link",
    "show_code": "Show as a code",
    "take_away": "Take away",
    "page": "This page as one file",
    "picture": "The picture (PNG)",
    "numbers": "The numbers (CSV)",
    "log": "The event log (CSV)",
    "scenario": "The scenario (TOML)",
    "open": "Open",
    "scenario_file": "A saved scenario file",
    "own_place": "Your own place: drop its files anywhere on this page, or choose them, all of them together. Tables saved as CSV, graphs of network tools, matrices and surveys are read.",
    "place_files": "Files of a place",
    "first_place": "Back to the place that came with the page",
    "print": "Print one page",
    "printing": "The page is being made…",
    "printing_far": "The page is being made: what would help, {done} of {of} tried…",
    "session": "This session",
    "save_session": "Save the session",
    "session_file": "A saved session"
  },
  "importing": {
    "title": "A place from your files",
    "busy": "Reading the files …",
    "no_workbook": "{file} is a workbook, for which this page needs a program beside it. Save each of its sheets as “CSV UTF-8” and drop those files together; or open the page with “incentive-abm workshop”, which reads workbooks.",
    "no_graph": "{file} is a graph in XML, for which this page needs a program beside it. Export it as JSON, GML or Pajek, or its nodes and edges as CSV; or open the page with “incentive-abm workshop”, which reads GraphML and GEXF.",
    "found": "{place} can be shown. This is what was understood of the files; nothing has changed on the page yet.",
    "show": "Show this place",
    "leave": "Leave everything as it is",
    "again": "Try once more",
    "not_yet": "The place cannot be shown yet. Nothing has changed on the page.",
    "mend": "To be mended in the files",
    "decide": "To be decided by you",
    "take_answers": "Read again with these answers",
    "choose": "Choose …",
    "leave_out": "leave it out",
    "blank": "it is not known",
    "free": "choose, or write {what}",
    "places": { "one": "{where}, and one more", "other": "{where}, and {count} more" },
    "more": { "one": "One more of the kind is not listed.", "other": "{count} more of the kind are not listed." }
  },
  "handout": {
    "title": "{question}",
    "endings": "What came of it in this run",
    "why": "Why not further, in {when}",
    "helps": "What would help most from {when} on",
    "none": "No single lever makes a difference that can be told from nothing.",
    "unknown": "What the model does not know",
    "unknown_said": [
      "What people are like: every organisation has one mind here.",
      "What a lever costs, who would have to agree to move it, and whether that is lawful.",
      "How much these organisations trust each other: nobody has measured it."
    ],
    "link": "Everything again",
    "world": "World {world}. {place}. {version}",
    "moment": "The picture: {when}.",
    "gain": "{label}: {was} → {value} ({gain} points joined up)"
  },
  "way_in": {
    "title": "One pair, then a place",
    "back": "Back",
    "next": "Next",
    "begin": "To the place",
    "skip": "Skip",
    "count": "{screen} of {screens}",
    "busy": "The model is running…",
    "world": "Every step is the model running on this pair; nothing is drawn by hand.",
    "pair": {
      "title": "Two organisations",
      "said": "{a} and {b} spend {sum} a year on people they both serve."
    },
    "wants": {
      "title": "What each wants",
      "said": "{who} cares most about {first}, then {second}."
    },
    "wants_next": "What weighs most with it against sharing more: {obstacle}.",
    "refusal": {
      "title": "An offer, and a refusal with its reason"
    },
    "deal": {
      "title": "An agreement",
      "so_far": "Every quarter puts a part of it into practice. So far {agreed} of what they spend on the same people is under agreement."
    },
    "broken": {
      "title": "A promise broken"
    },
    "trust": "{a} trusts {b} {forward}, and {b} trusts {a} {back}.",
    "alone": {
      "title": "The two alone",
      "said": "After {years} years {agreed} of what they share is agreed, and {joined} truly joined up."
    },
    "third": {
      "title": "Then a third",
      "said": "{c} serves the same people. While it stays outside, whatever {a} and {b} agree, {count} of {people} people pass three hand-offs without a gap at the end."
    },
    "together": {
      "title": "What the third makes of it",
      "said": "With {c} at the table, {count} of {people} people do."
    },
    "place": {
      "title": "Then {partners}",
      "said": "{place}: {partners} organisations, {ties} ties. Everyone talks with several others at once, and what one does touches the rest."
    },
    "unknown": {
      "title": "What it does not know",
      "said": "{caution} No one has measured trust between these organisations. The model compares mechanisms; it cannot say what will happen in yours. Argue with it."
    }
  }
};

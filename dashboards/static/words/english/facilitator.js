// Sentences about the facilitator's page, in English. From the first brace on this is plain JSON, so that Python reads it too; {names} are filled in.
export default {
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
    "predict": "The room's bets",
    "predict_how": "Read out each answer, count hands, enter the number. Then play. The stage shows the bets beside what came once the ending is seen.",
    "show_hands": "Put into the record",
    "notes": "Notes",
    "notes_where": "They stay in this browser, and go into the scenario’s file, the saved session and the page as a file when you save one.",
    "clear_notes": "Clear the notes",
    "before": "Before",
    "during": "While it plays",
    "after": "After",
    "shown": "{title}, {when}. {said}",
    "changed": " Changed: {changed}.",
    "note": {
      "question": "The room's question",
      "hypothesis": "What we expected, and why",
      "findings": "What we saw",
      "decision": "What we will do"
    },
    "reveal": "Show the ending",
    "ask": "Show the question",
    "back": "One quarter back",
    "on": "One quarter on",
    "to_start": "To the beginning",
    "present": "Present or stop",
    "drawer": "Open or close the drawer",
    "ahead": "The ending, for your eyes only: {verdict}"
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
    },
    "one-neighbourhood": {
      "before": "A contract for one neighbourhood, held by its GP network. Ask: would you sign, and what would you want written down first?",
      "during": "Watch who signs first, and who is still outside two years later.",
      "after": "Ask what held those who stayed. Compare with the contract for several neighbourhoods under the same luck."
    },
    "several-neighbourhoods": {
      "before": "One body holds the contract for a whole borough. Ask: do these neighbourhoods have enough in common?",
      "during": "Stop when somebody leaves. Who feels it, and who does not?",
      "after": "Ask whether wider was stronger here, and whether it would be in another world: press “Is it luck?”"
    },
    "whole-population": {
      "before": "One organisation holds the whole budget. Ask the others first: would you sign with it? Then ask it: could you carry it?",
      "during": "Follow the holder's strain, and what its partners do when it grows.",
      "after": "Ask what should happen to the others when the holder cannot carry it. What was written down about that?"
    },
    "all-or-none": {
      "before": "All must agree before anything begins, and one can end it. Ask: is that worth the wait?",
      "during": "Ask the room to say when it would have begun without those who hesitate.",
      "after": "Compare with the contract that needs no unanimity. What did waiting buy, and what did it cost?"
    }
  }
};

// Sentences about the picture, the charts, the tables and the moments of a run, in English. From the first brace on this is plain JSON, so that Python reads it too; {names} are filled in.
export default {
  "timeline": {
    "rows": {
      "event": "Set by the scenario",
      "election": "Elections and reorganisations",
      "agreement": "New agreements",
      "walkout": "Walk-outs",
      "compact": "Contracts of several",
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
    "pause": "Pause",
    "to_start": "Back to the beginning",
    "moment_of": "{side}: {when}: {said}",
    "of_side": "{side}: {said}"
  },
  "river": {
    "year": "year {year}"
  },
  "moment": {
    "some": "{one} of {of} work as one; {agreed} of shared spending is agreed, {joined} joined up.",
    "nobody": "Nobody works as one yet; {agreed} of shared spending is agreed, {joined} joined up.",
    "hand_offs": "{count} of {people} people pass three hand-offs without a gap"
  },
  "picture": {
    "role": "picture of the place",
    "keys": "The place. Arrow keys go from partner to partner, N to the next tie, Enter keeps one in view or looks into a neighbourhood, Escape lets go.",
    "as_table": "This picture as a table",
    "more_neighbours": "Click, or press Enter, for all {count} neighbours.",
    "against": "Compared with A: a whole blue line where B has more agreed, a broken orange line where A has.",
    "joined": "truly joined up",
    "agreed": "agreed, not lived",
    "one": "works as one",
    "walk_out": "walked away",
    "person": "a person on the way",
    "stuck": "stuck between two",
    "strain": "strain",
    "new_leader": "new leader",
    "group": "a neighbourhood: click to look inside",
    "way_out": "Back to the whole place",
    "file_moment": "{place}. {when}."
  },
  "charts": {
    "joined": {
      "title": "Agreed and joined up",
      "said": "of shared spending: under agreement, and working as one"
    },
    "outcome": {
      "title": "What people get",
      "said": "joint work delivered"
    },
    "seamless": {
      "title": "My care",
      "said": "people who pass three hand-offs without a gap"
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
      "form": "Agreed",
      "integration": "Joined up",
      "seamless": "Without a gap",
      "outcome": "What people get",
      "pooled": "Money pooled",
      "trust": "Trust"
    },
    "line": "{label} {value}",
    "of_side": "{side}: {values}",
    "so_far": "{title}. {when}: {values}.",
    "as_table": "The charts as a table",
    "whole": "Whole range"
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
      "Agreed",
      "Joined up",
      "Works as one",
      "What weighs most against more",
      "Left"
    ],
    "yes": "yes",
    "walked_out": "walked out",
    "outcomes": "At the end of each year that has been seen",
    "at_the_end_of": "At the end of",
    "of_side": "{column} ({side})"
  },
  "moments": {
    "policy_turns": "A general election. The new government turns the policy round.",
    "policy_stays": "A general election. The policy stays.",
    "both_walk": "{a} and {b} both walk away from what they shared.",
    "walks": "{who} walks away from {other}.",
    "agree": "{a} and {b} agree to share.",
    "more_walk_outs": {
      "one": "And {count} more walk-out.",
      "other": "And {count} more walk-outs."
    },
    "more_agreements": {
      "one": "And {count} more new agreement.",
      "other": "And {count} more new agreements."
    },
    "compact_begun": {
      "one": "A contract of several begins, held by {who}.",
      "other": "{count} contracts of several begin, held by {who}."
    },
    "compact_over": {
      "one": "The contract of several that {who} held is over.",
      "other": "{count} contracts of several are over: those held by {who}."
    },
    "leader": {
      "one": "{who} has a new leader.",
      "other": "{who} have new leaders."
    },
    "bailout": {
      "one": "{who} is bailed out.",
      "other": "{who} are bailed out."
    },
    "and_more": "{who} and {more} more"
  },
  "verdict": {
    "integrated": "Services first work as one from {when}, and do at the end of {years} years: {joined} of shared spending is joined up.",
    "collapsed": "Joint work grew, then fell apart in {when}. At the end of {years} years {joined} of shared spending is joined up.",
    "busy": "After {years} years {agreed} of shared spending is agreed, and {joined} joined up.",
    "never_started": "In {years} years never more than {most} of shared spending was agreed; at the end {joined} is joined up.",
    "progressing": "Still getting better after {years} years: {agreed} of shared spending is agreed, {joined} joined up.",
    "stalled": "Talks go on, and since {when} hardly more has been joined up: {joined} of shared spending, with {agreed} agreed.",
    "never_moved": "Talks go on. After {years} years {agreed} of shared spending is agreed, and hardly more of it joined up than at the beginning: {joined}."
  }
};

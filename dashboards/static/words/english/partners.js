// Sentences about a partner, a tie and a quarter, in English. From the first brace on this is plain JSON, so that Python reads it too; {names} are filled in.
export default {
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
  "quarter": {
    "sharing": "{when}: {deals} of {ties} pairs have an agreement, {pooled} of their money is pooled, and trust stands at {trust}. {agreed} of shared spending is agreed, {joined} joined up.",
    "strain": {
      "one": "{who} is under heavy strain.",
      "other": "{count} partners are under heavy strain, {who} the largest of them."
    },
    "walk_outs": {
      "one": "{count} walk-out this quarter.",
      "other": "{count} walk-outs this quarter."
    }
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
    "quarters_ago": {
      "one": "{count} quarter ago",
      "other": "{count} quarters ago"
    },
    "years_ago": {
      "one": "{count} year ago",
      "other": "{count} years ago"
    },
    "not_held_back": "Nothing holds its ties back now: each rose this quarter or works as one.",
    "held_back": "What weighs most against going further, on most of its ties: {blocker} ({count} of {ties}).",
    "neighbours": "Of its {ties} neighbours, {sharing} share something with it.",
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
    "held_back": "What weighs most against going further: {blocker}.",
    "not_held_back": "Nothing holds them back: what they share rose this quarter, or they work as one.",
    "left": "{who} has just walked away from what they shared.",
    "each": "Each",
    "as_one": "Between these two, services work as one.",
    "not_as_one": "Services between these two do not work as one."
  }
};

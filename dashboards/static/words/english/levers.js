// Sentences about levers and what differs, in English. From the first brace on this is plain JSON, so that Python reads it too; {names} are filled in.
export default {
  "levers": {
    "source": "Where this comes from",
    "moved": "{count} moved",
    "with_unit": "{value} {unit}",
    "carry": "What carries this question",
    "others": "All levers",
    "find": "Find a lever",
    "found": {
      "one": "{count} lever",
      "other": "{count} levers"
    },
    "ends": {
      "common_purpose": [
        "the user comes up in speeches only",
        "the user decides what is done"
      ],
      "payment_reform": [
        "each is paid for its own activity",
        "payment follows the person"
      ],
      "target_pressure": [
        "regulators ask once a year",
        "regulators chase every figure"
      ],
      "horizon": [
        "we plan to the end of the year",
        "we plan for ten years"
      ],
      "listening": [
        "each waits for its turn to speak",
        "each can say the other's case"
      ],
      "own_budget_weight": [
        "good is good, whoever pays",
        "what helps your budget is not my concern"
      ],
      "fallback_described": [
        "nobody knows what no deal would mean",
        "what no deal would mean is written down"
      ],
      "side_payments": [
        "no money may pass between partners",
        "who gains may compensate who loses"
      ],
      "mandate": [
        "nobody is made to share",
        "sharing is compulsory"
      ],
      "joint_resolution": [
        "each answers trouble alone",
        "trouble of one is trouble of all"
      ],
      "decision_clarity": [
        "nobody knows who decides",
        "everyone knows who decides what, and when"
      ],
      "named_owner": [
        "the joint work belongs to nobody",
        "one person answers for it"
      ],
      "power_sharing": [
        "the larger decides",
        "both have equal say"
      ],
      "deadline_money": [
        "no money is tied to a date",
        "much money is tied to a date"
      ],
      "relational_space": [
        "we meet on business only",
        "there is time to meet as people"
      ],
      "contact_quality": [
        "we meet as superior and inferior",
        "we meet as equals"
      ],
      "committees": [
        "hardly any formal committees",
        "nearly every meeting is a committee"
      ],
      "relations_first": [
        "structures at once",
        "structures wait until we know each other"
      ],
      "obligations_clarity": [
        "nobody has written down who owes what",
        "everyone knows who owes what"
      ],
      "outcomes_stated": [
        "success is nobody's in particular",
        "each partner's outcomes are written down"
      ],
      "autonomy": [
        "teams ask first",
        "teams try things"
      ],
      "accountability": [
        "nobody answers for results",
        "teams answer for results"
      ],
      "inclusion": [
        "voluntary bodies are outside",
        "every voluntary body is at the table"
      ],
      "community_control": [
        "communities are consulted",
        "communities decide on the money"
      ],
      "handover": [
        "a new leader begins from nothing",
        "a new leader takes over reasons and relations"
      ],
      "integrators_appointed": [
        "experience of integration is not asked for",
        "only people who have done it are appointed"
      ],
      "hospital_background": [
        "no other leaders come from hospitals",
        "all other leaders come from hospitals"
      ],
      "peer_teaching": [
        "everyone learns alone",
        "people teach their neighbours"
      ],
      "toolkits": [
        "no written guidance",
        "guidance for everything"
      ],
      "register": [
        "nobody knows who has done it",
        "everyone can find who has done it"
      ],
      "teaching_training": [
        "the able just do",
        "the able are trained to teach"
      ],
      "directives": [
        "no conflicting directives",
        "fourteen conflicting directives"
      ],
      "public_engagement": [
        "the public hears of it at the end",
        "the public is brought along from the start"
      ],
      "bailout": [
        "a deficit is never met",
        "every deficit is met"
      ],
      "pilots": [
        "no pilots",
        "every tie begins as a pilot"
      ]
    }
  },
  "differences": {
    "but": "“{preset}”, but:",
    "take_back": "Take back: {text}",
    "lever": "{lever}: {was} → {value}",
    "own_values": "For {who}: {values}",
    "nothing_own": "nothing of their own",
    "one_value": "{lever} {value}",
    "without": "Without: {event}",
    "from_now": "From now on: {levers}",
    "event_value": "{lever}: {value}",
    "set": "{values}, from {when} on",
    "set_for": "{values} for {who}, from {when} on",
    "leader": "A new leader for {who}, in {when}",
    "national": "A {what}, in {when}",
    "broken": "Agreement broken: {pair}, in {when}",
    "brokered": "Agreement brokered: {pair}, in {when}"
  }
};

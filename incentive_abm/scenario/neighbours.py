"""Words by which other tools call what a scenario or an event says here, with ours."""

from __future__ import annotations

from types import MappingProxyType

_LENGTH = "a scenario has no length; give --quarters to the run, or quarters = … in a study"
_LUCK = "a scenario has no luck; give --seeds to the run, or seed and replicates in a study"
_VALUES = "[parameters], with name = value"
_VARIED = "a scenario has one value a parameter; what varies stands in a study, under [factors.NAME]"

SCENARIO = MappingProxyType({
    **dict.fromkeys(("steps", "n_steps", "max_steps", "ticks", "time_limit", "horizon", "quarters", "duration",
                     "length"), _LENGTH),
    **dict.fromkeys(("seed", "seeds", "rng", "random_seed", "random_state", "iterations", "runs", "n_runs", "repetitions",
                     "replicates", "reps"), _LUCK),
    **dict.fromkeys(("values", "settings", "params", "variables", "inputs", "constants", "globals", "set"), _VALUES),
    **dict.fromkeys(("levers", "uncertainties", "factors", "ranges", "bounds", "vary", "design", "n_samples"), _VARIED),
    **dict.fromkeys(("name", "label"), 'title = "…"'),
    **dict.fromkeys(("description", "notes", "comment", "summary"), 'about = "…"'),
    **dict.fromkeys(("base", "parent", "inherits", "based_on", "include", "from"), 'extends = "…", a shipped name or a path'),
    **dict.fromkeys(("schedule", "timeline", "shocks", "interventions", "event"), "[[events]], one for each"),
    **dict.fromkeys(("agents", "nodes", "partner", "organisations", "organizations"), '[partners."ID"], with name = value'),
})
EVENT = MappingProxyType({
    **dict.fromkeys(("step", "tick", "time", "at", "when_quarter", "t"), "quarter, counted from 0"),
    **dict.fromkeys(("type", "action", "event", "kind_of_event"), 'what = "set", or another of the words for what happens'),
    **dict.fromkeys(("name", "label", "description"), 'title = "…"'),
    **dict.fromkeys(("values", "value", "settings", "params", "set"), "parameters = { name = value }"),
    **dict.fromkeys(("node", "agent", "organisation", "organization", "id", "who"), 'partner = "…", its id'),
    **dict.fromkeys(("source", "from"), 'a = "…" and b = "…", the ids of the two partners'),
    **dict.fromkeys(("target", "to"), 'a = "…" and b = "…", the ids of the two partners'),
})

"""Words by which SALib, the EMA Workbench, NetLogo's BehaviorSpace, Mesa and R's tools call what a study says here, with ours."""

from __future__ import annotations

from types import MappingProxyType

_LENGTH = "quarters = …, how long each run lasts"
_REPEATS = "replicates = …, how many runs at each point"
_LUCK = "seed = …, one for the whole study"
_POINTS = "[design], with method and points = … (base_rows for sobol, trajectories for morris, curve_points for efast)"
_LATIN = 'method = "latin_hypercube"'
_LENGTHS = ("steps", "n_steps", "max_steps", "ticks", "time_limit", "timelimit", "horizon", "duration", "length")
_REPEATED = ("iterations", "runs", "n_runs", "repetitions", "reps", "n_reps", "repeats", "seeds", "n_seeds", "n_replicates")
_LUCKS = ("rng", "random_seed", "random_state", "rng_seed")
_SIZES = ("n_samples", "samples", "num_samples", "n_points", "size", "n_scenarios", "N", "n", "nsamples", "sample_size")

STUDY = MappingProxyType({
    **dict.fromkeys(_LENGTHS, _LENGTH),
    **dict.fromkeys(_REPEATED, _REPEATS),
    **dict.fromkeys(_LUCKS, _LUCK),
    **dict.fromkeys(_SIZES, _POINTS),
    **dict.fromkeys(("parameters", "variables", "problem", "bounds", "names", "inputs", "sweep", "grid", "values",
                     "variable_parameters", "enumerated_value_set"), "[factors.NAME], one for each parameter that varies"),
    **dict.fromkeys(("fixed_parameters", "constants", "base", "base_scenario", "policy"),
                    'scenario = "…", a shipped name or a path: what is not varied stands in it'),
    **dict.fromkeys(("method", "sampler", "sampling", "sample", "samples_method", "design_method"),
                    '[design], with method = "…"'),
    **dict.fromkeys(("outcomes", "outputs", "metrics", "metric", "reporters", "model_reporters", "kpi", "kpis", "target"),
                    'outcome = "…" and keep = ["…"], measures by name'),
    **dict.fromkeys(("description", "notes", "comment"), 'about = "…"'),
    **dict.fromkeys(("name", "label"), 'title = "…"'),
    **dict.fromkeys(("stopping", "stop_when", "exit_condition", "tolerance"), "[stop], with precision = …"),
})
DESIGN = MappingProxyType({
    **dict.fromkeys((*_SIZES, "points"), "how many points: points for latin_hypercube, base_rows for sobol, trajectories for "
                    "morris, curve_points for efast, levels for factorial"),
    **dict.fromkeys(("n_trajectories", "num_trajectories", "r"), "trajectories = …, of morris"),
    **dict.fromkeys(("num_levels", "n_levels", "p", "steps", "step"),
                    "levels = …, of factorial, one_at_a_time, morris or crossed"),
    **dict.fromkeys(("calc_second_order", "second"), "second_order = true or false, of sobol"),
    **dict.fromkeys(("type", "sampler", "sampling", "name", "kind", "scheme"), 'method = "…"'),
    **dict.fromkeys(("values", "values_of", "grid", "rows"), 'method = "points" and file = "points.csv", one column a factor'),
    **dict.fromkeys((*_REPEATED, "replicates"), "replicates = …, at the top of the file: how many runs at each point"),
    **dict.fromkeys((*_LUCKS, "seed"), "seed = …, at the top of the file"),
})
FACTOR = MappingProxyType({
    **dict.fromkeys(("values", "levels", "options", "categories", "set"),
                    'low and high for a number, with levels under [design]; choices = ["…"] for words; '
                    'or method = "points" with a file for values of your own'),
    **dict.fromkeys(("min", "lower", "lower_bound", "minimum", "start"), "low = …"),
    **dict.fromkeys(("max", "upper", "upper_bound", "maximum", "stop", "end"), "high = …"),
    **dict.fromkeys(("bounds", "range", "interval", "limits"), "low = … and high = …"),
    **dict.fromkeys(("step", "by", "increment", "steps"), "levels = … under [design], of factorial or one_at_a_time"),
    **dict.fromkeys(("distribution", "dist", "dists", "prior"), "nothing: points are spread evenly between low and high"),
    **dict.fromkeys(("name", "title"), 'label = "…"; the name stands in [factors.NAME]'),
})
METHODS = MappingProxyType({
    **dict.fromkeys(("lhs", "latin", "latin_hypercube_sampling", "latinhypercube", "lhsmdu", "maximin_lhs", "qmc"), _LATIN),
    **dict.fromkeys(("mc", "monte_carlo", "montecarlo", "random", "uniform", "random_sampling"),
                    f"{_LATIN}, which spreads as many points more evenly"),
    **dict.fromkeys(("saltelli", "sobol_saltelli", "saltelli_sobol", "sobol_sequence", "sobol_indices", "variance"),
                    'method = "sobol"'),
    **dict.fromkeys(("fast", "fast99", "extended_fast", "fast_sampler", "rbd_fast"), 'method = "efast"'),
    **dict.fromkeys(("grid", "full_factorial", "fullfactorial", "fullfact", "ff", "cartesian", "product", "sweep"),
                    'method = "factorial"'),
    **dict.fromkeys(("oat", "ofat", "one_at_a_time_sampling", "local", "tornado"), 'method = "one_at_a_time"'),
    **dict.fromkeys(("elementary_effects", "ee", "morris_screening", "screening"), 'method = "morris"'),
    **dict.fromkeys(("csv", "file", "list", "values", "custom", "explicit"), 'method = "points" and file = "points.csv"'),
    **dict.fromkeys(("rdm", "robust", "mordm", "levers_and_uncertainties", "scenarios_and_policies"), 'method = "crossed"'),
})

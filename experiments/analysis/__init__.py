"""Analyses of a sweep: plain functions from DataFrames to tidy DataFrames, one module a theme.

Importing this package loads nothing; import the module you need. Two tables come in everywhere.

`results`, one row per run
    run_id str; point int (the design point); replicate int (replicate k has the same luck at every point);
    one column per factor; `regime` str; `integration`, `form`, `outcome`, `equity`, `seamless` float;
    `time_to_integration`, `time_to_stall`, `time_to_collapse` quarters, NaN where it did not happen;
    `quarters` (the run's length; `horizon` is read where no factor has that name); `blocker` str and
    `blocker_<name>` shares.
`design`, one row per point
    see `experiments.designs`.

Wherever a function takes an `outcome` it is the name of a numeric column of `results`, or "regime:stalled" (any
regime), which is 1.0 for the runs that ended so and 0.0 for the rest.

    run_tables             checks, outcomes, complete blocks of an unfinished sweep
    intervals              Wilson and Student intervals, resampling of base rows and replicates
    variance_shares        how much of the spread is parameters and how much is luck
    sobol, morris, efast   sensitivity indices with intervals
    convergence            how many replicates a stated precision needs
    effects                paired effects of a lever, and interactions, under the same luck
    survival, event_times  time to integration, stall and collapse
    regime_shares          regime shares, overall and over two factors
    prim, tree             scenario discovery
    binding_blockers       what holds places back, and where
    thresholds             regimes again under other thresholds
    pictures               Plotly figures of all of these
"""

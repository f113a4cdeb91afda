"""What a sweep's folder says about itself: the manifest for people, inputs/sweep.json for running a row again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from experiments.designs.factors import FactorKind, Value
from experiments.running.chunk import Context, Point
from experiments.running.kept_measures import kept_measures, measures_described
from experiments.running.kept_rules import described, kept_sets
from experiments.running.plan import Plan
from experiments.study.place_numbers import label_of
from experiments.study.study import RULE, Study, Varies, chosen_of
from incentive_abm import EXPLORATION
from incentive_abm.errors import StudyError
from incentive_abm.files import readable
from incentive_abm.parameters import parameter
from incentive_abm.place import load_place
from incentive_abm.scenario import scenario_from_text


def describe(plan: Plan, places: Mapping[str, str], scenarios: Mapping[str, str]) -> dict[str, Any]:
    """Everything but the places and scenarios themselves, whose files inside the folder are given by name."""
    study = plan.study
    return {
        "format": 1,
        "fingerprint": plan.fingerprint,
        "key": plan.context.key,
        "version": plan.context.version,
        "quarters": study.quarters,
        "replicates": study.replicates,
        "outcome": study.outcome,
        "keep": list(study.keep),
        "series": list(study.series),
        "places": dict(places),
        "scenarios": dict(scenarios),
        "rules": described(dict(plan.context.rules)),
        "rules of every run": [list(each) for each in study.rules],
        "own measures": measures_described(study.own),
        "chunks": plan.n_chunks,
        "factors": [
            {
                "name": each.name,
                "kind": each.factor.kind.value,
                "varies": each.varies.value,
                "label": each.label,
                "on": dict(each.on),
                "off": dict(each.off),
            }
            for each in study.factors
        ],
    }


def manifest_words(plan: Plan) -> dict[str, Any]:
    """The manifest as it stands before the first run."""
    study = plan.study
    return {
        "title": study.title,
        "question": study.question,
        "about": study.about,
        "study": study.name,
        "study_source": study.source,
        "note": EXPLORATION,
        "outcome": study.outcome,
        "labels": dict(study.labels()) | {each.name: each.meaning for each in study.own}
        | {column: label_of(column) for column in study.place_numbers},
        "value_labels": {"place": {source.name: source.title or plan.places[source.name].title for source in study.places}},
        "contrast": None if study.contrast is None else asdict(study.contrast),
        "map": list(study.map),
        "robust": asdict(study.robust),
        "runs_planned": plan.n_runs,
        "runs_done": 0,
        "runs_failed": 0,
        "complete": False,
        "points": plan.n_points,
        "replicates": study.replicates,
        "quarters": study.quarters,
        "seed": study.seed,
        "luck": _luck(study),
        "method": study.method.value,
        "places": {
            name: f"{place.title}, {len(place.partners)} partners, {len(place.ties)} ties" for name, place in plan.places.items()
        },
        "scenarios": {name: scenario.title for name, scenario in study.scenarios},
        "rules": {rules.told: rules.hash for rules in plan.rule_sets if rules},
        "own measures": {each.name: f"{each.meaning}; {each.hash}" for each in study.own},
        "version": plan.context.version,
        "source": plan.context.source,
        "fingerprint": plan.fingerprint,
    }


def _luck(study: Study) -> str:
    if study.luck_by_future:
        return "the same for every policy of a future, each future its own"
    return "the same for a replicate at every point" if study.common_luck else "each run its own"


def context_of(folder: Path, sweep: Mapping[str, Any], source: str) -> Context:
    """The context of the sweep in a folder, from the inputs kept there; `source` is that of the code which will run it."""
    try:
        places = tuple((name, load_place(folder / path)) for name, path in sweep["places"].items())
        scenarios = tuple(
            (name, scenario_from_text(readable(folder / path).read_text(encoding="utf-8"), name))
            for name, path in sweep["scenarios"].items()
        )
        for what, found in (("place", places), ("scenario", scenarios)):
            for name, each in found:
                if each.hash[:16] != sweep["fingerprint"][f"{what} {name}"]:
                    raise StudyError(f"{folder / sweep[f'{what}s'][name]} is not the {what} that was swept: it has been changed "
                                     "since, or the code has; the same sweep, run again, mends it")
        columns = tuple((each["name"], FactorKind(each["kind"])) for each in sweep["factors"])
        return Context(
            sweep["key"],
            source,
            sweep["version"],
            places,
            scenarios,
            int(sweep["quarters"]),
            sweep["outcome"],
            tuple(sweep["keep"]),
            tuple(sweep["series"]),
            columns,
            kept_sets(folder, sweep.get("rules", [])),
            kept_measures(folder, sweep.get("own measures", [])),
        )
    except (KeyError, ValueError, TypeError, AttributeError, OSError) as error:
        raise StudyError(f"{folder / 'inputs'}: damaged ({error!r})") from None


def point_of(sweep: Mapping[str, Any], row: Mapping[str, Any]) -> Point:
    """A design point again from a row of results."""
    values: tuple[Value, ...] = tuple(row[each["name"]] for each in sweep["factors"])
    overrides: dict[str, float] = {}
    for each, value in zip(sweep["factors"], values, strict=True):
        if Varies(each["varies"]) is Varies.BUNDLE:
            overrides |= each["on"] if value else each["off"]
        elif Varies(each["varies"]) is Varies.PARAMETER:
            overrides[each["name"]] = parameter(each["name"], "inputs/sweep.json").read(value)
    varied = ((each["name"].removeprefix(RULE), str(value)) for each, value in zip(sweep["factors"], values, strict=True)
              if Varies(each["varies"]) is Varies.RULE)
    always = ((str(what), str(choice)) for what, choice in sweep.get("rules of every run", []))
    return Point(int(row["point"]), str(row["scenario"]), tuple(overrides.items()), values, chosen_of((*always, *varied)))

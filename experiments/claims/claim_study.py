"""A claim as a study: all its arms meet the same backgrounds with the same luck. Anyone can sweep its file alone."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

from experiments.claims.claim import Claim, Trial
from experiments.study import study_from_text
from experiments.study.study import Study
from incentive_abm.files import write_text_whole
from incentive_abm.parameters import PARAMETERS, Role, Scope

BACKGROUNDS, QUARTERS, SEED = 640, 60, 1
SHIPPED = "shipped"
BROKERED = Path(__file__).parent / "brokered.toml"
SIZES = {12: (1, 1, 6, 4), 24: (2, 2, 12, 8), 48: (4, 3, 25, 16)}
"""Partners of a generated place, and how many of each kind: the mix of one average English system."""
COPIES = 5


@dataclass(frozen=True)
class Backgrounds:
    """How many backgrounds, on which places (SHIPPED or folders; none: those of the protocol), from which seed, by which rules
    in the place of shipped ones (as `--rule` writes them)."""

    count: int = BACKGROUNDS
    places: tuple[str, ...] = ()
    seed: int = SEED
    rules: tuple[str, ...] = ()


def write_study(claim: Claim, backgrounds: Backgrounds, folder: Path) -> Study:
    """Write a claim's study and its arms into a folder, and read them back; raises UserError for a place that is not there."""
    assert claim.trial is not None
    write_text_whole(folder / "arms.csv", _arms(claim.trial))
    write_text_whole(folder / "brokered.toml", BROKERED.read_text(encoding="utf-8"))
    text = study_text(claim, claim.trial, backgrounds)
    write_text_whole(folder / "study.toml", text)
    return study_from_text(text, claim.id, folder, str(folder / "study.toml"))


def study_text(claim: Claim, trial: Trial, backgrounds: Backgrounds) -> str:
    """The study as TOML."""
    measured = trial.outcome.measured
    at_rest = [row.name for row in PARAMETERS.values() if row.role in (Role.LEVER, Role.UNCERTAINTY)
               and row.scope is not Scope.DATA and row.name not in trial.moved]
    several = len(backgrounds.places) != 1
    lines = [
        f"title = {_text(f'Claim {claim.id}')}",
        f"question = {_text(f'{claim.says}: what does the model say?')}",
        'about = "Written by incentive-abm claims; the rule of verdicts is in docs/claims-protocol.md."',
        f"seed = {seed_of(claim, backgrounds.seed)}",
        f"quarters = {QUARTERS}",
        f"scenario = {_text('brokered.toml' if measured.brokered else 'today')}",
        f"keep = {json.dumps(list(measured.keep))}",
        f"keep_series = {json.dumps(list(measured.series))}",
        "luck_by_future = true" if trial.moved else "common_luck = false",
        *([f"rules = {json.dumps(list(backgrounds.rules), ensure_ascii=False)}"] if backgrounds.rules else []),
        *([] if several else [f"place = {_text(backgrounds.places[0])}"]),
        *(_places(backgrounds.places) if several else []),
        *(f"\n[levers.{name}]" for name in trial.moved),
        *(f"\n[uncertainties.{name}]" for name in (*(["place"] if several else []), *at_rest)),
        "\n[design]",
        *(('method = "crossed"', f"futures = {backgrounds.count}", 'policies = "arms.csv"') if trial.moved
          else ('method = "latin_hypercube"', f"points = {backgrounds.count}")),
    ]
    return "\n".join(lines) + "\n"


def seed_of(claim: Claim, seed: int) -> int:
    """The seed of a claim's backgrounds and luck: each claim has its own."""
    return 1 + int.from_bytes(blake2b(f"{seed}/{claim.id}".encode(), digest_size=4).digest(), "little") % (2**31 - 2)


def _places(given: tuple[str, ...]) -> list[str]:
    if given:
        named = {Path(each).resolve().name if each != SHIPPED else SHIPPED: each for each in given}
        return [f"\n[places.{_text(name)}]\n" + ("shipped = true" if each == SHIPPED else f"folder = {_text(each)}")
                for name, each in named.items()]
    kinds = ("trusts", "councils", "gps", "voluntary")
    return [f"\n[places.{SHIPPED}]\nshipped = true", *(
        f"\n[places.partners-{size}]\ngenerate = {{ seed = {1000 * size}, copies = {COPIES}, "
        + ", ".join(f"{kind} = {count}" for kind, count in zip(kinds, mix, strict=True)) + " }"
        for size, mix in SIZES.items())]


def _arms(trial: Trial) -> str:
    sink = io.StringIO()
    writer = csv.writer(sink, lineterminator="\n")
    writer.writerow(trial.moved)
    writer.writerows([PARAMETERS[name].show(value) for name, value in arm.settings] for arm in trial.arms)
    return sink.getvalue()


def _text(value: str) -> str:
    return json.dumps(value, ensure_ascii=False)

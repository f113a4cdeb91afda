"""The rules of a sweep as its folder keeps them: what was chosen, and users' files as they were, to run a row again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from experiments.running.chunk import Choices, told_of
from incentive_abm.compiling.rule_set import FromText, RuleSet
from incentive_abm.errors import StudyError
from incentive_abm.rivals.choosing import together

Sets = Mapping[Choices, RuleSet]


def hashes_of_rules(sets: Sets) -> dict[str, str]:
    """What a sweep's fingerprint says of its rules; nothing where they are the shipped ones."""
    found: dict[str, str] = {}
    for chosen, rules in sorted(sets.items()):
        if rules:
            name = f"rules {told_of(chosen)}"
            found[name] = f"{found[name]} {rules.hash}" if name in found else rules.hash
    return found


def files_of_rules(sets: Sets) -> dict[str, str]:
    """The text of each user's file, by the name it is kept under."""
    texts = dict.fromkeys(origin.text for origin in _origins(sets))
    return {f"inputs/rules/{k}.py": text for k, text in enumerate(texts)}


def described(sets: Sets) -> list[dict[str, Any]]:
    """Each set as inputs/sweep.json tells it: what was chosen, and in which kept file what was chosen from a file stands."""
    kept = {text: name for name, text in files_of_rules(sets).items()}
    return [{"choices": [list(each) for each in chosen], "told": rules.told, "hash": rules.hash,
             "files": {name: kept[function.loaded_from.text] for name, function in rules.instead.items()
                       if hasattr(function, "loaded_from")}}
            for chosen, rules in sets.items()]


def kept_sets(folder: Path, told: Sequence[Mapping[str, Any]]) -> tuple[tuple[Choices, RuleSet], ...]:
    """The sets again; raises StudyError where a kept file, or a rival, is not what it was when the sweep was begun."""
    found = []
    for each in told:
        chosen = tuple((str(what), str(choice)) for what, choice in each["choices"])
        files = each["files"]
        again = {what: f"{files[what]}:{choice.rpartition(':')[2]}" if what in files else choice for what, choice in chosen}
        rules = together(again, folder)
        if rules.hash != each["hash"]:
            raise StudyError(f"{folder}: the rules {each['told'] or 'shipped'} are not those of the sweep: they have changed "
                             "since; the same sweep, run again with --fresh, begins anew")
        found.append((chosen, rules))
    return tuple(found)


def _origins(sets: Sets) -> list[FromText]:
    functions: list[Any] = [function for rules in sets.values() for function in rules.instead.values()]
    return [function.loaded_from for function in functions if hasattr(function, "loaded_from")]

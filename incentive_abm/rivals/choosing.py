"""From what a user writes, `trust.evidence_for=my_rules.py:fixed_memory` or `bargaining=nash`, to a set of rules."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from incentive_abm.compiling.rule_set import SHIPPED, Rule, RuleSet, loaded
from incentive_abm.errors import UserError, nearest, quoted
from incentive_abm.files import path_of, readable, why
from incentive_abm.rivals.catalogue import RIVALS, shipped_rules, why_not
from incentive_abm.rivals.checking import checked

AS_SHIPPED = "shipped"
EXPECTED = "expected RULE=FILE.py:FUNCTION, for example trust.evidence_for=my_rules.py:fixed_memory, or THEME=RIVAL, for " \
           "example bargaining=nash"


def rule_set(*choices: str, folder: str | Path = "") -> RuleSet:
    """The shipped rules with others in the place of some: rivals by theme and name, or functions of your own from files.

    folder: where files are looked for, the current one where none is given. Raises UserError for a rule, a rival, a file or a
    function that cannot be used; each function is compiled and tried before anything is run.

    >>> from incentive_abm import rule_set
    >>> sorted(rule_set("bargaining=nash").instead)
    ['bargaining.appeal', 'bargaining.aspiration']
    >>> rule_set("bargaining=nahs")
    Traceback (most recent call last):
    incentive_abm.errors.UserError: bargaining=nahs: ... (did you mean nash?); expected one of shipped, ...
    """
    return together({split(each)[0]: split(each)[1] for each in _once(choices)}, Path(folder))


def together(chosen: Mapping[str, str], folder: Path) -> RuleSet:
    """The set that these choices make, by what they replace; raises UserError as `rule_set`."""
    instead: dict[str, Rule] = {}
    by: dict[str, str] = {}
    told = []
    for what, choice in chosen.items():
        found = replacements(what, choice, folder)
        for name in found:
            if name in instead:
                raise UserError(f"{what}={choice} and {by[name]} both replace {name}; leave out one of the two")
            by[name] = f"{what}={choice}"
        instead |= found
        if found:
            told.append(f"{what}={choice}")
    if not instead:
        return SHIPPED
    made = RuleSet(instead, "; ".join(sorted(told)))
    checked(made, by)
    return made


def split(written: str) -> tuple[str, str]:
    """What is replaced, and by what."""
    what, sign, choice = written.partition("=")
    if not sign or not what.strip() or not choice.strip():
        raise UserError(f"{quoted(written)} chooses no rule; {EXPECTED}")
    return what.strip(), choice.strip()


def from_here(written: str) -> tuple[str, str]:
    """What is replaced, and by what, where a file is named from the current folder; it is named whole."""
    what, choice = split(written)
    named, sign, function = choice.rpartition(":")
    return what, f"{path_of(named).absolute()}:{function}" if sign else choice


def _once(choices: Iterable[str]) -> list[str]:
    listed = [choices] if isinstance(choices, str) else list(choices)
    names = [split(each)[0] for each in listed]
    for name in names:
        if names.count(name) > 1:
            raise UserError(f"{name} is chosen twice; expected each rule or theme once")
    return listed


def replacements(what: str, choice: str, folder: Path) -> dict[str, Rule]:
    """Which functions stand in the place of which rules by one choice, not compiled yet; raises UserError."""
    known = shipped_rules()
    if what not in RIVALS and what not in known:
        both = [*RIVALS, *known]
        raise UserError(f"no rule or theme is called {quoted(what)}{nearest(what, both)}; expected a theme ({', '.join(RIVALS)}) "
                        "or a rule as docs/model/rule-index.md lists them, for example trust.evidence_for")
    if what in known and why_not(what):
        raise UserError(f"{what} cannot be replaced: {why_not(what)}")
    if choice == AS_SHIPPED:
        return {}
    if what in RIVALS:
        rivals = RIVALS[what]
        if choice not in rivals:
            names = [AS_SHIPPED, *rivals]
            raise UserError(f"{what}={choice}: no rival of the theme {what} is called {quoted(choice)}{nearest(choice, names)}; "
                            f"expected one of {', '.join(names)}")
        return dict(rivals[choice].instead)
    named, sign, function = choice.rpartition(":")
    if not sign:
        raise UserError(f"{what}={choice}: {quoted(choice)} names no function of a file; expected shipped or FILE.py:FUNCTION, "
                        f"for example {what}=my_rules.py:{what.rpartition('.')[2]}")
    return {what: function_of(folder / path_of(named), named, function, f"{what}={choice}")}


def function_of(path: Path, shown: str, name: str, where: str) -> Rule:
    """One function of a file; raises UserError for a file that cannot be read or run, or has no such function."""
    try:
        text = readable(path).read_text(encoding="utf-8")
    except OSError as error:
        raise UserError(f"{where}: the file {shown} cannot be read: {why(error)}") from None
    except UnicodeDecodeError as error:
        raise UserError(f"{where}: {shown} is not a UTF-8 text (byte {error.start})") from None
    try:
        found = loaded(text, str(path))
    except SyntaxError as error:
        raise UserError(f"{where}: {shown}, line {error.lineno}: not Python: {error.msg}") from None
    except Exception as error:
        line = _line(error, str(path))
        raise UserError(f"{where}: {shown}{line}: running it stops with {type(error).__name__}: {error}") from None
    if name not in found:
        among = f"; it defines {', '.join(found)}" if found else "; it defines none"
        raise UserError(f"{where}: {shown} defines no function {quoted(name)}{nearest(name, found)}{among}")
    return found[name]


def _line(error: BaseException, path: str) -> str:
    at, trace = "", error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == path:
            at = f", line {trace.tb_lineno}"
        trace = trace.tb_next
    return at

"""Writes the generated parts of the documents: tables drawn from the code, between markers in hand-written pages.

`python -m tools.documents` rewrites them (`make documents` does the same); with `--check` it only tells what is out of date.
A part stands between `<!-- generated: name -->` and `<!-- end: name -->`. Nothing else in a page is touched.
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import takewhile
from pathlib import Path

from incentive_abm.chance import Stream
from incentive_abm.files import write_text_whole
from incentive_abm.kinds import Kind, Phase, Regime, Value
from incentive_abm.measures import Measure
from incentive_abm.parameters import PARAMETERS, Group, Parameter
from incentive_abm.place import draw_map, shipped_place
from incentive_abm.place.csv_columns import PARTNER_COLUMNS, TIE_COLUMNS, Column
from incentive_abm.place.importing.headings import PARTNER_WORDS, TIE_WORDS
from incentive_abm.place.importing.kind_words import KIND_WORDS
from incentive_abm.place.importing.maps import What
from incentive_abm.place.importing.numbers import LIKERT
from incentive_abm.results import run_columns as results
from incentive_abm.rivals.catalogue import RIVALS
from incentive_abm.rules.values import PROFILES
from incentive_abm.scenario import shipped_scenarios
from incentive_abm.state.declared import fields_of
from incentive_abm.state.facts import STRANDED, TREND, PartnerFacts, TieFacts
from incentive_abm.state.partner import PartnerState
from incentive_abm.state.place import PlaceFields
from incentive_abm.state.tie import SideState, TieState
from tools import claims, levers, model_words
from tools.markdown import anchor, cell, heading, linked, table
from tools.rival_examples import EXAMPLES, LIMITS

ROOT = Path(__file__).parent.parent
PAGES = ("MODEL.md", *(f"docs/model/{name}.md" for name in (
    "rules", "rule-index", "rivals", "parameters", "state", "measures", "chance", "input", "scenarios", "levers")),
         "docs/tables.md", "docs/importing.md", "docs/claims.md", "docs/claims-protocol.md")
WHOLE: Mapping[str, Callable[[], str]] = {model_words.SCRIPT: model_words.script}
"""Files that are generated from first line to last."""
MAP = "docs/marlshire.svg"
RULES = ROOT / "incentive_abm" / "rules"
SCENARIOS = ROOT / "incentive_abm" / "scenarios"
THEMES = ("values", "appraisal", "fallback", "bargaining", "commitment", "compacts", "delivery", "trust", "relations",
          "leadership", "practice", "feedback", "politics", "money", "way", "blockers", "arithmetic")
"""Files of rules in the order in which a quarter needs them; a new file is missed by `rules_by_theme`, which then fails."""

DRAWN: Mapping[Stream, tuple[str, str]] = {
    Stream.VALUE_START: ("partner, numbered by value", "V1: jitter of a partner's starting values"),
    Stream.SKILL_START: ("partner", "L: skill of the first leader"),
    Stream.AT_THE_TABLE: ("partner", "Q1: which voluntary partners take part in talks"),
    Stream.TRUST_START: ("side of a tie", "T: first belief in the other"),
    Stream.REVERSAL: ("the place", "P1: an election reverses the policy"),
    Stream.REORGANISATION: ("the place", "P1: a reorganisation from above"),
    Stream.BAILOUT: ("partner", "M2: a trust in deficit is bailed out"),
    Stream.DEPARTURE: ("partner", "L1: a leader leaves"),
    Stream.SUCCESSOR: ("partner", "L2: background of the successor"),
    Stream.SUCCESSOR_SKILL: ("partner", "L2: skill of the successor"),
    Stream.SHOCK: ("partner", "C5: a sudden priority arrives"),
    Stream.SHOCK_SIZE: ("partner", "C5: its size"),
    Stream.FIRST_OFFER: ("tie", "B3: which side opens the talks"),
    Stream.WALK_OUT: ("side of a tie", "C3: a side that has lost for too long leaves"),
    Stream.PROMISE: ("side of a tie", "D1: a promise is kept"),
    Stream.MISREAD: ("side of a tie", "T2: a kept promise looks broken"),
    Stream.CREDIT: ("side of a tie", "T2: a kept promise gets half the credit"),
    Stream.EXPERIMENT: ("partner", "O5: a team tries something new"),
    Stream.EXPERIMENT_WORKS: ("partner", "O5: it works"),
    Stream.BALANCE_NOISE: ("partner", "M1: luck with money"),
    Stream.TENURE_START: ("partner", "L: how long the first leader has been there"),
    Stream.PILOT: ("tie", "R: which ties start as supported pilots"),
    Stream.PLACE_DIFFERS: ("all its partners, whatever the seed", "R: how far a whole place starts above or below others"),
    Stream.UNCLEAR_COSTS: ("side of a tie", "G6: by how much a compact costs more than was reckoned"),
    Stream.GIVING_UP: ("partner", "G4: who holds a compact by which it has lost for too long gives it up"),
    Stream.PLACE_POSITION: ("generated partner", "where it is"),
    Stream.PLACE_SIZE: ("generated partner", "how large it is"),
    Stream.PLACE_FLOW: ("generated partner or tie", "flows of people"),
    Stream.PLACE_BALANCE: ("generated partner", "its balance and reach"),
}
TESTS: Mapping[Regime, str] = {
    Regime.INTEGRATED: "I ≥ {integrated_from} in each of the last {integrated_quarters} quarters, and the largest integrated "
                       "group joins at least {integrated_kinds} kinds at the end",
    Regime.COLLAPSED: "I had reached {collapsed_from} and ends at {collapsed_share} of its peak or less",
    Regime.BUSY: "F ≥ {busy_form} and I < {busy_function} at the end",
    Regime.NEVER_STARTED: "F never reached {started_form}",
    Regime.PROGRESSING: "I gained at least {gain} over the last {gain_quarters} quarters",
    Regime.STALLED: "everything else",
}
RULE_ID = re.compile(r"((?:[A-Z]\d?(?:(?:–|, )[A-Z]\d?)*(?: \([^)]+\))?|Blockers))\. (.*)", re.DOTALL)


@dataclass(frozen=True)
class RuleText:
    """What a rule's docstring says: its ids (`C1, C2`), the sentence with its equation, and its source."""

    name: str
    ids: str
    says: str
    source: str

    def each_id(self) -> list[str]:
        """Its ids one by one: `C1–C3, Q2 (order switch)` gives C1, C2, C3, Q2."""
        found: list[str] = []
        for part in re.sub(r" \(.*?\)", "", self.ids).split(", "):
            first, _, last = part.partition("–")
            found += [f"{first[0]}{n}" for n in range(int(first[1:]), int(last[1:]) + 1)] if last else [part]
        return [each for each in found if each]


def range_of(row: Parameter) -> str:
    """The values a parameter may take."""
    return ", ".join(row.choices) if row.choices else f"{row.low:g} to {row.high:g}"


def parameters() -> str:
    """Every parameter, by group, in the table's order."""
    parts = []
    for group in Group:
        rows = [p for p in PARAMETERS.values() if p.group is group]
        if rows:
            parts.append(f"{heading(group.value)}\n\n" + table(
                ("parameter", "default", "range", "unit", "role", "scope", "meaning", "source"),
                ((linked(p.name), str(p.show(p.default)), range_of(p), "" if p.choices else p.unit, p.role.value,
                  p.scope.value, cell(f"{p.label}. {p.meaning}"), cell(p.source)) for p in rows)))
    return "\n\n".join(parts)


def parameter_index() -> str:
    """Every parameter, by alphabet."""
    return " · ".join(f"[`{name}`](#{name})" for name in sorted(PARAMETERS))


def rules_in(path: Path) -> Iterator[RuleText]:
    """The rules of one file, in its order; raises ValueError for one that has no docstring."""
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if not isinstance(node, ast.FunctionDef) or not any(
                isinstance(each, ast.Name) and each.id == "rule" for each in node.decorator_list):
            continue
        text = ast.get_docstring(node)
        if not text:
            raise ValueError(f"{path.name}: rule {node.name} has no docstring")
        says, _, source = " ".join(text.split()).partition("Source: ")
        found = RULE_ID.match(says)
        ids, says = (found[1], found[2]) if found else ("", says)
        yield RuleText(node.name, ids, says.strip(), source.strip())


def rules_by_theme() -> dict[str, list[RuleText]]:
    """Every rule by theme; raises ValueError where a file of rules is not among the themes."""
    files = {path.stem for path in RULES.glob("*.py")} - {"__init__"}
    if files != set(THEMES):
        raise ValueError(f"themes and files of rules differ: {', '.join(sorted(files ^ set(THEMES)))}")
    return {theme: list(rules_in(RULES / f"{theme}.py")) for theme in THEMES}


def docstring(path: Path) -> str:
    """What a module says of itself."""
    return ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""


def title_of(path: Path) -> str:
    """The first line of a module's docstring, without its full stop."""
    return docstring(path).splitlines()[0].rstrip(".")


def theme_title(theme: str) -> str:
    """What a file of rules is about; its heading."""
    title = title_of(RULES / f"{theme}.py")
    return f"{title[0].upper()}{title[1:]}"


def rules() -> str:
    """Every rule, by theme, below what the file of the theme says of itself."""
    def said(theme: str) -> str:
        more = docstring(RULES / f"{theme}.py").partition("\n\n")[2]
        return f"In `incentive_abm/rules/{theme}.py`.\n\n{more}".strip()

    return "\n\n".join(f"## {theme_title(theme)}\n\n{said(theme)}\n\n" + table(
        ("id", "rule", "what happens", "source"),
        ((rule.ids, linked(rule.name), cell(rule.says), cell(rule.source)) for rule in texts))
        for theme, texts in rules_by_theme().items())


def rule_themes() -> str:
    """The themes of the rules, each with where its rules stand."""
    return table(("theme", "ids", "rules"), (
        (f"[{cell(theme_title(theme))}](docs/model/rules.md#{anchor(theme_title(theme))})",
         ", ".join(dict.fromkeys(each for rule in texts for each in rule.each_id())), str(len(texts)))
        for theme, texts in rules_by_theme().items()))


def rule_index() -> str:
    """Where each rule stands: by id, and by the name of its function."""
    every = [rule for texts in rules_by_theme().values() for rule in texts]
    by_id: dict[str, list[str]] = {}
    for rule in every:
        for each in rule.each_id():
            by_id.setdefault(each, []).append(rule.name)

    def link(name: str) -> str:
        return f"[`{name}`](rules.md#{name})"

    first = table(("id", "rules"), ((each, ", ".join(link(name) for name in by_id[each])) for each in sorted(by_id)))
    second = table(("rule", "ids", "in short"), (
        (link(rule.name), rule.ids, cell(re.split(r"[:;.](?: |$)", rule.says)[0]))
        for rule in sorted(every, key=lambda rule: rule.name)))
    return f"## By id\n\n{first}\n\n## By name\n\n{second}"


def rivals() -> str:
    """Every rival that comes with the package, by theme: its name, what it says, the rules that it replaces, an example worked by
    all of them, and what each must come to."""
    def replaced(rules: Iterable[str]) -> str:
        return ", ".join(f"[`{rule}`](rules.md#{rule.partition('.')[2]})" for rule in rules)

    parts = []
    for theme, named in RIVALS.items():
        rows = ((f"`{name}`", cell(rival.about), replaced(rival.instead)) for name, rival in named.items())
        functions = dict.fromkeys(each for rival in named.values() for each in rival.instead.values())
        told = "\n".join(f"- {' '.join((each.__doc__ or '').split())}" for each in functions)
        limits = ((f"`{name}`", limit) for name, limit in LIMITS[theme].items())
        parts.append(f"## {theme}\n\n{table(('name', 'in short', 'replaces'), rows)}\n\n{told}\n\n**An example.** "
                     f"{EXAMPLES[theme]()}\n\n{table(('rule', 'must come to'), limits)}")
    return "\n\n".join(parts)


def measures() -> str:
    """Every measure of a quarter."""
    return table(("column", "meaning"), ((linked(m.code), cell(m.meaning)) for m in Measure))


def regimes() -> str:
    """Every regime with its test, thresholds at their defaults."""
    limits = {name: str(p.show(p.default)) for name, p in PARAMETERS.items()}
    return table(("order", "regime", "in plain words", "test"), (
        (str(r + 1), r.label, r.meaning, TESTS[r].format_map(limits)) for r in Regime))


def streams() -> str:
    """Every stream of chance."""
    return table(("number", "stream", "address beside seed and quarter", "what it decides"), (
        (str(int(s)), linked(s.name.lower()), *DRAWN[s]) for s in Stream))


def phases() -> str:
    """The phases in their order, each with what the engine's module of its name says of itself."""
    def said(phase: Phase) -> str:
        told = title_of(ROOT / "incentive_abm" / "engine" / f"{phase.name.lower()}.py").partition(": ")[2]
        return f"{told[0].upper()}{told[1:]}."

    return table(("phase", "name", "what happens"), ((str(p + 1), p.name.lower(), cell(said(p))) for p in Phase))


def state() -> str:
    """Every field of every record, with what a run keeps of it by quarter and which phase adds it up."""
    holders = (("A partner", PartnerState), ("What does not change about a partner", PartnerFacts), ("A tie", TieState),
               ("Each side of a tie", SideState), ("What does not change about a tie", TieFacts), ("The place", PlaceFields))
    return "\n\n".join(f"{heading(title)}\n\n" + table(("variable", "unit", "meaning", "kept by quarter", "added up in"), (
        (f"`{f.name}`", f.unit, cell(f.meaning), "yes" if f.picture else "", f.cleared.name.lower() if f.cleared else "")
        for f in fields_of(holder))) for title, holder in holders)


def kinds() -> str:
    """What sets the four kinds apart: their values, and how stranded costs and the trend in money fall on them."""
    return table(("kind", *(v.label for v in Value), "stranded costs", "drift into deficit"), (
        (kind.label, *(f"{weight:g}" for weight in PROFILES[kind]), f"{STRANDED[kind]:g}", f"{TREND[kind]:g}") for kind in Kind))


def input_columns() -> str:
    """The columns of both files of a place."""
    def rows(columns: Mapping[str, Column]) -> Iterator[tuple[str, ...]]:
        for column in columns.values():
            yield (f"`{column.name}`", "yes" if column.required else "no", cell(column.meaning),
                   cell(column.expected) if column.number else "text")

    head = ("column", "required", "meaning", "a cell holds")
    return (f"### partners.csv\n\n{table(head, rows(PARTNER_COLUMNS))}\n\n### ties.csv\n\n{table(head, rows(TIE_COLUMNS))}")


def import_columns() -> str:
    """The words for our columns that an import knows."""
    def rows(words: Mapping[str, tuple[str, ...]]) -> Iterator[tuple[str, ...]]:
        return ((f"`{column}`", cell(", ".join(known))) for column, known in words.items())

    head = ("column", "headings that are taken for it")
    return f"### Of partners\n\n{table(head, rows(PARTNER_WORDS))}\n\n### Of ties\n\n{table(head, rows(TIE_WORDS))}"


def import_kinds() -> str:
    """The words for kinds that an import knows."""
    return table(("taken as", "words", "why, where the model has no kind of its own"),
                 ((f"`{row.kind.code}`", cell(", ".join(row.words)), cell(row.stand_in)) for row in KIND_WORDS))


def import_answers() -> str:
    """What --map can answer, and answers in words."""
    words = ", ".join(f"{word} ({value:g})" for word, value in LIKERT.items())
    said = ((f"`--map {what.value}:…=…`", cell(what.meaning)) for what in What)
    return f"{table(('option', 'what stands on both sides'), said)}\n\nAnswers in words, and what they stand for: {words}."


def scenarios() -> str:
    """The scenarios that come with the package."""
    return table(("name", "title", "question", "source"), (
        (f"`{name}`", cell(s.title), cell(s.question), cell(s.source)) for name, s in shipped_scenarios().items()))


def cases() -> str:
    """What the comments above a scenario's title say: for those after a real case, its facts, what follows, what is left out."""
    def above(path: Path) -> str:
        lines = takewhile(lambda line: line.startswith("#"), path.read_text(encoding="utf-8").splitlines())
        return "\n".join(line.removeprefix("#").removeprefix(" ") for line in lines)

    said = {path.stem: above(path) for path in SCENARIOS.glob("*.toml")}
    return "\n\n".join(f"### {name}\n\n{said[name]}" for name in shipped_scenarios() if said[name])


def result_tables() -> str:
    """Every column of every table of a run's folder."""
    names = (results.RUNS, results.MEASURES, results.EVENTS, results.PARTNERS, results.TIES)
    return "\n\n".join(f"## {name}.parquet\n\n" + table(("column", "type", "unit", "meaning"), (
        (f"`{c.name}`", c.type, c.unit, cell(c.meaning)) for c in results.columns_of(name))) for name in names)


PARTS: Mapping[str, Callable[[], str]] = {
    "parameters": parameters, "parameter index": parameter_index, "rules": rules, "rule themes": rule_themes,
    "rule index": rule_index, "rivals": rivals, "measures": measures, "regimes": regimes, "streams": streams, "phases": phases,
    "state": state, "kinds": kinds, "input columns": input_columns, "import columns": import_columns,
    "import kinds": import_kinds, "import answers": import_answers,
    "scenarios": scenarios, "cases": cases,
    "result tables": result_tables, "levers": levers.by_setting, "claims by construction": levers.claims,
    "texts": claims.texts, "ledger": claims.ledger, "trials": claims.trials, "smallest effects": claims.smallest,
}


def regenerated(text: str) -> str:
    """A page with its generated parts as the code has them now; raises ValueError for a part that nobody makes."""
    def part(found: re.Match[str]) -> str:
        if found[1] not in PARTS:
            raise ValueError(f"no generated part is called {found[1]!r}; there are {', '.join(PARTS)}")
        return f"<!-- generated: {found[1]} -->\n\n{PARTS[found[1]]()}\n\n<!-- end: {found[1]} -->"

    return re.sub(r"<!-- generated: ([\w ]+) -->\n.*?<!-- end: \1 -->", part, text, flags=re.DOTALL)


def stale() -> list[str]:
    """Pages whose generated parts, and files that are generated whole, which the code has left behind."""
    def kept(page: str) -> str:
        return (ROOT / page).read_text(encoding="utf-8") if (ROOT / page).exists() else ""

    return [*(page for page in PAGES if regenerated(kept(page)) != kept(page)),
            *(page for page in WHOLE if WHOLE[page]() != kept(page))]


def main() -> int:
    """Rewrite what is out of date; with --check, only tell (exit 1)."""
    behind = stale()
    if "--check" in sys.argv[1:]:
        print("\n".join(f"{page} is out of date: make documents" for page in behind) or "up to date")
        return 1 if behind else 0
    for page in behind:
        path = ROOT / page
        write_text_whole(path, WHOLE[page]() if page in WHOLE else regenerated(path.read_text(encoding="utf-8")))
        print(f"rewritten: {page}")
    draw_map(shipped_place(), ROOT / MAP)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())

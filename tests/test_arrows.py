"""Imports point down only: what lies below never learns of what lies above, siblings never of each other, nothing of itself."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from pathlib import Path

import networkx
import pytest

ROOT = Path(__file__).parent.parent
OURS = ("incentive_abm", "experiments", "dashboards")

# From the top down; a unit may import only from rows below its own, and from itself.
LAYERS: tuple[tuple[str, ...], ...] = (
    ("experiments", "dashboards"),
    ("incentive_abm.__main__",),
    ("incentive_abm.cli",),
    ("incentive_abm.report",),
    ("incentive_abm.results", "incentive_abm.benchmark", "incentive_abm.browser"),
    ("incentive_abm.measured_runs",),
    ("incentive_abm.model", "incentive_abm.engine"),
    ("incentive_abm.agents",),
    ("incentive_abm.log",),
    ("incentive_abm.recording", "incentive_abm.columns", "incentive_abm.lever_moves",
     "incentive_abm.user_measures"),
    ("incentive_abm.measures", "incentive_abm.regimes", "incentive_abm.event_effects"),
    ("incentive_abm.state",),
    ("incentive_abm.scenario",),
    ("incentive_abm.place",),
    ("incentive_abm.rivals",),
    ("incentive_abm.rules",),
    ("incentive_abm.chance",),
    ("incentive_abm.compiling",),
    ("incentive_abm.parameters", "incentive_abm.palette", "incentive_abm.json_reading",
     "incentive_abm.toml_reading"),
    ("incentive_abm.kinds", "incentive_abm.given_numbers", "incentive_abm.faults", "incentive_abm.optional_libraries"),
    ("incentive_abm.errors", "incentive_abm.files", "incentive_abm.times", "incentive_abm.words"),
)
FREE = ("incentive_abm",)
"""The package itself: its name, version and caution, importable by all; and the users' door, which loads nothing until asked."""


def unit_of(module: str) -> str:
    """The package or module of the layering that holds a module."""
    parts = module.split(".")
    return parts[0] if parts[0] != "incentive_abm" else ".".join(parts[:2])


def modules() -> list[Path]:
    return sorted(path for top in OURS for path in (ROOT / top).rglob("*.py"))


def name_of(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imports(text: str, module: str, package: bool) -> Iterator[str]:
    """Every module of ours that a source imports, at the top or inside a function, by its full name."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name.split(".")[0] in OURS)
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                own = module.split(".")
                above = own[: len(own) - node.level + (1 if package else 0)]
                base = ".".join([*above, base]).rstrip(".")
            if base.split(".")[0] in OURS:
                # `from incentive_abm import chance` names a module, `from incentive_abm import EXPLORATION` does not.
                for alias in node.names:
                    full = f"{base}.{alias.name}"
                    yield full if is_module(full) else base


def is_module(name: str) -> bool:
    path = ROOT.joinpath(*name.split("."))
    return path.with_suffix(".py").is_file() or path.is_dir()


def height(unit: str) -> int:
    for row, units in enumerate(LAYERS):
        if unit in units:
            return len(LAYERS) - row
    raise AssertionError(f"{unit} has no place in the layering: add it to LAYERS in {Path(__file__).name}")


def wrong(importer: str, imported: str) -> bool:
    """Whether an import points up or sideways."""
    if imported in FREE or importer in FREE or importer == imported:
        return False
    return height(imported) >= height(importer)


@pytest.mark.parametrize("path", modules(), ids=name_of)
def test_imports_point_down(path: Path) -> None:
    module = name_of(path)
    found = imports(path.read_text(encoding="utf-8"), module, package=path.name == "__init__.py")
    up = sorted({name for name in found if wrong(unit_of(module), unit_of(name))})
    assert not up, f"{module} must not import {', '.join(up)}"


@pytest.mark.parametrize(("module", "text"), [
    ("incentive_abm.rules.trust", "from incentive_abm.model import IntegrationModel"),
    ("incentive_abm.model", "import incentive_abm.engine"),
    ("incentive_abm.engine", "def late():\n    from incentive_abm.model import IntegrationModel"),
    ("incentive_abm.place.build", "from incentive_abm import scenario"),
    ("incentive_abm.state", "import incentive_abm.measures"),
    ("incentive_abm.rules.trust", "from ..model import IntegrationModel"),
    ("experiments.designs.points", "from dashboards import app"),
    ("incentive_abm.cli.run", "import experiments"),
    ("incentive_abm.kinds", "from incentive_abm.parameters import PARAMETERS"),
])
def test_an_arrow_that_points_up_is_seen(module: str, text: str) -> None:
    assert any(wrong(unit_of(module), unit_of(name)) for name in imports(text, module, package=False))


@pytest.mark.parametrize(("module", "text"), [
    ("experiments.designs.points", "from incentive_abm.errors import StudyError"),
    ("incentive_abm.cli.run", "from incentive_abm import engine, model"),
    ("incentive_abm.report.run_page", "from incentive_abm import EXPLORATION"),
    ("incentive_abm.place.build", "from incentive_abm.place.sheet import Sheet"),
    ("incentive_abm.chance", "import numpy"),
])
def test_an_arrow_that_points_down_is_allowed(module: str, text: str) -> None:
    assert not any(wrong(unit_of(module), unit_of(name)) for name in imports(text, module, package=False))


def test_every_unit_has_its_place() -> None:
    for path in modules():
        unit = unit_of(name_of(path))
        assert unit in FREE or height(unit)



def circles(sources: Mapping[str, set[str]]) -> list[list[str]]:
    """Modules that import each other in a circle, also inside functions or for types only, from what each imports."""
    graph = networkx.DiGraph([(module, other) for module, found in sources.items() for other in found if other != module])
    return sorted(sorted(group) for group in networkx.strongly_connected_components(graph) if len(group) > 1)


def test_no_two_modules_import_each_other_in_a_circle() -> None:
    sources = {name_of(path): set(imports(path.read_text(encoding="utf-8"), name_of(path), path.name == "__init__.py"))
               for path in modules() if name_of(path) not in FREE}
    assert circles(sources) == []


def test_nothing_of_ours_goes_through_the_door_for_users() -> None:
    for path in modules():
        if name_of(path) in FREE:
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.module in FREE:
                used = {alias.name for alias in node.names if not is_module(f"{node.module}.{alias.name}")}
                assert used <= {"EXPLORATION", "__version__"}, f"{name_of(path)} takes {used} from where only users should"


@pytest.mark.parametrize("late", ["import b", "def late():\n    import b", "if TYPE_CHECKING:\n    import b"])
def test_a_circle_is_seen_wherever_its_imports_stand(late: str) -> None:
    sources = {"dashboards.a": set(imports(late.replace("import b", "import dashboards.b"), "dashboards.a", package=False)),
               "dashboards.b": {"dashboards.c"}, "dashboards.c": {"dashboards.a"}, "dashboards.d": {"dashboards.a"}}
    assert circles(sources) == [["dashboards.a", "dashboards.b", "dashboards.c"]]

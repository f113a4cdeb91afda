"""Compiled code is kept under a key made of all its sources, wherever there is room, by however many at once."""

from __future__ import annotations

import ast
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from incentive_abm.compiling import sources

PACKAGE = sources.PACKAGE
DECORATORS = {"rule", "primitive", "kernel", "over_arrays", "plain", "intrinsic", "njit", "jit", "vectorize"}
SOURCES = sorted(path.relative_to(PACKAGE).as_posix() for path in PACKAGE.rglob("*.py"))


def called(decorator: ast.expr) -> str:
    while isinstance(decorator, ast.Call):
        decorator = decorator.func
    return decorator.attr if isinstance(decorator, ast.Attribute) else getattr(decorator, "id", "")


def compiled_functions(source: str) -> Iterator[ast.FunctionDef]:
    for node in ast.walk(ast.parse((PACKAGE / source).read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef) and any(called(d) in DECORATORS for d in node.decorator_list):
            yield node


WITH_COMPILED_CODE = [source for source in SOURCES if any(compiled_functions(source)) and not source.startswith("rivals/")]
"""A rival's code is kept under the hash of its set of rules, not under that of the shipped sources."""


def test_every_compiled_function_belongs_to_the_key() -> None:
    assert len(WITH_COMPILED_CODE) > 20
    assert [source for source in WITH_COMPILED_CODE if not source.startswith(sources.COMPILED)] == []


@pytest.mark.parametrize("source", WITH_COMPILED_CODE)
def test_whatever_a_compiled_function_names_belongs_to_the_key(source: str) -> None:
    """A module's global is frozen into compiled code, so its own module must be part of the key."""
    tree = ast.parse((PACKAGE / source).read_text(encoding="utf-8"))
    comes_from: dict[str, str] = {}
    for node in tree.body:
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("incentive_abm"):
            for name in node.names:
                comes_from[name.asname or name.name] = f"{node.module}.{name.name}"
    for function in compiled_functions(source):
        for name in {n.id for statement in function.body for n in ast.walk(statement) if isinstance(n, ast.Name)}:
            if name in comes_from:
                path = comes_from[name].removeprefix("incentive_abm.").replace(".", "/")
                assert f"{path}/".startswith(sources.COMPILED) or f"{path.rsplit('/', 1)[0]}.py".startswith(
                    sources.COMPILED), f"{function.name} names {comes_from[name]}"


@pytest.fixture
def copied(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the package, from which keys are made."""
    copy = tmp_path / "incentive_abm"
    shutil.copytree(PACKAGE, copy, ignore=shutil.ignore_patterns("__pycache__", "data"))
    monkeypatch.setattr(sources, "PACKAGE", copy)
    return copy


def keys() -> tuple[str, str]:
    return sources.compiled_hash.__wrapped__(), sources.source_hash.__wrapped__()


def test_a_copy_has_the_same_keys_and_every_edit_another(copied: Path) -> None:
    original = keys()
    assert original == (sources.compiled_hash(), sources.source_hash())
    for source in SOURCES:
        path = copied / source
        text = path.read_bytes()
        path.write_bytes(text + b"# edited\n")
        compiled, everything = keys()
        path.write_bytes(text)
        assert (compiled != original[0]) == source.startswith(sources.COMPILED), source
        assert (everything != original[1]) == (not source.startswith(sources.TELLING)), source
    assert keys() == original


def test_a_source_moved_or_added_changes_the_key(copied: Path) -> None:
    before = keys()
    (copied / "rules" / "another.py").write_bytes(b"")
    assert keys()[0] != before[0]
    (copied / "rules" / "another.py").rename(copied / "rules" / "yet_another.py")
    assert keys()[0] != before[0]


ASK = """
from incentive_abm.compiling import cache_folder
from incentive_abm.compiling.build import build
from incentive_abm.engine.commitment import clear_votes
made = build()[clear_votes]
print(cache_folder(), sum(made.stats.cache_hits.values()), sum(made.stats.cache_misses.values()))
"""


WHERE = "from incentive_abm.compiling import cache_folder; print(cache_folder())"


def start(folder: Path, script: str = ASK, *flags: str, **variables: str) -> subprocess.Popen[str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("INCENTIVE_ABM", "XDG", "NUMBA"))}
    environment = {**kept, "PYTHONPATH": str(folder), "PYTHONDONTWRITEBYTECODE": "1", **variables}
    return subprocess.Popen([sys.executable, *flags, "-c", script], env=environment, cwd=folder, text=True,
                            stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def told(process: subprocess.Popen[str]) -> str:
    said, trouble = process.communicate(timeout=300)
    assert process.returncode == 0, trouble
    return said.strip()


def answer(process: subprocess.Popen[str]) -> tuple[Path, int, int]:
    """Where code is kept; how often a kernel was loaded from there, and how often it was compiled."""
    folder, hits, misses = told(process).split()
    return Path(folder), int(hits), int(misses)


def test_code_compiled_once_is_loaded_afterwards_from_the_users_own_cache_where_the_install_has_no_room(
        copied: Path, tmp_path: Path) -> None:
    """A file where the folder would be keeps out even an administrator, whom file permissions do not."""
    (copied / "__pycache__").write_text("in the way")
    home = tmp_path / "home"
    first = answer(start(tmp_path, XDG_CACHE_HOME=str(home)))
    assert first == (home / "incentive_abm" / f"compiled-{sources.compiled_hash()}", 0, 1)
    assert any(first[0].rglob("*clear_votes*.nbc"))
    assert any(first[0].rglob("engine.commitment.clear_votes.kernel"))
    assert answer(start(tmp_path, XDG_CACHE_HOME=str(home))) == (first[0], 1, 0)
    assert (copied / "__pycache__").read_text() == "in the way"


@pytest.mark.parametrize("flags", [("-O",), ("-OO",), ("-I",)])
def test_flags_of_the_interpreter_compile_nothing_anew(copied: Path, tmp_path: Path, flags: tuple[str, ...]) -> None:
    kept = str(tmp_path / "kept")
    assert answer(start(tmp_path, INCENTIVE_ABM_CACHE=kept))[1:] == (0, 1)
    script = ASK if "-I" not in flags else f"import sys; sys.path.insert(0, {str(tmp_path)!r})\n{ASK}"
    assert answer(start(tmp_path, script, *flags, INCENTIVE_ABM_CACHE=kept))[1:] == (1, 0)


def test_code_is_kept_beside_its_sources_where_there_is_room(copied: Path, tmp_path: Path) -> None:
    assert told(start(tmp_path, WHERE)) == str(copied / "__pycache__" / f"compiled-{sources.compiled_hash()}")


def test_with_no_room_anywhere_a_temporary_folder_serves(copied: Path, tmp_path: Path) -> None:
    (copied / "__pycache__").write_text("in the way")
    (tmp_path / "home").write_text("in the way")
    folder = Path(told(start(tmp_path, WHERE, XDG_CACHE_HOME=str(tmp_path / "home"), TMPDIR=str(tmp_path))))
    assert folder.parent.parent == tmp_path
    assert folder.parent.name.startswith("incentive_abm-")


def test_the_user_may_name_the_folder(copied: Path, tmp_path: Path) -> None:
    folder = Path(told(start(tmp_path, WHERE, INCENTIVE_ABM_CACHE=str(tmp_path / "here"))))
    assert folder.parent == tmp_path / "here"


def test_two_may_start_at_once_on_an_empty_cache(copied: Path, tmp_path: Path) -> None:
    both = [start(tmp_path), start(tmp_path)]
    one, other = (answer(process) for process in both)
    assert one[0] == other[0]
    assert answer(start(tmp_path)) == (one[0], 1, 0)

"""The compiled model by a set of rules: what comes with the package by the shipped ones, else built here once and then kept."""

from __future__ import annotations

import base64
import hashlib
import json
import os
import pickle
import subprocess
import sys
import tempfile
from collections.abc import Callable
from contextlib import suppress
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path

from incentive_abm.browser.module import Module, compiled_module
from incentive_abm.compiling.rule_set import RuleSet
from incentive_abm.compiling.sources import cache_folder, module_hash
from incentive_abm.errors import UserError
from incentive_abm.files import write_text_whole
from incentive_abm.optional_libraries import library

EXTRA = "page-rules"
"""The extra that has what only building needs."""
GENERIC = {"NUMBA_CPU_NAME": "generic", "NUMBA_CPU_FEATURES": "", "NUMBA_OPT": "3", "NUMBA_DISABLE_JIT": "0"}
"""So that numba's text does not hang on the machine that makes it; numba reads these when it is first imported."""
HERE = Path(__file__).parent
Told = Callable[[int, int], None]


def module_by(rules: RuleSet, told: Told = lambda done, of: None) -> Module:
    """The module; `told` hears how far it is where it is built now, a matter of a minute.

    Raises UserError where the shipped one is missing, damaged or of other sources, where the linker is not installed, and for a
    function that no module can have.
    """
    if not rules:
        return compiled_module()
    path = cache_folder() / f"module-{rules.hash}-{_builder_hash()}.json"
    return _kept(path) or _new(rules, told, path)


def _kept(path: Path) -> Module | None:
    """A module that was built before; None where there is none, or it is damaged."""
    try:
        held = json.loads(path.read_text(encoding="utf-8"))
        code = base64.b64decode(held["code"])
        return Module(code, held["sha256"], module_hash()) if hashlib.sha256(code).hexdigest() == held["sha256"] else None
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _new(rules: RuleSet, told: Told, path: Path) -> Module:
    code = built_apart(rules, told)
    module = Module(code, hashlib.sha256(code).hexdigest(), module_hash())
    write_text_whole(path, json.dumps({"sha256": module.sha256, "code": base64.b64encode(code).decode()}))
    return module


@lru_cache(maxsize=1)
def _builder_hash() -> str:
    """SHA-256 (first 16 hex digits) of what makes modules from the model's sources, which name the folder."""
    digest = hashlib.sha256(version("llvmlite").encode())
    for source in sorted(path for ending in ("*.py", "*.ll") for path in HERE.glob(ending)):
        digest.update(source.name.encode() + b"\0" + source.read_bytes())
    return digest.hexdigest()[:16]


def built_apart(rules: RuleSet, told: Told) -> bytes:
    """A module, built by a process of its own, which ends with this call however it ends."""
    library("ziglang", EXTRA)
    command = f"import sys; sys.path.insert(0, {str(HERE.parent.parent)!r}); " \
              "from dashboards.module_builder.building import build_as_told; build_as_told()"
    with tempfile.TemporaryDirectory() as folder, (Path(folder) / "said").open("w+", encoding="utf-8", errors="replace") as said:
        environment = {**os.environ, **GENERIC, "INCENTIVE_ABM_CACHE": folder}
        # A session of its own: a terminal's Ctrl-C is for this process alone.
        with subprocess.Popen([sys.executable, "-P", "-c", command], env=environment, text=True, start_new_session=True,
                              stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=said) as process:
            try:
                return _answer(process, rules, told)
            except EOFError:
                said.seek(0)
                raise RuntimeError(f"the model could not be compiled for the page:\n{said.read()[-4000:]}") from None
            finally:
                process.kill()


def _answer(process: subprocess.Popen[str], rules: RuleSet, told: Told) -> bytes:
    """The module that a process tells. Raises UserError where it refuses, EOFError where it ends without an answer."""
    assert process.stdin is not None
    assert process.stdout is not None
    with suppress(OSError):
        process.stdin.write(base64.b64encode(pickle.dumps(rules)).decode() + "\n")
        process.stdin.flush()
    for line in process.stdout:
        heard = json.loads(line)
        if "refused" in heard:
            raise UserError(heard["refused"])
        if "module" in heard:
            return base64.b64decode(heard["module"])
        told(heard["done"], heard["of"])
    raise EOFError

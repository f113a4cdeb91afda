"""LLVM's text made into a WebAssembly module: one target, everything but the entries internal, one object, linked."""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from llvmlite import binding

from dashboards.module_builder.lowering import Lowered, wrapper

TRIPLE = "wasm32-unknown-unknown"
FEATURES = "+simd128,+bulk-memory,+nontrapping-fptoint,+sign-ext,+mutable-globals"
RUNTIME = Path(__file__).with_name("runtime.ll")
STACK = 1 << 20
UNDEFINED = re.compile(r"undefined symbol: (\S+)")


class NotInModuleError(Exception):
    """Code asks for functions that a module would have to import; `names` has them."""

    def __init__(self, names: Sequence[str]) -> None:
        super().__init__(f"a module imports nothing, and this needs {', '.join(names)}")
        self.names = tuple(names)


def module_of(entries: Sequence[Lowered]) -> bytes:
    """The module that exports these entries, `memory`, `__heap_base` and `scratch_from`; it imports nothing.

    Raises NotInModuleError where something would have to be imported.
    """
    binding.initialize_all_targets()
    binding.initialize_all_asmprinters()
    machine = binding.Target.from_triple(TRIPLE).create_target_machine(opt=3, features=FEATURES, reloc="static")
    layout = str(machine.target_data)
    names = [*(entry.name for entry in entries), "scratch_from"]
    whole = binding.parse_assembly(RUNTIME.read_text(encoding="utf-8") + "\n".join(wrapper(entry) for entry in entries))
    whole.triple, whole.data_layout = TRIPLE, layout
    for entry in entries:
        part = binding.parse_assembly(retargeted(entry.text))
        part.triple, part.data_layout = TRIPLE, layout
        whole.link_in(part)
    for function in whole.functions:
        if not function.is_declaration and function.name not in names:
            function.linkage = "internal"
    for variable in whole.global_variables:
        if not variable.is_declaration:
            variable.linkage = "internal"
    tuning = binding.create_pipeline_tuning_options(speed_level=3)
    tuning.loop_vectorization = tuning.slp_vectorization = True
    tuning.loop_unrolling = False
    passes = binding.create_pass_builder(machine, tuning)
    passes.getModulePassManager().run(whole, passes)
    whole.verify()
    return linked(machine.emit_object(whole), names)


def retargeted(text: str) -> str:
    """Text without what ties it to the machine that made it."""
    return re.sub(r"^target (triple|datalayout) = .*$", "", text, flags=re.MULTILINE)


def linked(compiled: bytes, names: list[str]) -> bytes:
    """An object as a module with these exports. Raises NotInModuleError, or RuntimeError with the linker's own words."""
    with tempfile.TemporaryDirectory() as folder:
        made, out = Path(folder) / "model.o", Path(folder) / "model.wasm"
        made.write_bytes(compiled)
        exports = [f"--export={name}" for name in (*names, "__heap_base")]
        linker = [sys.executable, "-P", "-m", "ziglang", "wasm-ld"]
        asked = ["--no-entry", "--strip-all", "--gc-sections", "-z", f"stack-size={STACK}", "--stack-first", *exports]
        done = subprocess.run([*linker, str(made), "-o", str(out), *asked], capture_output=True, text=True, check=False)
        said = done.stderr or done.stdout
        if missing := list(dict.fromkeys(UNDEFINED.findall(said))):
            raise NotInModuleError(missing)
        if done.returncode:
            raise RuntimeError(f"the module could not be linked: {said}")
        return out.read_bytes()

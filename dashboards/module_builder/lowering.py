"""Kernels as LLVM's text, made for no machine in particular and never run here.

numba compiles for the machine at hand and makes ready to run what it compiles. Both are turned off, in a process of its own
(`NUMBA_CPU_NAME=generic`): the text must be the same wherever it is made.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from llvmlite import binding
from numba.core import codegen, config, cpu
from numba.core import types as numba_types
from numba.core.compiler_lock import global_compiler_lock
from numba.core.registry import cpu_target

from incentive_abm.compiling.build import Kernel, build
from incentive_abm.compiling.dispatching import Declared
from incentive_abm.compiling.rule_set import Rule, RuleSet

types: Any = numba_types
OK, NONE = 0, -2
"""What a compiled function answers where it returned a value, or nothing; anything else is an error."""


class _Library(codegen.JITCodeLibrary):  # type: ignore[misc]  # numba declares no types
    def _finalize_specific(self) -> None:
        """Nothing is made ready to run."""


class _Codegen(codegen.JITCPUCodegen):  # type: ignore[misc]
    _library_class = _Library

    def _pass_builder(self, **asked: Any) -> Any:
        """As numba's, but loops stay loops: rolled up, the module is a sixth smaller and a sixth faster."""
        tuning = binding.create_pipeline_tuning_options(speed_level=asked.get("opt", config.OPT))
        tuning.loop_vectorization, tuning.slp_vectorization = asked.get("loop_vectorize", config.LOOP_VECTORIZE), False
        tuning.loop_unrolling = False
        return binding.create_pass_builder(self._tm, tuning)

    def _add_module(self, module: Any) -> None:
        """Nothing is loaded."""


@dataclass(frozen=True)
class Lowered:
    """One entry: its own name, its compiled name, its text, and the types of its arguments and of its answer."""

    name: str
    symbol: str
    text: str
    arguments: tuple[Any, ...]
    answer: Any


def lower_only(told: Callable[[], None]) -> None:
    """From now on this process compiles to text alone; `told` hears of each kernel that is compiled. To be called once."""
    cpu_target.target_context._internal_codegen = _Codegen("numba.browser")
    # numba keeps functions by what Python could call; here that is only a mark, of the type that it insists on.
    cpu.CPUContext.get_executable = _a_mark
    Declared.keep_in = lambda self, folder: self  # type: ignore[method-assign]
    ready = Declared.ready

    def heard(self: Declared) -> Declared:
        new = self._can_compile and "forceinline" not in self.targetoptions
        made = ready(self)
        if new:
            told()
        return made

    Declared.ready = heard  # type: ignore[method-assign]


def _a_mark(*_: Any) -> Callable[[Any], None]:
    return [].append


def kernels_of(entries: Sequence[Kernel]) -> set[Kernel]:
    """The entries, and every kernel that they come to."""
    found, waiting = set(entries), list(entries)
    while waiting:
        below = {thing for thing in waiting.pop().source(1)[1].values() if isinstance(thing, Kernel)} - found
        found |= below
        waiting += below
    return found


def lowered_entry(entry: Kernel, rules: RuleSet) -> Lowered:
    """An entry with everything that it calls, by these rules."""
    made = build(rules)._kernel(entry)
    made.targetoptions["no_cpython_wrapper"] = True
    return _lowered(entry.function.__name__, made)


def lowered_rule(shipped: Rule, rules: RuleSet) -> Lowered:
    """What stands in the place of a shipped rule, with everything that it calls."""
    return _lowered("rule", build(rules).rule(shipped))


def _lowered(name: str, made: Declared) -> Lowered:
    (compiled,) = made.ready().overloads.values()
    with global_compiler_lock:
        compiled.library._ensure_finalized()
    return Lowered(name, compiled.fndesc.mangled_name, compiled.library.get_llvm_str(), tuple(compiled.signature.args),
                   compiled.signature.return_type)


def wrapper(entry: Lowered) -> str:
    """LLVM's text of a function under the entry's own name: whole numbers 32 bits wide, scratch given back, errors trapped."""
    plain, wide = [], []
    before = []
    for k, kind in enumerate(entry.arguments):
        if isinstance(kind, types.CPointer):
            plain.append(f"ptr %a{k}")
            wide.append(f"ptr %a{k}")
        elif kind == types.float64:
            plain.append(f"double %a{k}")
            wide.append(f"double %a{k}")
        else:
            plain.append(f"i32 %a{k}")
            if kind == types.int64:
                before.append(f"  %w{k} = sext i32 %a{k} to i64")
            wide.append(f"i64 %w{k}" if kind == types.int64 else f"i32 %a{k}")
    gives = entry.answer == types.float64
    answer = ["  %value = load double, ptr %answer", "  ret double %value"] if gives else ["  ret void"]
    return "\n".join([
        f"declare i32 @{entry.symbol}({', '.join(['ptr', 'ptr', *(each.split()[0] for each in wide)])})",
        f"define {'double' if gives else 'void'} @{entry.name}({', '.join(plain)}) {{",
        "  %answer = alloca double", "  %trouble = alloca ptr", "  %scratch_before = load i32, ptr @scratch", *before,
        f"  %status = call i32 @{entry.symbol}({', '.join(['ptr %answer', 'ptr %trouble', *wide])})",
        "  store i32 %scratch_before, ptr @scratch",
        f"  %well = icmp eq i32 %status, {OK}", f"  %nothing = icmp eq i32 %status, {NONE}",
        "  %fine = or i1 %well, %nothing", "  br i1 %fine, label %done, label %failed",
        "failed:", "  call void @llvm.trap()", "  unreachable", "done:", *answer, "}", ""])

"""A function compiled once, for the one signature it was declared with, and only when it is needed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from numba import config
from numba.core.compiler_lock import global_compiler_lock
from numba.core.registry import CPUDispatcher

STRICT = {"nopython": True, "nogil": True, "error_model": "numpy", "no_cfunc_wrapper": True, "no_rewrites": True}
"""No fast maths: sums and products keep their order, so results keep their bits."""


def _never_called_by_itself(flags: Any) -> Any:
    """An inner function is only ever part of another: nothing is made of it that could be called."""
    flags.no_compile = True
    return flags


class NotKeptError(Exception):
    """Compiled code was to be loaded, and is not there."""


class Declared(CPUDispatcher):  # type: ignore[misc]  # numba declares no types
    """Compiles itself for its declared argument types when it is first called, or named in other compiled code."""

    def __init__(self, function: Callable[..., Any], arguments: tuple[Any, ...], inner: bool = False,
                 before: Callable[[], None] | None = None) -> None:
        """`before` is called before the function is really compiled, and not where it is loaded from where it was kept."""
        options = {**STRICT, "forceinline": True, "no_cpython_wrapper": True} if inner else STRICT
        super().__init__(function, targetoptions=options)
        if inner:
            self._compiler._customize_flags = _never_called_by_itself
        self.arguments = arguments
        self._load_only = False
        compile_now = self._compiler.compile

        def compile_named(arguments: Any, returns: Any) -> Any:
            if self._load_only:
                raise NotKeptError
            if before is not None:
                before()
            return compile_now(arguments, returns)

        self._compiler.compile = compile_named

    def ready(self) -> Declared:
        """This function, compiled."""
        if self._can_compile:
            with global_compiler_lock:
                if self._can_compile:
                    self.compile(self.arguments)
                    self.disable_compile()
        return self

    def kept(self) -> bool:
        """Whether this function could be loaded from where compiled code is kept; if so, it is ready."""
        with global_compiler_lock:
            self._load_only = True
            try:
                self.ready()
            except NotKeptError:
                return False
            finally:
                self._load_only = False
        return True

    def add_overload(self, cres: Any) -> None:
        """As in numba; an inner function has nothing that Python could call, so it is known by a mark of its own."""
        if cres.entry_point is not None:
            super().add_overload(cres)
            return
        known = cres._replace(entry_point=object())
        self.targetctx.insert_user_function(known.entry_point, known.fndesc, [known.library])
        self.overloads[tuple(known.signature.args)] = known

    def get_call_template(self, args: Any, kws: Any) -> Any:
        """As in numba, once compiled: a call in other compiled code never makes a version for other types."""
        self.ready()
        return super().get_call_template(args, kws)

    def keep_in(self, folder: Path) -> Declared:
        """This function, loaded from a folder if it is there, else kept there once compiled."""
        with global_compiler_lock:  # numba reads its folder from a setting of the whole process
            before = config.CACHE_DIR
            config.CACHE_DIR = str(folder)
            try:
                self.enable_caching()
            finally:
                config.CACHE_DIR = before
        return self

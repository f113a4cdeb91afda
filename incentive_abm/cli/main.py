"""Find the subcommand, load it, run it; a user's mistake is one message on stderr."""

from __future__ import annotations

import importlib
import os
import sys
import traceback
from collections.abc import Sequence
from typing import NoReturn

from incentive_abm import EXPLORATION, __version__
from incentive_abm.cli.commands import COMMANDS, Command
from incentive_abm.cli.parser import Parser
from incentive_abm.cli.telling import Streams
from incentive_abm.errors import UserError, nearest, quoted
from incentive_abm.files import why

PROGRAM = "incentive-abm"
MISTAKE, STOPPED = 2, 130
OURS = ("incentive_abm", "experiments", "dashboards")


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code: 0, 2 for a user's mistake, 130 when stopped with Ctrl-C."""
    try:
        return _run(list(sys.argv[1:] if argv is None else argv))
    except UserError as error:
        print(f"{PROGRAM}: {error}", file=sys.stderr)
    except KeyboardInterrupt:
        print(f"\n{PROGRAM}: stopped", file=sys.stderr)
        return STOPPED
    except OSError as error:
        if error.filename is None:
            raise
        print(f"{PROGRAM}: {UserError(f'{error.filename}: {why(error)}')}", file=sys.stderr)
    return MISTAKE


def program() -> NoReturn:
    """The command as a process. It ends at once when it is done: waiting for a helper that died could take for ever."""
    streams = Streams()
    code = MISTAKE
    try:
        code = main()
    except SystemExit as left:
        code = left.code if isinstance(left.code, int) else 0
    except Exception:
        traceback.print_exc()
        code = 1
    os._exit(streams.finish(code))


def _run(arguments: list[str]) -> int:
    if not arguments or arguments[0] in ("-h", "--help", "help"):
        print(_overview())
        return 0
    if arguments[0] in ("-V", "--version"):
        print(_version())
        return 0
    command = _found(arguments[0])
    try:
        module = importlib.import_module(command.module)
        parser = Parser(prog=f"{PROGRAM} {command.name}", description=module.__doc__)
        module.add_arguments(parser)
        return int(module.main(parser.parse_args(arguments[1:])))
    except ModuleNotFoundError as error:
        missing = (error.name or "").split(".")[0]
        if not command.extra or missing in OURS:
            raise
        raise UserError(
            f"{command.name} needs {missing}, which is not installed; install 'incentive-abm[{command.extra}]'"
        ) from None


def _found(name: str) -> Command:
    for command in COMMANDS:
        if command.name == name:
            return command
    known = [command.name for command in COMMANDS]
    if name.startswith("-"):
        raise UserError(f"unknown option {name}; the command comes first, for example: {PROGRAM} run --seeds 20")
    raise UserError(f"no command is called {quoted(name)}{nearest(name, known)}; expected one of {', '.join(known)}")


def _overview() -> str:
    width = max(len(command.name) for command in COMMANDS)
    return "\n".join([
        f"Usage: {PROGRAM} COMMAND [...]",
        "",
        "Why joining up health and social care succeeds in a few places and stalls in most.",
        EXPLORATION,
        "",
        *(f"  {command.name:<{width}}  {command.help}" for command in COMMANDS),
        "",
        f"Start with: {PROGRAM} run",
        f"Help on a command: {PROGRAM} COMMAND --help    Version: {PROGRAM} --version",
    ])


def _version() -> str:
    from incentive_abm.compiling import source_hash
    from incentive_abm.compiling.sources import cache_folder

    return f"{PROGRAM} {__version__} (source {source_hash()})\nCompiled code is kept in {cache_folder()}"

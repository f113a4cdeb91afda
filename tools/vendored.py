"""Bring the libraries that the page's scripts use into the repository: `python -m tools.vendored [--check]`.

Each is one file of a package that `dashboards/package.json` names by version, as its authors published it; only how it hands out
its names is written as a module does, so that a page can hold it.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent
DECLARED = ROOT / "dashboards" / "package.json"
PACKAGES = ROOT / ".venv" / "node" / "node_modules"
VENDOR = ROOT / "dashboards" / "static" / "vendor"


@dataclass(frozen=True)
class Library:
    """A package, the one file of it that is taken, how that becomes a module, and where its licence stands."""

    package: str
    file: str
    as_module: Callable[[str], str]
    changed: str
    license: str

    @property
    def name(self) -> str:
        """Of the file here."""
        return self.package.replace("-", "_")


def from_common(text: str) -> str:
    """A CommonJS bundle as a module: the names it would hand out, without the default."""
    head, _, rest = text.partition('"use strict";\n')
    _, _, body = rest.partition("});\n")
    kept, index, _ = body.partition("//#region src/index.ts")
    if not index:
        raise SystemExit("smol-toml: the bundle is of another make than this command knows")
    return f"{head}{kept}export {{ TomlDate, TomlError, parse }};\n"


LIBRARIES = (
    Library("lean-qr", "index.mjs", lambda text: text.rstrip("\n") + "\n", "unchanged", "LICENSE"),
    Library("smol-toml", "dist/index.cjs", from_common, "its exports written as those of a module, otherwise unchanged",
            "LICENSE"),
)


def files(packages: Path = PACKAGES) -> Iterator[tuple[Path, str]]:
    """What each file here holds, from the installed packages; raises SystemExit where another version is installed."""
    wanted = json.loads(DECLARED.read_text(encoding="utf-8"))["dependencies"]
    for library in LIBRARIES:
        folder = packages / library.package
        told = json.loads((folder / "package.json").read_text(encoding="utf-8"))
        if told["version"] != wanted[library.package]:
            raise SystemExit(f"{library.package} {told['version']} is installed; expected {wanted[library.package]}")
        head = (f"// {library.package} {told['version']}, {told['license']}: {library.file} of the npm package, "
                f"{library.changed}.\n")
        text = (folder / library.file).read_text(encoding="utf-8")
        yield VENDOR / f"{library.name}.js", f"{head}// @ts-nocheck\n\n{library.as_module(text)}"
        yield VENDOR / f"{library.name}.LICENSE.md", (folder / library.license).read_text(encoding="utf-8")


def main() -> None:
    """Write the files, or say which differ."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="change nothing; fail where a file is not what the package holds")
    check = parser.parse_args().check
    other = [path for path, text in files() if not path.exists() or path.read_text(encoding="utf-8") != text]
    if check and other:
        raise SystemExit("not as published: " + ", ".join(str(path.relative_to(ROOT)) for path in other))
    for path, text in files() if not check else ():
        path.write_text(text, encoding="utf-8")
        print(path.relative_to(ROOT))


if __name__ == "__main__":
    main()

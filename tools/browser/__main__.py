"""Build the module that a browser runs from the model's own sources: `python -m tools.browser [--check]`.

Writes `incentive_abm/browser/module.wasm`, and beside it which sources it was made from. With --check nothing is written: it
fails where the module that is there is not the one that these sources give.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import subprocess
import sys
import tempfile
from importlib.metadata import version

GENERIC = {"NUMBA_CPU_NAME": "generic", "NUMBA_CPU_FEATURES": "", "NUMBA_OPT": "3", "NUMBA_DISABLE_JIT": "0"}
"""So that numba's text does not hang on the machine that makes it; numba reads these when it is first imported."""


def built() -> tuple[bytes, str]:
    """The module, and the text of what is told of it."""
    from incentive_abm.browser.entries import ENTRIES
    from incentive_abm.compiling.sources import module_hash
    from tools.browser.linking import module_of
    from tools.browser.lowering import lowered

    module = module_of(lowered(ENTRIES))
    told = {"sources": module_hash(), "sha256": hashlib.sha256(module).hexdigest(), "bytes": len(module),
            "made_with": {name: version(name) for name in ("numba", "llvmlite", "ziglang")}}
    return module, json.dumps(told, indent=1) + "\n"


def main() -> int:
    """Build, or check; 1 where the check fails."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="write nothing; fail where the module is not of these sources")
    given = parser.parse_args()
    if any(os.environ.get(name) != value for name, value in GENERIC.items()):
        with tempfile.TemporaryDirectory() as folder:
            environment = {**os.environ, **GENERIC, "INCENTIVE_ABM_CACHE": folder}
            return subprocess.run([sys.executable, "-m", "tools.browser", *sys.argv[1:]], env=environment, check=False).returncode
    from incentive_abm.browser.module import MODULE, TOLD
    from incentive_abm.files import write_text_whole, written_whole

    module, told = built()
    if given.check:
        same = MODULE.exists() and MODULE.read_bytes() == module and TOLD.read_text(encoding="utf-8") == told
        print("The module is of these sources." if same else f"{MODULE} is not of these sources; `make web` builds it anew.")
        return 0 if same else 1
    with written_whole(MODULE) as part:
        part.write_bytes(module)
    write_text_whole(TOLD, told)
    print(f"{MODULE}: {len(module):,} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main())

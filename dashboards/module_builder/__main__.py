"""Build the module that comes with the package from the model's own sources: `python -m dashboards.module_builder [--check]`.

Writes `incentive_abm/browser/module.wasm`, and beside it which sources it was made from. With --check nothing is written: it
fails where the module that is there is not the one that these sources give.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from importlib.metadata import version

from dashboards.module_builder.by_rules import built_apart
from incentive_abm.browser.module import MODULE, TOLD
from incentive_abm.compiling.rule_set import SHIPPED
from incentive_abm.compiling.sources import module_hash
from incentive_abm.files import write_text_whole, written_whole


def main() -> int:
    """Build, or check; 1 where the check fails."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="write nothing; fail where the module is not of these sources")
    given = parser.parse_args()
    module = built_apart(SHIPPED, lambda done, of: None)
    told = json.dumps({"sources": module_hash(), "sha256": hashlib.sha256(module).hexdigest(), "bytes": len(module),
                       "made_with": {name: version(name) for name in ("numba", "llvmlite", "ziglang")}}, indent=1) + "\n"
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

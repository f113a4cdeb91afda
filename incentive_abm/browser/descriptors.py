"""What a script must know to lay out a run, call the compiled model and read what it left: drawn from the declarations."""

from __future__ import annotations

import base64
import json
from dataclasses import fields
from typing import Any

import numpy as np

from incentive_abm.event_effects import REORGANISED, REVERSED
from incentive_abm.kinds import Background, Kind, Regime
from incentive_abm.log.declared import MEASURED, WHOLE
from incentive_abm.log.reasons import COLUMNS, FIRST_ROW, SHOWN
from incentive_abm.measures import Measure
from incentive_abm.parameters import PARAMETERS, Scope, names
from incentive_abm.place import Place
from incentive_abm.recording import PARTNER_FIELDS, TIE_FIELDS, OfferField
from incentive_abm.regimes import Endings, Thresholds
from incentive_abm.scenario import Scenario
from incentive_abm.state.arrays import CHANGING, PLACE, Arrays
from incentive_abm.state.facts import TIE_FACT
from incentive_abm.state.pictures import PARTNER_PICTURE, TIE_PICTURE
from incentive_abm.state.start import given, laid_out

NOTHING = Scenario("", "")
ARRAYS = tuple(name for name in Arrays._fields if name != "lanes")


def descriptors() -> dict[str, Any]:
    """The order of everything: arrays, settings, fields of pictures, measures, endings, offers, rows of a log, reasons, and the
    words of events."""
    return {
        "arrays": list(ARRAYS), "changing": list(CHANGING),
        "settings": {scope.value: list(names(scope)) for scope in (Scope.PLACE, Scope.PARTNER, Scope.START)},
        "parameters": {p.name: {"scope": p.scope.value, "default": p.default, "written": json.dumps(p.default), "low": p.low,
                                "high": p.high, "choices": list(p.choices)}
                       for p in PARAMETERS.values() if p.scope is not Scope.DATA},
        "limits": [f.name for f in fields(Thresholds)], "ending": [f.name for f in fields(Endings)],
        "regimes": [r.code for r in Regime], "kinds": [k.code for k in Kind], "backgrounds": [b.name.lower() for b in Background],
        "forced": {"reversal": REVERSED, "reorganisation": REORGANISED},
        "place": list(PLACE.names), "tie_facts": list(TIE_FACT.names), "measures": [m.code for m in Measure],
        "offers": [f.name.lower() for f in OfferField],
        "log": {"whole": list(WHOLE), "other": list(MEASURED)},
        "reasons": {"columns": list(COLUMNS), "rows": FIRST_ROW, "most": SHOWN},
        "pictures": {"partner": {"names": list(PARTNER_PICTURE), "fields": PARTNER_FIELDS.tolist()},
                     "tie": {"names": list(TIE_PICTURE), "fields": TIE_FIELDS.tolist()}},
    }


def place_arrays(place: Place) -> dict[str, Any]:
    """A place as the compiled model reads it: what does not change within a run, what it says of the beginning, and how large
    each array of a run is. Arrays are base64 of their bytes, little-endian."""
    arrays = laid_out(place, [NOTHING], [0])
    held = {name: getattr(arrays, name) for name in ARRAYS}
    return {
        "partners": len(place), "ties": len(place.ties), "ids": list(place.partners.ids), "kind": place.partners.kind.tolist(),
        "sizes": {name: int(array.size) for name, array in held.items()},
        "fixed": {name: packed(array) for name, array in held.items() if name not in CHANGING},
        "given": {name: packed(array) for name, array in given(place).items()},
    }


def packed(array: np.ndarray[Any, Any]) -> str:
    """An array's bytes, little-endian, in base64."""
    return base64.b64encode(np.ascontiguousarray(array).astype(array.dtype.newbyteorder("<"), copy=False).tobytes()).decode()

"""Who is exposed by a leaked health file, to whom, to what, how badly; and what would have prevented it.

>>> import breachkit as bk
>>> leak = bk.synthesize(patients=100, seed=1)
>>> leak.to_frame()["rows"].item()
100

Names are loaded on first use, so that ``import breachkit`` stays light.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

__version__ = "0.1.0.dev0"

_HOME = {
    "synthesize": "synth",
    "read": "sources",
    "classify": "classify",
    "classify_text": "classify",
    "label": "classify",
    "consolidate": "people",
    "expose": "exposure",
    "simulate_fraud": "fraud",
    "score": "severity",
    "what_if": "whatif",
    "assess": "report",
    "Leak": "leak",
    "FieldMap": "classify",
    "Records": "classify",
    "People": "people",
    "Exposure": "exposure",
    "FraudRisk": "fraud",
    "Severity": "severity",
    "WhatIf": "whatif",
    "BreachkitError": "errors",
}
# Rooms with public parts of their own: ``bk.exposure.measure``, ``bk.fraud.distributions``...
_ROOMS = (
    "circumstances", "engines", "exposure", "fraud", "identifiers", "people", "population", "report",
    "severity", "sources", "synth", "taxonomy", "teaching", "whatif",
)  # fmt: skip

__all__ = [
    "BreachkitError",
    "Exposure",
    "FieldMap",
    "FraudRisk",
    "Leak",
    "People",
    "Records",
    "Severity",
    "WhatIf",
    "assess",
    "classify",
    "classify_text",
    "consolidate",
    "expose",
    "label",
    "read",
    "score",
    "simulate_fraud",
    "synthesize",
    "what_if",
]

if TYPE_CHECKING:
    from breachkit.classify import FieldMap, Records, classify_text, label
    from breachkit.classify.columns import classify
    from breachkit.errors import BreachkitError
    from breachkit.exposure import Exposure
    from breachkit.exposure.expose import expose
    from breachkit.fraud import FraudRisk, simulate_fraud
    from breachkit.leak import Leak
    from breachkit.people import People
    from breachkit.people.consolidate import consolidate
    from breachkit.report.assess import assess
    from breachkit.severity import Severity, score
    from breachkit.sources import read
    from breachkit.synth import synthesize
    from breachkit.whatif import WhatIf, what_if


def __getattr__(name: str) -> Any:
    if name in _ROOMS:
        return import_module(f"breachkit.{name}")
    try:
        room = import_module(f"breachkit.{_HOME[name]}")
    except KeyError:
        raise AttributeError(f"module 'breachkit' has no attribute {name!r}") from None
    # The room `classify` can itself be called; every other name is an attribute of its room.
    value = room if name == _HOME[name] else getattr(room, name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__, *_ROOMS})

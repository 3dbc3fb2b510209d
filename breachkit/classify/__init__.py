"""Which column holds what (`FieldMap`), and what each record reveals (`Records`).

The room itself can be called: ``breachkit.classify(leak)``.

>>> import breachkit as bk, polars as pl
>>> leak = pl.DataFrame({"nom": ["DURAND"], "BEN_NAI_ANN": ["1985"], "commentaire": ["séropositive VIH"]})
>>> bk.classify(leak).to_frame()["attribute"].to_list()
['last_name', 'birth_date', 'free_text']
"""

from __future__ import annotations

import sys
from types import ModuleType
from typing import TYPE_CHECKING, Any

from breachkit.classify.columns import classify
from breachkit.classify.fieldmap import FieldMap
from breachkit.classify.labelling import label
from breachkit.classify.records import Records

if TYPE_CHECKING:
    from breachkit.classify.text import classify_text, qualify

__all__ = ["FieldMap", "Records", "classify", "classify_text", "label", "qualify"]


class _CallableRoom(ModuleType):
    """The room as a verb: calling it calls `breachkit.classify.columns.classify`."""

    def __call__(self, leak: Any, **options: Any) -> FieldMap:
        return classify(leak, **options)

    def __getattr__(self, name: str) -> Any:
        if name in ("classify_text", "qualify"):
            from breachkit.classify import text

            return getattr(text, name)
        raise AttributeError(f"module 'breachkit.classify' has no attribute {name!r}")


sys.modules[__name__].__class__ = _CallableRoom

"""An exercise on a synthetic leak: it checks an answer and hints in the learner's language."""

from __future__ import annotations

import dataclasses
import math
import re
from typing import Any

from breachkit.errors import BreachkitError
from breachkit.leak import Leak
from breachkit.locale import Language, decimal, integer, language, say
from breachkit.results import Card
from breachkit.teaching.answers import CENT, KEYS, Answer

WHOLE = 100


@dataclasses.dataclass(frozen=True, repr=False)
class Feedback:
    """What the self-check says of one answer.

    ``right`` is ``None`` when nothing was answered yet; ``slip`` names a slip of form, if one was recognised:
    ``number`` (a number was asked for), ``comma`` (``3,05`` for ``3.05``), ``per_cent``, ``name``.
    """

    exercise: str
    right: bool | None
    slip: str = ""

    def card(self, lang: Language) -> Card:
        """Say whether the answer is right; if not, hint at the way."""
        if self.right:
            return Card(say("teaching", "right", lang))
        title = say("teaching", "empty" if self.right is None else "wrong", lang)
        slips = (say("teaching", f"slip_{self.slip}", lang),) if self.slip else ()
        return Card(title, (*slips, say("teaching", f"hint_{self.exercise}", lang)))

    def _repr_html_(self) -> str:
        return self.card(language()).html()

    def __repr__(self) -> str:
        return self.card(language()).text()


@dataclasses.dataclass(frozen=True, repr=False)
class Exercise:
    """One question; its key comes from the truth of ``leak``, so every class can have its own data."""

    id: str
    leak: Leak

    def key(self) -> Answer:
        """Compute the right answer."""
        truth = self.leak.truth
        if truth is None:
            raise BreachkitError("This leak has no truth.", hint="Use one made by `synthesize`.")
        return KEYS[self.id].compute(truth)

    def check(self, answer: Any) -> Feedback:
        """Compare an answer with the key: text as it is, shares within half a point, counts exactly.

        Whatever the answer is, nothing is raised: a slip of form gets a hint of its own.
        """
        if answer is None or answer is ...:
            return Feedback(self.id, None)
        key = self.key()
        if isinstance(key, str):
            right = isinstance(answer, str) and answer.strip().casefold() == key.casefold()
            return Feedback(self.id, right, "" if isinstance(answer, str) else "name")
        number, within = _number(answer), KEYS[self.id].within
        if number is None:
            return Feedback(self.id, False, "comma" if isinstance(answer, tuple) else "number")
        if abs(number - key) <= within:
            return Feedback(self.id, True)
        in_per_cent = 0 < within < CENT and abs(number / WHOLE - key) <= within
        return Feedback(self.id, False, "per_cent" if in_per_cent else "")

    def __repr__(self) -> str:
        key, lang = self.key(), language()
        written = (
            key if isinstance(key, str) else integer(key, lang) if key == int(key) else decimal(key, lang, 3)
        )
        return say("teaching", "key", lang, key=written)


def _number(answer: Any) -> float | None:
    """Read a number, be it written as text with a French comma; anything else is none."""
    if isinstance(answer, str):
        answer = re.sub(r"[\s_]", "", answer).replace(",", ".")
    try:
        number = float(answer)
    except (TypeError, ValueError, OverflowError):
        return None
    return number if math.isfinite(number) else None


def exercise(name: str, leak: Leak) -> Exercise:
    """Give an exercise of the notebooks on a synthetic leak.

    Parameters
    ----------
    name
        See `exercises`.
    leak
        A leak from `breachkit.synthesize`: the key is computed from its truth, for any seed and size.

    Raises
    ------
    BreachkitError
        For an unknown name, or (on use) a leak without truth.

    Examples
    --------
    >>> import breachkit as bk
    >>> leak = bk.synthesize(patients=200, seed=3)
    >>> exercise("minors", leak).check(-1).right
    False
    >>> exercise("minors", leak).check(exercise("minors", leak).key()).right
    True
    """
    if name not in KEYS:
        raise BreachkitError.unknown("exercise", name, KEYS)
    return Exercise(name, leak)

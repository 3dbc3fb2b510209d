"""The one family of errors: what was wrong, what was there, what to do."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches


class BreachkitError(ValueError):
    """Anything breachkit refuses to do, in words a user can act on.

    The message never holds a value of a leaked record: it names places (file, table, line, field),
    shapes and choices only.

    Parameters
    ----------
    message
        What was wrong and, where it helps, what was found.
    hint
        What to try next.

    Examples
    --------
    >>> raise BreachkitError("The file has no columns.", hint="Pass delimiter=';'.")
    Traceback (most recent call last):
    ...
    breachkit.errors.BreachkitError: The file has no columns. Pass delimiter=';'.
    """

    def __init__(self, message: str, *, hint: str = "") -> None:
        self.message = message
        self.hint = hint
        super().__init__(f"{message} {hint}".strip())

    @classmethod
    def unknown(cls, what: str, given: object, choices: Iterable[object]) -> BreachkitError:
        """Build the error for a name that is not among the choices.

        Examples
        --------
        >>> print(BreachkitError.unknown("profile", "leek-2021", ["leak-2021", "national"]))
        Unknown profile 'leek-2021'. Did you mean 'leak-2021'? Choices: leak-2021, national.
        """
        names = [str(choice) for choice in choices]
        close = get_close_matches(str(given), names, n=1)
        guess = f"Did you mean {close[0]!r}? " if close else ""
        return cls(f"Unknown {what} {str(given)!r}.", hint=f"{guess}Choices: {', '.join(names)}.")


class MissingExtraError(BreachkitError, ImportError):
    """An optional part is not installed; the message names the extra that brings it."""

    def __init__(self, what: str, extra: str) -> None:
        super().__init__(f"{what} needs an optional part.", hint=f"pip install 'breachkit[{extra}]'")

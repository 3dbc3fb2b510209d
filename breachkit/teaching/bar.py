"""A progress bar for notebooks: which station is at work, in the reader's language."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from breachkit import progress
from breachkit.errors import MissingExtraError
from breachkit.locale import language, say
from breachkit.report.assess import STATIONS

LOOK = "{desc}{bar} {n_fmt}/{total_fmt}"


@contextmanager
def bar() -> Iterator[None]:
    """Draw how far `breachkit.assess` is while the block runs.

    Raises
    ------
    MissingExtraError
        If tqdm is not installed (extra ``notebooks``).

    Examples
    --------
    >>> import breachkit as bk
    >>> with bar():  # doctest: +SKIP
    ...     result = bk.assess("patients.csv")
    """
    try:
        from tqdm.auto import tqdm
    except ImportError:
        raise MissingExtraError("The progress bar", "notebooks") from None
    lang, names = language(), (*STATIONS, "done")
    with tqdm(total=len(STATIONS), bar_format=LOOK, leave=True) as drawn:

        def draw(station: str, done: int, _: int) -> None:
            """Move the bar when a whole station is over; what it does inside is its own affair."""
            if station == "assess":
                drawn.set_description_str(say("cli", f"station_{names[done]}", lang), refresh=False)
                drawn.n = done
                drawn.refresh()

        with progress.listening(draw):
            yield

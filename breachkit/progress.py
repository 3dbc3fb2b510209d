"""How far a long station is: stations report, whoever listens draws the bar."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

Listener = Callable[[str, int, int], None]

_listener: ContextVar[Listener | None] = ContextVar("breachkit_progress", default=None)


def report(station: str, done: int, total: int) -> None:
    """Tell the listener, if any, that ``done`` of ``total`` units of ``station`` are finished."""
    listener = _listener.get()
    if listener is not None:
        listener(station, done, total)


@contextmanager
def listening(listener: Listener) -> Iterator[None]:
    """Send every report made inside the ``with`` block to ``listener``.

    Examples
    --------
    >>> seen = []
    >>> with listening(lambda station, done, total: seen.append((station, done, total))):
    ...     report("label", 1, 2)
    >>> seen
    [('label', 1, 2)]
    """
    token = _listener.set(listener)
    try:
        yield
    finally:
        _listener.reset(token)

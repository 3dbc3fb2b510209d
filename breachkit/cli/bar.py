"""The bar on stderr: which station is at work, on what, and how long is left."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from breachkit import progress
from breachkit.facts import table
from breachkit.locale import Language, say


class Way:
    """How far along the whole way a report is, the stations weighed by the time that they take.

    Examples
    --------
    >>> way = Way()
    >>> way.at("assess", 0, 8)
    ('read', 0.0)
    >>> station, share = way.at("people", 1, 2)  # a station at work, halfway through
    >>> way.at("assess", 8, 8)
    ('done', 1.0)
    """

    def __init__(self) -> None:
        rows = table("cli", "stations")
        self.stations: list[str] = rows["station"].to_list()
        weights = [float(weight) for weight in rows["weight"]]
        self.weights = [weight / sum(weights) for weight in weights]
        self.current = 0

    def at(self, station: str, done: int, total: int) -> tuple[str, float]:
        """Give the station at work and the share of the way done (0 to 1); it never goes back."""
        within = 0.0
        if station == "assess":
            self.current = done
        else:
            if station in self.stations:  # a room that walks alone tells where it is
                self.current = max(self.current, self.stations.index(station))
            within = min(done / total, 1.0) if total else 0.0
        if self.current >= len(self.stations):
            return "done", 1.0
        before = sum(self.weights[: self.current])
        return self.stations[self.current], before + within * self.weights[self.current]


@contextmanager
def bar(lang: Language) -> Iterator[None]:
    """Show progress on stderr while the block runs, when somebody looks."""
    if not sys.stderr.isatty():
        yield
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

    columns = (
        TextColumn("{task.description}"), BarColumn(), TextColumn("{task.percentage:3.0f} %"),
        TimeElapsedColumn(), TextColumn("·"), TimeRemainingColumn(elapsed_when_finished=True),
    )  # fmt: skip
    way = Way()
    with Progress(*columns, console=Console(stderr=True), transient=True) as bars:
        task = bars.add_task(say("cli", "station_read", lang), total=1.0)
        reached = 0.0

        def draw(station: str, done: int, total: int) -> None:
            nonlocal reached
            name, share = way.at(station, done, total)
            reached = max(reached, share)
            bars.update(task, completed=reached, description=say("cli", f"station_{name}", lang))

        with progress.listening(draw):
            yield

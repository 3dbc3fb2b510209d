"""Names written beside their lines, where they touch neither a line nor another name."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from breachkit.results.inks import tinted

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.text import Text
    from matplotlib.transforms import Bbox

Points = npt.NDArray[np.float64]

ANCHORS = 32  # places along a line where its name may be tied
GAP = 6.0  # points between a name and its line
REACHES = (1, 2, 4, 7, 11, 16)  # how many gaps away
SIDES = tuple(side for side in itertools.product((1, -1, 0), (0, 1, -1)) if side != (0, 0))
NEAR = 3 * GAP
# What a place costs, in points of distance: a leader over a line, a name on a line, on a name, outside.
CROSSED, STRUCK, HIDDEN, OUTSIDE = 60.0, 1_000.0, 5_000.0, 20_000.0


def name_lines(axes: Axes) -> None:
    """Name every labelled line of the axes directly, in its colour; call it when everything is drawn.

    Each name goes where it is near its own line, farther from the others, and on free ground; one that has
    to stand off is tied to its line by a thin leader.
    """
    from matplotlib.colors import to_hex
    from matplotlib.figure import Figure

    figure = axes.get_figure(root=True)
    lines = [line for line in axes.get_lines() if not str(line.get_label()).startswith("_")]
    if not isinstance(figure, Figure) or not lines:
        return
    names = [
        axes.text(
            0, 0, str(line.get_label()), transform=axes.transAxes, color=tinted(to_hex(line.get_color())),
            ha="center", va="center", fontsize=9,
        )
        for line in lines
    ]  # fmt: skip
    for name in names:
        name.set_in_layout(False)
    figure.draw_without_rendering()
    scale = figure.dpi / 72
    courses = [_course(axes, line.get_transform().transform(line.get_xydata())) for line in lines]
    taken: list[Bbox] = []
    for at, (line, name) in enumerate(zip(lines, names, strict=True)):
        others = courses[:at] + courses[at + 1 :]
        box, anchor = _best(axes, name, courses[at], others, taken, scale)
        taken.append(box)
        start = np.clip(anchor, box.min, box.max)
        placed = np.array([(np.add(box.min, box.max)) / 2, start, anchor])
        middle, *tie = axes.transAxes.inverted().transform(placed)
        name.set_position((float(middle[0]), float(middle[1])))
        if np.hypot(*(anchor - start)) > NEAR * scale:
            across, up = np.transpose(tie)
            axes.plot(
                across, up, color=line.get_color(), linewidth=0.7, transform=axes.transAxes, label="_tie"
            )


def _course(axes: Axes, points: Points) -> Points:
    """Give points along a line, evenly spaced in the picture, inside the axes."""
    steps = np.hypot(*np.diff(points, axis=0).T)
    along = np.concatenate([[0.0], np.cumsum(steps)])
    even = np.linspace(0, along[-1], 12 * ANCHORS)
    course = np.column_stack([np.interp(even, along, points[:, k]) for k in (0, 1)])
    box = axes.bbox.padded(1)
    inside = (course >= box.min).all(axis=1) & (course <= box.max).all(axis=1)
    return course[inside] if inside.any() else course


def _best(
    axes: Axes, name: Text, own: Points, others: Sequence[Points], taken: Sequence[Bbox], scale: float
) -> tuple[Bbox, Points]:
    """Give the box and the anchor that cost least."""
    return min(
        _places(name, own, scale),
        key=lambda place: _cost(axes, place[0], place[1], own, others, taken, scale),
    )


def _places(name: Text, own: Points, scale: float) -> Iterator[tuple[Bbox, Points]]:
    from matplotlib.transforms import Bbox

    size = np.array(name.get_window_extent().size)
    for anchor in own[:: max(1, len(own) // ANCHORS)]:
        for reach, side in itertools.product(REACHES, SIDES):
            middle = anchor + np.array(side) * (size / 2 + reach * GAP * scale)
            yield Bbox([middle - size / 2, middle + size / 2]), anchor


def _cost(
    axes: Axes, box: Bbox, anchor: Points, own: Points, others: Sequence[Points], taken: Sequence[Bbox],
    scale: float,
) -> float:  # fmt: skip
    start = np.clip(anchor, box.min, box.max)
    away = float(np.hypot(*(anchor - start))) / scale
    nearest = min((_distance(other, box) / scale for other in others), default=NEAR + away)
    crossed = sum(_crosses(start, anchor, other) for other in others)
    struck = sum(_distance(course, box) < 2 * scale for course in (own, *others))
    hidden = sum(box.padded(2 * scale).overlaps(other) for other in taken)
    room = axes.bbox
    outside = box.x0 < room.x0 or box.x1 > room.x1 or box.y0 < room.y0 or box.y1 > room.y1
    doubt = max(0.0, NEAR + away - nearest)
    return float(away + doubt + CROSSED * crossed + STRUCK * struck + HIDDEN * hidden + OUTSIDE * outside)


def _distance(points: Points, box: Bbox) -> float:
    return float(np.hypot(*(points - np.clip(points, box.min, box.max)).T).min())


def _crosses(start: Points, end: Points, course: Points) -> bool:
    from matplotlib.path import Path

    return bool(Path([start, end]).intersects_path(Path(course), filled=False))

"""Names written beside their lines, where they touch neither a line nor another name."""

from __future__ import annotations

import itertools
import textwrap
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from breachkit.results.inks import tinted

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.lines import Line2D
    from matplotlib.text import Text

Points = npt.NDArray[np.float64]
Places = tuple[Points, Points, Points]  # lower left corners, upper right corners, anchors

ANCHORS = 32  # places along a line where its name may be tied
GAP = 6.0  # points between a name and its line
REACHES = (1, 2, 4, 7, 11, 16)  # how many gaps away
SIDES = tuple(side for side in itertools.product((1, -1, 0), (0, 1, -1)) if side != (0, 0))
NEAR = 3 * GAP
CLEAR = 2.0  # points around a name that stay free
# What a place costs, in points of distance: a leader over a line, a stretch where lines run together, a name
# on a line, on a name, outside.
CROSSED, BLURRED, STRUCK, HIDDEN, OUTSIDE = 25.0, 80.0, 1_000.0, 5_000.0, 20_000.0


def name_lines(axes: Axes) -> None:
    """Name every labelled line of the axes directly, in its colour; call it when everything is drawn.

    Each name goes where it is near its own line, farther from the others, and on free ground; one that has
    to stand off is tied to its line by a thin leader.
    """
    from matplotlib.colors import to_hex
    from matplotlib.figure import Figure

    figure = axes.get_figure(root=True)
    labelled = [line for line in axes.get_lines() if not str(line.get_label()).startswith("_")]
    lines = [line for line in labelled if len(_drawn(line))]
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
    for name in names:
        _wrap(name, axes.bbox.width)
    scale = figure.dpi / 72
    courses = [_course(axes, _drawn(line)) for line in lines]
    taken: list[Points] = []
    for at, (line, name) in enumerate(zip(lines, names, strict=True)):
        low, high, anchor = _places(np.array(name.get_window_extent().size), courses[at], scale)
        others = courses[:at] + courses[at + 1 :]
        best = int(_costs(axes, (low, high, anchor), courses[at], others, taken, scale).argmin())
        taken.append(np.array([low[best], high[best]]))
        start = np.clip(anchor[best], low[best], high[best])
        placed = np.array([(low[best] + high[best]) / 2, start, anchor[best]])
        middle, *tie = axes.transAxes.inverted().transform(placed)
        name.set_position((float(middle[0]), float(middle[1])))
        if np.hypot(*(anchor[best] - start)) > NEAR * scale:
            across, up = np.transpose(tie)
            axes.plot(
                across, up, color=line.get_color(), linewidth=0.7, transform=axes.transAxes, label="_tie"
            )


def _drawn(line: Line2D) -> Points:
    """Give the points of a line that are somewhere in the picture: no gaps, no logarithms of 0."""
    given: Points = np.ma.filled(np.ma.asarray(line.get_xydata(), dtype=float), np.nan)
    points: Points = line.get_transform().transform(given.reshape(-1, 2))
    return points[np.isfinite(points).all(axis=1)]


def _wrap(name: Text, room: float) -> None:
    """Break a name that is wider than the axes into lines that are not."""
    words = name.get_text()
    columns = len(words)
    while (width := name.get_window_extent().width) > room and columns > 1:
        columns = max(1, min(columns - 1, int(columns * room / width)))
        name.set_text(textwrap.fill(words, columns))


def _course(axes: Axes, points: Points) -> Points:
    """Give points along a line, evenly spaced in the picture, inside the axes."""
    steps = np.hypot(*np.diff(points, axis=0).T)
    along = np.concatenate([[0.0], np.cumsum(steps)])
    even = np.linspace(0, along[-1], 4 * ANCHORS)
    course = np.column_stack([np.interp(even, along, points[:, k]) for k in (0, 1)])
    box = axes.bbox.padded(1)
    inside = (course >= box.min).all(axis=1) & (course <= box.max).all(axis=1)
    return course[inside] if inside.any() else course


def _places(size: Points, own: Points, scale: float) -> Places:
    """Give boxes of that size around points of the line, and those points: all the places to weigh."""
    offsets = np.array(
        [side * (size / 2 + reach * GAP * scale) for reach in REACHES for side in np.array(SIDES)]
    )
    anchors = own[:: max(1, len(own) // ANCHORS)]
    middles = (anchors[:, None] + offsets).reshape(-1, 2)
    return middles - size / 2, middles + size / 2, anchors.repeat(len(offsets), axis=0)


def _costs(
    axes: Axes, places: Places, own: Points, others: Sequence[Points], taken: Sequence[Points], scale: float
) -> Points:
    low, high, anchor = places
    start = np.clip(anchor, low, high)
    away = np.hypot(*(anchor - start).T) / scale
    spaces = [_distances(course, low, high) / scale for course in (own, *others)]
    nearest = np.min(spaces[1:], axis=0) if others else NEAR + away
    crossed = sum((_crosses(start, anchor, other) for other in others), np.zeros(len(low)))
    struck = sum((space < CLEAR for space in spaces), np.zeros(len(low)))
    margin = CLEAR * scale
    hidden = sum(
        ((low < box[1] + margin) & (high > box[0] - margin)).all(axis=1).astype(float) for box in taken
    )
    outside = ((low < axes.bbox.min) | (high > axes.bbox.max)).any(axis=1)
    doubt = np.where(away <= NEAR, np.maximum(0.0, NEAR + spaces[0] - nearest), 0.0)
    blurred = sum((_distances(other, anchor, anchor) < GAP * scale for other in others), np.zeros(len(low)))
    costs: Points = (
        away
        + doubt
        + CROSSED * crossed
        + BLURRED * blurred
        + STRUCK * struck
        + HIDDEN * hidden
        + OUTSIDE * outside
    )
    return costs


def _distances(course: Points, low: Points, high: Points) -> Points:
    """How far each box is from the course."""
    off = course - np.clip(course, low[:, None], high[:, None])
    nearest: Points = np.hypot(off[..., 0], off[..., 1]).min(axis=1)
    return nearest


def _crosses(start: Points, end: Points, course: Points) -> npt.NDArray[np.bool_]:
    """Whether each segment from start to end crosses the course."""
    one, two = course[:-1], course[1:]
    a, b = start[:, None], end[:, None]
    parted = (_side(a, b, one) * _side(a, b, two) < 0) & (_side(one, two, a) * _side(one, two, b) < 0)
    return np.asarray(parted.any(axis=1), dtype=np.bool_)


def _side(a: Points, b: Points, point: Points) -> Points:
    """On which side of the line from a to b a point lies: the sign of the cross product."""
    (x, y), (u, v) = np.moveaxis(b - a, -1, 0), np.moveaxis(point - a, -1, 0)
    side: Points = x * v - y * u
    return side

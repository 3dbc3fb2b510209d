"""A panel of switches: turn each safeguard on or off and see at once what is left of the harm."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

from breachkit.errors import MissingExtraError
from breachkit.locale import Language, counted, integer, percent, rounded, say
from breachkit.results import PALETTE

if TYPE_CHECKING:
    from breachkit.whatif.whatif import WhatIf

WIDTH, HEIGHT, LABEL = 760, 132, 8


def panel(result: WhatIf, lang: Language, outcomes: tuple[str, ...]) -> Any:
    """Build the widget: one switch per safeguard, a choice of outcome, one figure.

    Every picture comes from the combinations already computed: a switch costs milliseconds.

    Raises
    ------
    MissingExtraError
        Without ipywidgets.
    """
    try:
        import ipywidgets as widgets
    except ImportError:
        raise MissingExtraError("WhatIf.panel", "notebooks") from None
    switches = {one.id: _switch(widgets, one.name(lang)) for one in result.safeguards}
    labels = [(say("whatif", f"outcome_{name}", lang), name) for name in outcomes]
    chosen = widgets.Dropdown(options=labels, value=outcomes[0], layout={"width": "34em"})
    view = widgets.HTML()

    def redraw(_: Any = None) -> None:
        on = tuple(name for name, switch in switches.items() if switch.value)
        view.value = picture(result, on, chosen.value, lang)

    for widget in (*switches.values(), chosen):
        widget.observe(redraw, "value")
    redraw()
    return widgets.VBox([chosen, *switches.values(), view])


def _switch(widgets: Any, name: str) -> Any:
    return widgets.Checkbox(value=False, description=name, indent=False, layout={"width": "auto"})


def picture(result: WhatIf, on: tuple[str, ...], outcome: str, lang: Language) -> str:
    """Draw one combination beside "as it was", as accessible HTML: two bars, their intervals, a sentence."""
    before, now = result.combination(), result.combination(*on)
    title = say("whatif", f"outcome_{outcome}", lang)
    most = max(before[outcome], before[f"{outcome}_q95"], now[f"{outcome}_q95"], 1e-9)
    words = sentence(result, on, outcome, lang)
    rows = [(say("whatif", "as_it_was_short", lang), before, PALETTE[6])]
    rows.append((counted("whatif", "panel_with", len(on), lang), now, PALETTE[0]))
    bars = "".join(_bar(28 + 54 * at, *row, outcome, most, lang) for at, row in enumerate(rows))
    alt = escape(f"{title}. {words}", quote=True)
    return (
        f'<figure class="bk-panel" style="margin:.4rem 0;max-width:{WIDTH}px">'
        f'<svg role="img" aria-label="{alt}" viewBox="0 0 {WIDTH} {HEIGHT}" width="100%" '
        f'style="font:13px system-ui,sans-serif;fill:currentColor">{bars}</svg>'
        f'<figcaption style="font:14px/1.5 system-ui,sans-serif" aria-live="polite">'
        f"{escape(words)}</figcaption>"
        "</figure>"
    )


def _bar(
    top: int, name: str, row: dict[str, float], colour: str, outcome: str, most: float, lang: Language
) -> str:
    span = (WIDTH - 2 * LABEL) / most
    value, low, high = (row[outcome + end] * span for end in ("", "_q05", "_q95"))
    text = (
        f"{name} : {_written(row[outcome], lang)}"
        if lang == "fr"
        else f"{name}: {_written(row[outcome], lang)}"
    )
    middle = top + 15
    return (
        f'<text x="{LABEL}" y="{top - 6}">{escape(text)}</text>'
        f'<rect x="{LABEL}" y="{top}" width="{value:.1f}" height="30" fill="{colour}"/>'
        f'<line x1="{LABEL + low:.1f}" x2="{LABEL + high:.1f}" y1="{middle}" y2="{middle}" '
        'stroke="currentColor" stroke-width="2" stroke-dasharray="5 3"/>'
    )


def sentence(result: WhatIf, on: tuple[str, ...], outcome: str, lang: Language) -> str:
    """Say what a combination leaves, and which safeguard would help most next."""
    row = result.combination(*on)
    ends = {name: _written(row[f"{outcome}_{end}"], lang) for name, end in (("low", "q05"), ("high", "q95"))}
    chance = percent(row["probability"], lang, 0)
    said = say("whatif", "panel_now", lang, value=_written(row[outcome], lang), chance=chance, **ends)
    left = {one.id: one for one in result.safeguards if one.id not in on}
    if not left:
        return said
    after = {name: result.combination(*on, name)[outcome] for name in left}
    best = min(after, key=lambda name: (after[name], name))
    more = say(
        "whatif", "panel_next", lang, safeguard=left[best].name(lang), value=_written(after[best], lang)
    )
    return f"{said} {more}"


def _written(value: float, lang: Language) -> str:
    return integer(rounded(value), lang)

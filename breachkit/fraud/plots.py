"""Five pictures of a fraud risk: curves, drivers, ledgers, months, copies."""

from __future__ import annotations

from textwrap import fill
from typing import TYPE_CHECKING, Any

import polars as pl

from breachkit.errors import BreachkitError
from breachkit.fraud.rows import LEDGERS
from breachkit.locale import Language, integer, listed, money, rounded, say
from breachkit.results import PALETTE, Plot, empty, euros, house_style, name_lines, shares, speak

if TYPE_CHECKING:
    from breachkit.fraud.fraudrisk import FraudRisk

PALE = 0.25


def draw(risk: FraudRisk, kind: str, ledger: str, lang: Language) -> Plot:
    """Draw one kind of plot."""
    if kind not in _KINDS:
        raise BreachkitError.unknown("plot", kind, _KINDS)
    if ledger not in LEDGERS:
        raise BreachkitError.unknown("ledger", ledger, LEDGERS)
    import matplotlib.pyplot as plt

    with house_style():
        figure, axes = plt.subplots(figsize=(9.0 if kind == "tornado" else 7.5, 4.2))
        data, alt = _KINDS[kind](risk, axes, ledger, lang)
        title = say("fraud", f"plot_{kind}", lang)
        if _nothing(kind, data):
            plt.close(figure)
            return empty(figure, axes, title, say("fraud", "plot_empty", lang), lang, data)
        axes.set_title(title)
        plt.close(figure)
    return Plot(figure, alt, data, title)


def _nothing(kind: str, data: pl.DataFrame) -> bool:
    """Whether there is nothing to draw: no row, or ledgers that are all zero."""
    return data.is_empty() or (kind == "ledgers" and data["mean"].to_list() == [0.0] * data.height)


def _name(ledger: str, lang: Language) -> str:
    return say("fraud", f"name_{ledger}", lang)


def _values(pairs: list[tuple[str, str]], lang: Language) -> str:
    return listed((f"{name} {value}" for name, value in pairs), lang) or say("fraud", "none", lang)


def _exceedance(risk: FraudRisk, axes: Any, ledger: str, lang: Language) -> tuple[pl.DataFrame, str]:
    del ledger
    for at, ((name,), part) in enumerate(risk.exceedance.group_by("ledger", maintain_order=True)):
        amounts, above = part["amount"].to_numpy(), part["probability"].to_numpy()
        axes.plot(amounts, above, color=PALETTE[at], label=_name(str(name), lang))
    if risk.exceedance.height:
        axes.set_xscale("log")
    axes.set_ylim(0, 1.02)
    axes.set_xlabel(say("fraud", "axis_loss", lang))
    axes.set_ylabel(say("fraud", "axis_probability", lang))
    euros(axes.xaxis, lang)
    shares(axes.yaxis, lang)
    name_lines(axes)
    rows = risk.ledgers.iter_rows(named=True)
    values = [(_name(row["ledger"], lang), money(rounded(row["q95"]), lang)) for row in rows]
    return risk.exceedance, say("fraud", "alt_exceedance", lang, values=_values(values, lang))


def _tornado(risk: FraudRisk, axes: Any, ledger: str, lang: Language) -> tuple[pl.DataFrame, str]:
    rows = risk.tornado.filter(pl.col("ledger") == ledger).head(8).reverse()
    names = [_input(risk, name, lang) for name in rows["input"]]
    mean = risk.ledger(ledger)["mean"]
    for at, row in enumerate(rows.iter_rows(named=True)):
        axes.plot([row["low"], row["high"]], [at, at], linewidth=9, solid_capstyle="butt", color=PALETTE[0])
    axes.axvline(mean, linewidth=0.8, color="#7a7a7a")
    axes.set_yticks(range(len(names)), [fill(name, 46) for name in names])
    axes.set_xlabel(say("fraud", "axis_mean_loss", lang))
    axes.xaxis.set_major_locator(_few())
    euros(axes.xaxis, lang)
    first = names[-1] if names else say("fraud", "none", lang)
    return rows, say("fraud", "alt_tornado", lang, ledger=_name(ledger, lang), first=first)


def _few() -> Any:
    from matplotlib.ticker import MaxNLocator

    return MaxNLocator(3)


def _years() -> Any:
    from matplotlib.ticker import MultipleLocator

    return MultipleLocator(12)


def _input(risk: FraudRisk, name: str, lang: Language) -> str:
    scenario, _, kind = name.partition(".")
    said = say("fraud", f"input_{kind}", lang)
    labels = dict(risk.scenarios.select("scenario", lang).iter_rows()) if risk.scenarios.height else {}
    return say("locale", "labelled", lang, label=labels[scenario], value=said) if scenario in labels else said


def _ledgers(risk: FraudRisk, axes: Any, ledger: str, lang: Language) -> tuple[pl.DataFrame, str]:
    del ledger
    rows = list(risk.ledgers.iter_rows(named=True))[::-1]
    for at, row in enumerate(rows):
        color = PALETTE[len(rows) - 1 - at]
        axes.plot(
            [max(row["q05"], 1.0), max(row["q95"], 1.0)], [at, at], linewidth=14, alpha=PALE, color=color
        )
        axes.plot([max(row["mean"], 1.0)], [at], "D", color=color)
        point = (max(row["mean"], 1.0), at)
        label = money(rounded(row["mean"]), lang)
        axes.annotate(label, point, xytext=(0, 10), textcoords="offset points", ha="center")
    axes.set_yticks(range(len(rows)), [_name(row["ledger"], lang) for row in rows])
    axes.set_ylim(-0.6, len(rows) - 0.4)
    if any(row["q95"] > 0 for row in rows):
        axes.set_xscale("log")
        axes.set_xlim(max(10.0, 0.3 * min(row["q05"] for row in rows)), 4 * max(row["q95"] for row in rows))
    axes.set_xlabel(say("fraud", "axis_loss", lang))
    euros(axes.xaxis, lang)
    values = [
        (
            _name(row["ledger"], lang),
            f"{money(rounded(row['mean']), lang)} ({money(rounded(row['q05']), lang)} – "
            f"{money(rounded(row['q95']), lang)})",
        )
        for row in rows[::-1]
    ]
    return risk.ledgers, say("fraud", "alt_ledgers", lang, values=_values(values, lang))


def _timeline(risk: FraudRisk, axes: Any, ledger: str, lang: Language) -> tuple[pl.DataFrame, str]:
    del ledger
    total = risk.timeline.group_by("month", "measures").agg(pl.col("victims_mean").sum()).sort("month")
    ends = []
    for measures, key, style in _curves(total):
        part = total.filter(pl.col("measures") == measures)
        name = say("fraud", key, lang)
        axes.plot(
            part["month"].to_numpy(), part["victims_mean"].to_numpy(), style, label=name,
            color=PALETTE[0 if measures else 1],
        )  # fmt: skip
        ends.append((name, integer(rounded(part["victims_mean"][-1]), lang)))
    axes.set_ylim(bottom=0)
    axes.set_xlabel(say("fraud", "axis_months", lang))
    axes.set_ylabel(say("fraud", "axis_victims", lang))
    axes.xaxis.set_major_locator(_years())
    speak(axes.xaxis, lang)
    speak(axes.yaxis, lang)
    name_lines(axes)
    return total, say("fraud", "alt_timeline", lang, values=_values(ends, lang))


def _curves(total: pl.DataFrame) -> list[tuple[bool, str, str]]:
    """Draw two curves, or one where the measures taken change nothing."""
    last = dict(
        total.filter(pl.col("month") == pl.col("month").max()).select("measures", "victims_mean").rows()
    )
    if not last:
        return []
    if abs(last[True] - last[False]) < 0.005 * last[False]:
        return [(True, "same_measures", "-")]
    return [(True, "with_measures", "-"), (False, "without_measures", "--")]


def _circulation(risk: FraudRisk, axes: Any, ledger: str, lang: Language) -> tuple[pl.DataFrame, str]:
    del ledger
    ends = []
    for blocking, color in ((False, PALETTE[1]), (True, PALETTE[0])):
        part = risk.circulation.filter(pl.col("blocking") == blocking)
        if not part.height:
            continue
        name = say("fraud", "with_blocking" if blocking else "without_blocking", lang)
        days = part["day"].to_numpy()
        axes.plot(days, part["median"].to_numpy(), color=color, label=name)
        axes.fill_between(days, part["q05"].to_numpy(), part["q95"].to_numpy(), color=color, alpha=PALE / 2)
        ends.append((name, integer(rounded(part["median"][-1]), lang)))
    axes.set_yscale("log")
    axes.set_xlabel(say("fraud", "axis_days", lang))
    axes.set_ylabel(say("fraud", "axis_copies", lang))
    speak(axes.xaxis, lang)
    speak(axes.yaxis, lang)
    name_lines(axes)
    last = integer(risk.circulation["day"].max(), lang)  # type: ignore[arg-type]
    return risk.circulation, say("fraud", "alt_circulation", lang, days=last, values=_values(ends, lang))


_KINDS = {
    "exceedance": _exceedance,
    "tornado": _tornado,
    "ledgers": _ledgers,
    "timeline": _timeline,
    "circulation": _circulation,
}

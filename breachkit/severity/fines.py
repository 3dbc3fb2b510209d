"""EDPB Guidelines 04/2022: the range that the guideline gives, step by step. Never "the expected fine".

The published method brackets real fines loosely, and the choice of the undertaking (the entity, its national
group, its world group) weighs more than the seriousness: so every turnover scenario is shown.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from fractions import Fraction
from typing import Any, ClassVar

import polars as pl

from breachkit.errors import BreachkitError
from breachkit.locale import Language, language, listed, money, say
from breachkit.results import PALETTE, Card, Plot, Result, euros, house_style
from breachkit.severity.parameters import parameters

STEPS = {
    "scope": pl.String,
    "tier": pl.String,
    "turnover": pl.Float64,
    "legal_max": pl.Float64,
    "seriousness": pl.String,
    "start_low": pl.Float64,
    "start_high": pl.Float64,
    "size_low": pl.Float64,
    "size_high": pl.Float64,
    "low": pl.Float64,
    "high": pl.Float64,
    "verified": pl.String,
    "source": pl.String,
}


@dataclasses.dataclass(frozen=True, repr=False, eq=False)
class FineRange(Result):
    """A range per turnover scenario and seriousness; ``ranges`` holds every step of the chain.

    Parameters
    ----------
    ranges
        ``scope, tier, turnover, legal_max, seriousness, start_low, start_high, size_low, size_high, low,
        high`` (euros; ``size_*`` are factors) and ``verified, source`` of the size factor.
    version
        Of the parameters.
    """

    schema: ClassVar[str] = "breachkit/fine-range/1"

    ranges: pl.DataFrame
    version: str

    def to_frame(self) -> pl.DataFrame:
        """Give the ranges."""
        return self.ranges

    def card(self, lang: Language) -> Card:
        """Say the ranges, and that none of them is a forecast."""
        rows = [
            {
                say("severity", "scope", lang): row["scope"],
                say("severity", "seriousness", lang): say(
                    "severity", f"seriousness_{row['seriousness']}", lang
                ),
                say("severity", "legal_max", lang): money(row["legal_max"], lang),
                say("severity", "range", lang): f"{money(row['low'], lang)} – {money(row['high'], lang)}"
                + (f" [{say('severity', 'unverified', lang)}]" if row["verified"] != "yes" else ""),
            }
            for row in self.ranges.iter_rows(named=True)
        ]
        return Card(
            say("severity", "fines", lang),
            (say("severity", "fines_no_forecast", lang),),
            pl.DataFrame(rows) if rows else None,
            notes=(say("severity", "version", lang, version=self.version),),
        )

    def plot(self, *, lang: str | None = None) -> Plot:
        """Draw each range on a logarithmic axis of euros."""
        from matplotlib.figure import Figure

        spoken = language(lang)
        title = say("severity", "fines", spoken)
        rows = list(self.ranges.reverse().iter_rows(named=True))
        with house_style():
            figure = Figure(figsize=(9, 1.2 + 0.34 * max(1, len(rows))))
            axes = figure.subplots()
            for place, row in enumerate(rows):
                span = [max(row["low"], 100.0), max(row["high"], 100.0)]
                axes.plot(span, [place, place], linewidth=5, color=PALETTE[0])
                text = f"{money(row['low'], spoken)} – {money(row['high'], spoken)}"
                axes.annotate(
                    text, (max(row["high"], 100.0), place), (6, 0), textcoords="offset points", va="center"
                )
            names = [
                f"{r['scope']} · {say('severity', 'seriousness_' + r['seriousness'], spoken)}" for r in rows
            ]
            axes.set_yticks(range(len(rows)), names)
            axes.set_xscale("log")
            axes.margins(x=0.35)
            euros(axes.xaxis, spoken)
            axes.set_title(title)
        told = listed(
            (
                f"{name} {money(row['low'], spoken)} – {money(row['high'], spoken)}"
                for name, row in zip(names, rows, strict=True)
            ),
            spoken,
        )
        alt = say("locale", "labelled", spoken, label=title, value=told)
        return Plot(figure, alt, self.ranges, title)


def fine_range(
    turnover: float | Mapping[str, float] | None,
    tier: str = "83(4)",
    seriousness: str | None = None,
) -> FineRange:
    """Walk the chain of EDPB Guidelines 04/2022 v2.1: legal maximum, seriousness, size.

    Steps 4 to 6 (aggravating and mitigating circumstances, cap, proportionality) have no fixed percentages
    and are left to the authority; `chain` replays decisions that state theirs.

    Parameters
    ----------
    turnover
        Worldwide turnover of the undertaking in the year before the decision, EUR; or name -> turnover.
    tier
        ``83(4)`` (articles 8, 11, 25-39, 42, 43) or ``83(5)`` (5-7, 9, 12-22, 44-49).
    seriousness
        ``low``, ``medium`` or ``high``; all three if not given.

    Raises
    ------
    BreachkitError
        If the turnover is missing or not above zero, or a word is unknown.

    Examples
    --------
    >>> fine_range(16_300_000, "83(4)", "high").ranges.select("legal_max", "low", "high").row(0)
    (10000000.0, 30000.0, 1000000.0)
    """
    if turnover is None or (isinstance(turnover, Mapping) and not turnover):
        raise BreachkitError(
            "A fine range cannot be computed: the turnover of the undertaking is not given.",
            hint="Give `turnover` in the circumstances, one line per scope.",
        )
    numbers = parameters()["fines"]
    if tier not in numbers["tiers"]:
        raise BreachkitError.unknown("tier", tier, numbers["tiers"])
    if seriousness is not None and seriousness not in numbers["seriousness"]:
        raise BreachkitError.unknown("seriousness", seriousness, numbers["seriousness"])
    scopes = turnover if isinstance(turnover, Mapping) else {"": turnover}
    levels = [seriousness] if seriousness else list(numbers["seriousness"])
    rows = [_row(scope, amount, tier, level) for scope, amount in scopes.items() for level in levels]
    return FineRange(pl.DataFrame(rows, schema=STEPS), parameters()["version"])


def legal_maximum(turnover: float, tier: str) -> Fraction:
    """The greater of the fixed amount and the share of turnover, GDPR article 83(4) or (5)."""
    cap = parameters()["fines"]["tiers"][tier]
    share: Fraction = Fraction(turnover) * cap["percent"] / 100
    return max(Fraction(cap["fixed"]), share)


def size_tier(turnover: float) -> Mapping[str, Any]:
    """The size tier of a turnover: its factors per thousand, and whether they were read or recalled."""
    tiers: list[Mapping[str, Any]] = parameters()["fines"]["size"]
    return next(one for one in tiers if one["up_to"] is None or turnover <= one["up_to"])


def _row(scope: str, turnover: float, tier: str, seriousness: str) -> dict[str, object]:
    if isinstance(turnover, bool) or not isinstance(turnover, int | float) or not 0 < turnover < float("inf"):
        where = f" of {scope!r}" if scope else ""
        raise BreachkitError(f"The turnover{where} should be an amount above zero; found {turnover!r}.")
    maximum, size = legal_maximum(turnover, tier), size_tier(turnover)
    low, high = (maximum * share / 100 for share in parameters()["fines"]["seriousness"][seriousness])
    smallest, largest = (Fraction(factor, 1000) for factor in size["permille"])
    amounts = {"start_low": low, "start_high": high, "size_low": smallest, "size_high": largest}
    amounts |= {"low": low * smallest, "high": min(high * largest, maximum), "legal_max": maximum}
    numbers = {name: float(amount) for name, amount in amounts.items()}
    words = {"scope": scope, "tier": tier, "seriousness": seriousness, "turnover": float(turnover)}
    return words | numbers | {"verified": size["verified"], "source": size["source"]}


def chain(
    legal_max: float, start: str, size: str = "1", step4: str = "1", step6: str = "1"
) -> dict[str, Fraction]:
    """Replay a decision that states its chain; factors are decimal text, so that nothing is rounded.

    Parameters
    ----------
    legal_max
        The legal maximum the authority used.
    start
        Share of it that it started from.
    size, step4, step6
        Factors for the size, for aggravating and mitigating circumstances, for proportionality.

    Returns
    -------
    dict
        ``start, sized, adjusted, final``, exact.

    Examples
    --------
    American Heart of Poland (UODO DKN.5112.35.2021): 20 M, 15 %, x 20 %, x 55 %.

    >>> {step: int(amount) for step, amount in chain(20_000_000, "0.15", "0.2", "1", "0.55").items()}
    {'start': 3000000, 'sized': 600000, 'adjusted': 600000, 'final': 330000}
    """
    maximum = Fraction(legal_max)
    first = maximum * Fraction(start)
    sized = first * Fraction(size)
    adjusted = sized * Fraction(step4)
    return {
        "start": first,
        "sized": sized,
        "adjusted": adjusted,
        "final": min(adjusted, maximum) * Fraction(step6),
    }

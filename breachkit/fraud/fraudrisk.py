"""The result: victims, four ledgers, and everything that says how far to trust them."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import Any, ClassVar

import polars as pl

from breachkit.fraud.convergence import MOST, needed
from breachkit.locale import Language, counted, integer, language, money, percent, rounded, say
from breachkit.results import Card, Plot, Result
from breachkit.taxonomy import column_label


@dataclasses.dataclass(frozen=True, repr=False, eq=False)
class FraudRisk(Result):
    """What criminals may do with a leak, and what it costs whom.

    Parameters
    ----------
    people, prescribers
        Persons and prescribers in the leak.
    simulations, seed, years
        How it was simulated, and over which horizon.
    scenarios
        One row per scenario that is summed: ``scenario, number, fr, en, subject, needs, eligible`` (people
        who meet the formula), ``exposed`` (corrected for the classifier), ``victims_*``, ``any_victim``,
        ``threatened_mean``, ``loss_*`` (EUR), ``bears, by_hand, grade_probability, grade_loss, grade``.
    conditional
        The same for harms without a base rate, at ``if_rate``: never in a sum.
    victims
        ``people_hit`` (patients hit at least once) and ``events`` (victims of all frauds, prescribers
        included): ``mean, median, q05, q95, q99, tvar95``.
    ledgers
        ``people_money``, ``people_hours`` (time and distress in money's worth), ``payers``,
        ``organisation``. Never add them: a compensation is a cost to one and a gain to another.
    exceedance, tornado
        ``ledger, amount, probability`` and ``ledger, input, rank_correlation, low, high``.
    organisation
        Its items, their sum ``bottom_up``, the ``loglog`` model with its prediction interval, and the
        ``mixture`` of both that the ledger takes.
    comparators
        What rules of thumb would say of the same file.
    circulation
        Copies in circulation with and without the blocking order.
    timeline
        Expected victims over five years, with and without the measures.
    convergence
        Whether the 95 % interval of each reported 95 % quantile is within 2 %.
    absent
        What the scenarios ask for and no column of the data tells.
    changed
        Numbers that differ from the shipped scenario book.
    steps
        The attacker's steps by scenario and language, for trainers.
    warnings
        Keys of what limits the result, said in `card`.
    draws
        One row per simulation: the reported quantities.
    """

    schema: ClassVar[str] = "breachkit/fraud/1"

    people: int
    prescribers: int
    simulations: int
    seed: int
    years: float
    scenarios: pl.DataFrame
    conditional: pl.DataFrame
    victims: pl.DataFrame
    ledgers: pl.DataFrame
    exceedance: pl.DataFrame
    tornado: pl.DataFrame
    organisation: pl.DataFrame
    comparators: pl.DataFrame
    circulation: pl.DataFrame
    timeline: pl.DataFrame
    convergence: pl.DataFrame
    absent: tuple[str, ...]
    changed: pl.DataFrame
    steps: Mapping[str, Mapping[str, tuple[str, ...]]]
    warnings: tuple[str, ...]
    draws: pl.DataFrame = dataclasses.field(repr=False)

    @property
    def converged(self) -> bool:
        """Whether there are enough simulations."""
        return bool(self.convergence["within_target"].all())

    def to_frame(self) -> pl.DataFrame:
        """Give one row per summed scenario."""
        return self.scenarios

    def ledger(self, name: str) -> dict[str, Any]:
        """Give one ledger: ``mean, median, q05, q95, q99, tvar95`` in EUR."""
        return self.ledgers.filter(pl.col("ledger") == name).row(0, named=True)

    def exceeds(self, ledger: str, amount: float) -> float:
        """Give the probability that a ledger passes ``amount`` EUR."""
        return float((self.draws[ledger] > amount).mean())  # type: ignore[arg-type]

    def plot(
        self, *, kind: str = "exceedance", ledger: str = "people_money", lang: str | None = None
    ) -> Plot:
        """Draw ``exceedance``, ``tornado`` (of one ledger), ``ledgers``, ``timeline`` or ``circulation``."""
        from breachkit.fraud.plots import draw

        return draw(self, kind, ledger, language(lang))

    def card(self, lang: Language) -> Card:
        """Say it in two significant digits, with grades and limits."""
        return Card(
            title=say("fraud", "title", lang),
            sentences=[self._hit(lang), *self._ledger_sentences(lang), say("fraud", "never_sum", lang)],
            table=self._table(lang),
            caption=say("fraud", "caption", lang),
            notes=[*self._conditional(lang), say("fraud", "capacity", lang), *self._limits(lang)],
        )

    def _hit(self, lang: Language) -> str:
        row = self.victims.row(0, named=True)
        single = self.years < 2 if lang == "fr" else self.years == 1
        years = say("fraud", "years_one" if single else "years_many", lang, n=f"{self.years:g}")
        return say(
            "fraud", "hit", lang, people=integer(self.people, lang), years=years,
            mean=count(row["mean"], lang), low=count(row["q05"], lang), high=count(row["q95"], lang),
        )  # fmt: skip

    def _ledger_sentences(self, lang: Language) -> list[str]:
        return [
            say(
                "fraud", f"ledger_{row['ledger']}", lang, mean=about_euros(row["mean"], lang),
                low=about_euros(row["q05"], lang), high=about_euros(row["q95"], lang),
            )
            for row in self.ledgers.iter_rows(named=True)
        ]  # fmt: skip

    def _table(self, lang: Language) -> pl.DataFrame:
        names = [say("fraud", f"col_{name}", lang) for name in _COLUMNS]
        rows = [
            (
                row[lang],
                integer(row["eligible"], lang),
                count(row["victims_mean"], lang),
                f"{count(row['victims_q05'], lang)} – {count(row['victims_q95'], lang)}",
                about_euros(row["loss_mean"], lang),
                row["grade"],
            )
            for row in self.scenarios.iter_rows(named=True)
        ]
        return pl.DataFrame(rows, schema=dict.fromkeys(names, pl.String), orient="row")

    def _conditional(self, lang: Language) -> list[str]:
        return [
            say(
                "fraud", "conditional", lang, label=row[lang], eligible=integer(row["eligible"], lang),
                rate=say("fraud", "one_in", lang, n=integer(1 / row["if_rate"], lang)),
                victims=count(row["victims_expected"], lang),
            )
            for row in self.conditional.iter_rows(named=True)
        ]  # fmt: skip

    def _limits(self, lang: Language) -> list[str]:
        half = max(self.convergence["half_width"].to_list())
        wanted = needed(self.simulations, half)
        values = {
            "half": percent(half, lang),
            "n": integer(self.simulations, lang),
            "needed": integer(rounded(wanted, 1), lang),
            "most": integer(MOST, lang),
            "names": ", ".join(column_label(name, lang) for name in self.absent),
        }
        within = self.simulations < MOST and wanted <= MOST
        keys = ["out_of_reach" if key == "not_converged" and not within else key for key in self.warnings]
        said = [
            counted("fraud", f"warn_{key}", self.changed.height, lang)
            if key == "numbers_changed"
            else say("fraud", f"warn_{key}", lang, **values)
            for key in (*keys, "unverified")
        ]
        if self.converged:
            said.append(say("fraud", "converged", lang))
        return [
            *said,
            say("fraud", "seed", lang, simulations=integer(self.simulations, lang), seed=self.seed),
        ]


_COLUMNS = ("scenario", "eligible", "victims", "interval", "loss", "grade")


def count(value: float, lang: Language) -> str:
    """Write a number of people with two significant digits; a mean below 10 with what decimals remain."""
    from breachkit.locale import decimal

    if 0 < value < 9.95 and value != round(value):
        return decimal(value, lang, 1) if value >= 0.095 else decimal(rounded(value, 1), lang, 3)
    return integer(rounded(value), lang)


def about_euros(value: float, lang: Language) -> str:
    """Write money with two significant digits."""
    return money(rounded(value), lang)

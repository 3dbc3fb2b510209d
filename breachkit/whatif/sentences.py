"""A what-if in words, French and English: what each failing cost, what to fix first, what overlaps."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from breachkit.locale import Language, integer, percent, rounded, say
from breachkit.results import Card

if TYPE_CHECKING:
    from breachkit.whatif.whatif import WhatIf


def overall(result: WhatIf, lang: Language) -> list[str]:
    """Say the server as it was, with everything on, what to fix first; and the CNIL's own caution."""
    names = {one.id: one.name(lang) for one in result.safeguards}
    none, everything = result.combination(), result.combination(*names)
    low, high = (integer(rounded(none[f"people_{end}"]), lang) for end in ("q05", "q95"))
    before, after = (integer(rounded(row["people"]), lang) for row in (none, everything))
    first = result.first_to_fix()
    alone = integer(rounded(result.combination(first)["people"]), lang)
    held = integer(result.people, lang)
    return [
        say("whatif", "as_it_was", lang, people=before, low=low, high=high, held=held),
        say("whatif", "all_on", lang, people=after, n=len(names)),
        say("whatif", "first", lang, safeguard=names[first], people=alone),
        say("whatif", "caution", lang),
    ]


def by_failing(result: WhatIf, lang: Language, outcome: str = "people") -> list[str]:
    """Say, for each failing, the article that it breaches and its share of the avoidable harm."""
    by_id = {one.id: one for one in result.safeguards}
    what = say("whatif", f"outcome_{outcome}", lang)
    said = []
    for row in result.shares.filter(outcome=outcome).sort("avoided", descending=True).iter_rows(named=True):
        one = by_id[row["safeguard"]]
        low, high, avoided = (integer(rounded(row[end]), lang) for end in ("low", "high", "avoided"))
        said.append(
            say(
                "whatif", "failing", lang, failing=one.failing(lang), article=one.article, outcome=what,
                safeguard=one.name(lang), share=percent(row["share"], lang, 0), avoided=avoided, low=low,
                high=high, grade=one.grade,
            )
        )  # fmt: skip
    return said


def pairs(result: WhatIf, lang: Language, outcome: str = "people", most: int = 2) -> list[str]:
    """Say which pairs of safeguards stand in for each other and which need each other."""
    names = {one.id: one.name(lang) for one in result.safeguards}
    found = result.pairs.filter(pl.col("outcome") == outcome, pl.col("verdict") != "independent")
    said = []
    for verdict, descending in (("substitute", False), ("complement", True)):
        rows = found.filter(verdict=verdict).sort("interaction", descending=descending).head(most)
        for row in rows.iter_rows(named=True):
            size = percent(abs(row["interaction"]), lang, 0)
            words = {"first": names[row["first"]], "second": names[row["second"]], "size": size}
            said.append(say("whatif", verdict, lang, **words))
    return said


def card(result: WhatIf, lang: Language) -> Card:
    """Say what all safeguards would have changed, what each deserves, what to fix first."""
    mine = result.shares.filter(outcome="people").sort("avoided", descending=True)
    sensitive = dict(result.shares.filter(outcome="sensitive").select("safeguard", "share").iter_rows())
    by_id = {one.id: one for one in result.safeguards}
    table = pl.DataFrame(
        {
            say("whatif", "safeguard", lang): [by_id[s].name(lang) for s in mine["safeguard"]],
            say("whatif", "share", lang): [percent(s, lang, 0) for s in mine["share"]],
            say("whatif", "avoided", lang): [integer(rounded(a), lang) for a in mine["avoided"]],
            say("whatif", "interval", lang): [
                f"{integer(rounded(a), lang)} – {integer(rounded(b), lang)}"
                for a, b in mine.select("low", "high").iter_rows()
            ],
            say("whatif", "share_sensitive", lang): [
                percent(sensitive[s], lang, 0) for s in mine["safeguard"]
            ],
            say("whatif", "article", lang): [by_id[s].article for s in mine["safeguard"]],
            say("whatif", "grade", lang): [by_id[s].grade for s in mine["safeguard"]],
        }
    )
    notes = [
        *pairs(result, lang),
        say("whatif", "columns", lang, n=result.dropped_columns),
        say("whatif", "ranges", lang, simulations=integer(result.simulations, lang), seed=result.seed),
    ]
    return Card(
        say("whatif", "title", lang), overall(result, lang), table, say("whatif", "caption", lang), notes
    )

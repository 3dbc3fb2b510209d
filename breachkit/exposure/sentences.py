"""An exposure in words, French and English."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from breachkit.locale import Language, integer, percent, rounded, say
from breachkit.results import Card

if TYPE_CHECKING:
    from breachkit.exposure.adversaries import Adversary
    from breachkit.exposure.exposure import Exposure


def counted(key: str, n: float, lang: Language, **words: object) -> str:
    """Say a sentence that has a singular and a plural; French counts 0 and 1 as singular, English only 1."""
    single = n < 2 if lang == "fr" else n == 1
    return say("exposure", f"{key}_one" if single else f"{key}_many", lang, n=integer(n, lang), **words)


def of_adversary(exposure: Exposure, who: Adversary, lang: Language) -> str:
    """Say whom an adversary finds; that it is unable to, when the file gives it nothing to match on."""
    cells = exposure.matrix.filter(adversary=who.id, category="anyone", direct=True)
    label = who.label(lang)
    words = {"who": label[:1].upper() + label[1:], "reach": who.reach(lang)}
    if not cells.height:
        return say("exposure", "unable", lang, **words)
    row = cells.row(0, named=True)
    share = percent(row["findable"] / exposure.n_people if exposure.n_people else None, lang)
    people = integer(exposure.n_people, lang)
    key = "finds" if row["basis"] != "file_at_most" else "finds_at_most"
    return counted(key, row["findable"], lang, people=people, share=share, **words)


def for_people(exposure: Exposure, lang: Language) -> list[str]:
    """Say what is revealed, minors, guessable passwords, then every adversary."""
    if not exposure.n_people:
        return [say("exposure", "nobody", lang)]
    people = integer(exposure.n_people, lang)
    said = [counted("reveals", exposure.n_revealed, lang, people=people)]
    minors = int(exposure.categories.filter(category="minor")["people"].sum())
    if minors:
        said.append(counted("minors", minors, lang))
    held = dict(exposure.attributes.select("attribute", "people").iter_rows())
    if held.get("password"):
        guessable = integer(held.get("guessable_password", 0), lang)
        said.append(counted("passwords", held["password"], lang, guessable=guessable))
    return said + [of_adversary(exposure, who, lang) for who in exposure.adversaries]


def card(exposure: Exposure, lang: Language) -> Card:
    """Say how many people, what is revealed, who finds them, and the three verdicts."""
    title = say("exposure", "title", lang)
    if not exposure.n_people:
        return Card(title, (say("exposure", "nobody", lang),))
    top = exposure.categories.filter(pl.col("people") > 0).sort(
        "people", "category", descending=[True, False]
    )
    table = pl.DataFrame(
        {
            say("exposure", "category", lang): [exposure.category_label(c, lang) for c in top["category"]],
            say("exposure", "people", lang): [integer(n, lang) for n in top["people"]],
            say("exposure", "interval", lang): [
                interval(low, high, lang) for low, high in top.select("low", "high").iter_rows()
            ],
        }
    )
    notes = [
        say("exposure", f"wp29_{row['criterion']}", lang, people=integer(row["people"], lang),
            share=percent(row["share"], lang))
        for row in exposure.verdicts.iter_rows(named=True)
    ]  # fmt: skip
    if "population" in exposure.matrix["basis"]:
        notes.append(say("exposure", "basis_population", lang))
    if "file_at_most" in exposure.matrix["basis"]:
        notes.append(say("exposure", "basis_at_most", lang))
    lacking = exposure.knowledge.filter(pl.col("direct") & (pl.col("missing") != ""))
    names = {who.id: who.label(lang) for who in exposure.adversaries}
    if lacking.height:
        listed = ", ".join(names[who] for who in lacking["adversary"])
        notes.append(say("exposure", "partly_able", lang, who=listed))
    return Card(title, for_people(exposure, lang), table, say("exposure", "caption", lang), notes)


def interval(low: float, high: float, lang: Language) -> str:
    """Write an interval, rounded to what it is worth; a dash when it is unknown.

    Examples
    --------
    >>> interval(1200.4, 2345.6, "en"), interval(1796.2, 1804.1, "en"), interval(1800.1, 1800.2, "en")
    ('1,200 – 2,300', '1,796 – 1,804', '1,800')
    """
    if low != low or high != high:
        return "–"
    coarse = rounded(low), rounded(high)
    # Where two digits cannot tell the ends apart, the ends are written whole; equal ends are one value.
    ends = coarse if high - low > 0.2 * high else (low, high)
    return " – ".join(dict.fromkeys(integer(end, lang) for end in ends))

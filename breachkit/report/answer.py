"""The first page: how many people, exposed to what, findable by whom, how badly, what to fix first."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

import polars as pl

from breachkit.locale import Language, decimal, integer, money, percent, rounded, say
from breachkit.report.smallcounts import BELOW
from breachkit.report.smallcounts import people as count

if TYPE_CHECKING:
    from breachkit.report.assessment import Assessment

TOP = 6


@dataclasses.dataclass(frozen=True)
class Tile:
    """One figure of the answer; ``value`` is what a program reads in the page."""

    id: str
    label: str
    figure: str
    note: str
    value: float | str | None = None


@dataclasses.dataclass(frozen=True)
class Finder:
    """Whom one adversary finds: its name, what it knows, the share, the count."""

    name: str
    knows: str
    share: float
    figure: str
    without: str = ""


@dataclasses.dataclass(frozen=True)
class Answer:
    """All that stands on the first page, in words."""

    tiles: tuple[Tile, ...]
    categories: tuple[tuple[str, str, str], ...]
    rare: int
    finders: tuple[Finder, ...]
    verdicts: tuple[str, ...]
    ledgers: tuple[tuple[str, str, str], ...]
    first: tuple[str, ...]

    def sentences(self, lang: Language) -> list[str]:
        """Say the answer line by line, for a terminal."""

        def pair(label: str, value: str) -> str:
            return say("locale", "labelled", lang, label=label, value=value)

        tiles = [
            pair(tile.label, f"{tile.figure}{f' ({tile.note})' if tile.note else ''}") for tile in self.tiles
        ]
        found = [pair(one.name, ", ".join(filter(None, (one.figure, one.without)))) for one in self.finders]
        first = [pair(say("report", "fix_first", lang), line) for line in self.first[:1]]
        ledgers = [pair(a, f"{b} ({c})") for a, b, c in self.ledgers]
        return [*tiles, *found, *self.verdicts, *ledgers, *first, *self.first[1:]]


def answer(assessment: Assessment, lang: Language) -> Answer:
    """Make the answer of an assessment; counts under five are not told."""
    held = assessment.exposure.categories.filter(pl.col("people") > 0)
    common = assessment.exposure.shareable("categories").filter(pl.col("people") > 0)
    rows = tuple(
        (
            assessment.exposure.category_label(row["category"], lang),
            integer(row["people"], lang),
            interval(row["low"], row["high"], lang),
        )
        for row in common.sort("people", descending=True).head(TOP).iter_rows(named=True)
    )
    return Answer(
        tuple(_tiles(assessment, lang)),
        rows,
        held.height - len(rows),
        tuple(_finders(assessment, lang)),
        tuple(_verdicts(assessment, lang)),
        tuple(_ledgers(assessment, lang)),
        tuple(_first(assessment, lang)),
    )


def machine(people: int) -> int | None:
    """Give a count for programs; none when it is small."""
    return None if 0 < people < BELOW else people


def interval(low: float | None, high: float | None, lang: Language) -> str:
    """Write an estimated interval of people in two significant digits; whole where they cannot tell."""
    if low is None or high is None or low != low or high != high:
        return "–"
    if high - low > 0.2 * high:
        low, high = rounded(low), rounded(high)
    ends = integer(low, lang), integer(high, lang)
    return ends[0] if ends[0] == ends[1] else say("report", "range", lang, low=ends[0], high=ends[1])


def _tiles(assessment: Assessment, lang: Language) -> list[Tile]:
    exposure, severity = assessment.exposure, assessment.severity
    total = exposure.n_people
    share = percent(exposure.n_revealed / total, lang) if total else ""
    rows = int(assessment.leak.to_frame()["rows"].sum())

    def label(key: str) -> str:
        return say("report", f"tile_{key}", lang)

    tiles = [
        Tile(
            "people",
            label("people"),
            count(total, lang),
            say("report", "rows", lang, n=integer(rows, lang)),
            machine(total),
        ),
        Tile(
            "people_revealed",
            label("revealed"),
            count(exposure.n_revealed, lang),
            share if exposure.n_revealed >= BELOW else "",
            machine(exposure.n_revealed),
        ),
    ]
    if severity.score_max is not None:
        low, high = severity.score_low, severity.score_high
        score = decimal(high, lang) if low == high else f"{decimal(low, lang)} – {decimal(high, lang)}"
        band = say("severity", f"band_{severity.band_max}", lang)
        tiles.append(Tile("severity", label("severity"), f"{score} / 6", band, severity.score_max))
        bands = severity.by_band().filter(pl.col("band").is_in(["high", "very_high"]))
        grave = int(bands["people"].sum())
        of_all = percent(grave / total, lang) if total and grave >= BELOW else ""
        tiles.append(Tile("people_grave", label("grave"), count(grave, lang), of_all, machine(grave)))
    found = exposure.matrix.filter((pl.col("category") == "anyone") & ~pl.col("direct"))
    most = int(found["findable"].max() or 0)  # type: ignore[arg-type]
    of_all = percent(most / total, lang) if total and most >= BELOW else ""
    tiles.append(Tile("people_pseudonymous", label("pseudonymous"), count(most, lang), of_all, machine(most)))
    victims = assessment.fraud.victims.row(0, named=True)
    mean = integer(rounded(victims["mean"]), lang)
    spread = interval(victims["q05"], victims["q95"], lang)
    tiles.append(Tile("victims", label("victims"), f"≈ {mean}", spread, victims["mean"]))
    for key, verdict in (("33", severity.notify_authority), ("34", severity.notify_people)):
        word = say("report", f"verdict_{verdict.verdict}", lang)
        tiles.append(Tile(f"article_{key}", label(key), word, "", verdict.verdict))
    return tiles


def _finders(assessment: Assessment, lang: Language) -> list[Finder]:
    exposure = assessment.exposure
    total = max(exposure.n_people, 1)
    found = exposure.matrix.filter((pl.col("category") == "anyone") & pl.col("direct"))
    by_id = dict(found.select("adversary", "findable").iter_rows())
    nameless = exposure.matrix.filter((pl.col("category") == "anyone") & ~pl.col("direct"))
    without = dict(nameless.select("adversary", "findable").iter_rows())
    made = [
        Finder(
            one.label(lang).capitalize(),
            one.reach(lang),
            by_id[one.id] / total,
            say(
                "report",
                "found",
                lang,
                n=count(by_id[one.id], lang),
                share=_share(by_id[one.id], total, lang),
            ),
            say("report", "without_names", lang, share=_share(without[one.id], total, lang))
            if one.id in without
            else "",
        )
        for one in exposure.adversaries
        if one.id in by_id
    ]
    return sorted(made, key=lambda one: -one.share)[:TOP]


def _share(people: int, total: int, lang: Language) -> str:
    """Write a share, unless it would tell a small count."""
    return (
        percent(people / total, lang, 0)
        if people == 0 or people >= BELOW
        else f"< {percent(BELOW / total, lang)}"
    )


def _verdicts(assessment: Assessment, lang: Language) -> list[str]:
    severity = assessment.severity
    if severity.score_max is None:
        return []
    # The clock's first sentence says whether the 72 hours were kept.
    reasons = [
        *severity.notify_authority.sentences(lang),
        *severity.notify_people.sentences(lang)[:1],
        severity.clock.sentences(lang)[0],
    ]
    return list(dict.fromkeys(reasons))


def _ledgers(assessment: Assessment, lang: Language) -> list[tuple[str, str, str]]:
    return [
        (
            say("fraud", f"name_{row['ledger']}", lang),
            money(rounded(row["mean"]), lang),
            say(
                "report",
                "range",
                lang,
                low=money(rounded(row["q05"]), lang),
                high=money(rounded(row["q95"]), lang),
            ),
        )
        for row in assessment.fraud.ledgers.iter_rows(named=True)
    ]


def _first(assessment: Assessment, lang: Language) -> list[str]:
    if assessment.what_if is None or not assessment.what_if.people:
        return [say("report", "no_what_if", lang)]
    # as_it_was, all_on, first, caution: the card's order, the one to act on first.
    said = assessment.what_if.card(lang).sentences
    safeguard = said[2].partition(":")[2].strip()  # the heading says "to fix first"
    return [safeguard[:1].upper() + safeguard[1:], said[0], said[1]]

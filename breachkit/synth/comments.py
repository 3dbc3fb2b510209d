"""Free-text comments and where they say what: a phrasebook with marked spans, in two halves.

``phrasebook.csv`` holds phrases as secretaries type them, ``{category|status:words}`` marking each sensitive
span. It was written without looking at any classifier's lexicon. The ``dev`` half may be used for tuning;
the ``holdout`` half is for measuring only.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache

import numpy as np
import polars as pl

from breachkit.facts import table
from breachkit.leak import FACT_SCHEMA
from breachkit.synth.lists import spread
from breachkit.synth.plan import Plan
from breachkit.synth.words import Alias, Draws, Flags, Ints, Words, alias, below, chance

MARK = re.compile(r"\{([a-z_]+)\|([a-z_]+):([^}]*)\}")
AGES = np.array([0, 2, 15, 18, 30, 45, 60, 75])
HALVES = ("dev", "holdout")
COLUMNS = ("P", "D")
STYLES = ("as typed", "capitals", "lower case", "capitals without accents", "lower case without accents")
STYLE_WEIGHTS = (0.35, 0.25, 0.12, 0.18, 0.10)
JOINTS = (" - ", ". ", " / ", ", ", " ; ")


@dataclass(frozen=True)
class Phrases:
    """Phrases without their marks, the spans that were marked, and who may be told what."""

    text: tuple[pl.Series, ...]
    length: Ints
    spans: pl.DataFrame
    draw: Alias
    harmless: Alias


def parse(marked: str) -> tuple[str, list[tuple[int, int, str, str]]]:
    """Take the marks off a phrase and give the spans (start, end, category, status).

    Examples
    --------
    >>> parse("Patiente {pregnancy|asserted:enceinte}, à jeun")
    ('Patiente enceinte, à jeun', [(9, 17, 'pregnancy', 'asserted')])
    """
    text, spans, at = "", [], 0
    for mark in MARK.finditer(marked):
        text += marked[at : mark.start()]
        spans.append((len(text), len(text) + len(mark[3]), mark[1], mark[2]))
        text += mark[3]
        at = mark.end()
    return text + marked[at:], spans


def bare(text: str) -> str:
    """Drop accents one letter for one letter, so that spans keep their places."""
    return "".join(unicodedata.normalize("NFD", letter)[0] for letter in text)


def _styled(texts: list[str]) -> tuple[pl.Series, ...]:
    ways = (str, str.upper, str.lower, lambda t: bare(t).upper(), lambda t: bare(t).lower())
    return tuple(pl.Series([way(text) for text in texts]) for way in ways)


def _allowed(row: dict[str, str], woman: bool, age: int) -> bool:
    if row["sex"] and row["sex"] != ("F" if woman else "M"):
        return False
    return int(row["min_age"] or 0) <= age <= int(row["max_age"] or 200)


@cache
def phrases() -> Phrases:
    """Read the phrasebook and prepare one alias table per half, column, sex and age group."""
    rows = table("synth", "phrasebook").to_dicts()
    parsed = [parse(row["text"]) for row in rows]
    spans = [(i, *span) for i, (_, found) in enumerate(parsed) for span in found]
    first = [found[0][2:] if found else ("", "") for _, found in parsed]
    rates = table("synth", "comment_rates").to_dicts()
    sensitive, harmless = [], []
    for half in HALVES:
        for column in COLUMNS:
            usable = [row["half"] == half and row["column"] in ("", column) for row in rows]
            for woman in (False, True):
                for low in AGES:
                    age = max(int(low), 1)
                    open_ = [
                        fits and _allowed(row, woman, age) for fits, row in zip(usable, rows, strict=True)
                    ]
                    weights = _weights(open_, first, rates, woman, age)
                    calm = np.array([fits and not kind[0] for fits, kind in zip(open_, first, strict=True)])
                    harmless.append(calm.astype(float))
                    sensitive.append(weights if weights.sum() else calm.astype(float))
    frame = pl.DataFrame(
        spans,
        schema={
            "phrase": pl.Int64,
            "start": pl.Int64,
            "end": pl.Int64,
            "category": pl.String,
            "status": pl.String,
        },
        orient="row",
    )
    texts = [text for text, _ in parsed]
    lengths = np.array([len(text) for text in texts], dtype=np.int64)
    return Phrases(_styled(texts), lengths, frame, alias(*sensitive), alias(*harmless))


def _weights(
    open_: list[bool], first: list[tuple[str, str]], rates: list[dict[str, str]], woman: bool, age: int
) -> np.ndarray:
    """Share each category's weight between its open phrases."""
    weights = np.zeros(len(open_))
    for rate in rates:
        if not _allowed(rate, woman, age):
            continue
        mine = [
            i
            for i, (fits, kind) in enumerate(zip(open_, first, strict=True))
            if fits and kind[0] == rate["category"]
        ]
        if mine:
            weights[mine] += float(rate["weight"]) / len(mine)
    return weights


@dataclass(frozen=True)
class Comments:
    """One comment column: its text (null where empty) and the facts in it."""

    text: pl.Series
    facts: pl.DataFrame


def write(
    plan: Plan, column: str, start: int, woman: Flags, age: Ints, person: Ints, table_name: str
) -> Comments:
    """Write one comment column for rows ``start``.. of people given by sex and age."""
    book = phrases()
    n = len(woman)
    words = plan.source.words(f"comment_{column}", start, start + n)
    more = plan.source.words(f"comment_{column}/more", start, start + n)
    at = np.flatnonzero(chance(words[0], plan.profile.rates[f"comment_{column.lower()}"]))
    words, more = words.take(at), more.take(at)
    held = chance(words[1], plan.profile.rates["holdout"])
    group = _group(held, column, woman[at], age[at])
    quiet = chance(words[2], plan.profile.rates["comment_harmless"])
    size = len(book.length)
    main = (
        np.where(
            quiet,
            book.harmless.draw(words[3], words[4], group),
            book.draw.draw(words[3], words[4], group),
        )
        % size
    )
    side = book.harmless.draw(words[5], words[6], group) % size
    text, shift = _assemble(book, main, side, words[7], more)
    return Comments(
        spread(n, at, text),
        _facts(book, at, main, shift, held, person, start, table_name, f"COMMENTAIRE_{column}"),
    )


def _group(held: Flags, column: str, woman: Flags, age: Ints) -> Ints:
    band = np.searchsorted(AGES, age, side="right") - 1
    table_ = np.where(held, len(COLUMNS), 0) + COLUMNS.index(column)
    return ((table_ * 2 + woman) * len(AGES) + band).astype(np.int64)


def _assemble(book: Phrases, main: Ints, side: Ints, word: Words, more: Draws) -> tuple[pl.Series, Ints]:
    """Put a harmless phrase before, after, or not at all; give the shift of the main phrase."""
    style = alias(STYLE_WEIGHTS).draw(more[0], more[1])
    order = np.where(chance(word, 0.62), 0, np.where(chance(more[2], 0.5), 1, 2))
    joint = below(more[3], len(JOINTS))
    order = np.where(main == side, 0, order)
    texts, shift = [], np.zeros(len(main), dtype=np.int64)
    columns = [series.to_list() for series in book.text]
    for i, (kind, first, second, way, glue) in enumerate(
        zip(order.tolist(), main.tolist(), side.tolist(), style.tolist(), joint.tolist(), strict=True)
    ):
        said = columns[way][first]
        if kind == 1:
            said = said + JOINTS[glue] + columns[way][second]
        elif kind == 2:
            said = columns[way][second] + JOINTS[glue] + said
            shift[i] = int(book.length[second]) + len(JOINTS[glue])
        texts.append(said)
    return pl.Series("text", texts, dtype=pl.String), shift


def _facts(
    book: Phrases,
    at: Ints,
    main: Ints,
    shift: Ints,
    held: Flags,
    person: Ints,
    start: int,
    name: str,
    column: str,
) -> pl.DataFrame:
    comments = pl.DataFrame(
        {
            "phrase": main.astype(np.int64),
            "row": (start + at).astype(np.int64),
            "shift": shift,
            "held": held,
            "person_id": person[at].astype(np.int64),
        }
    )
    found = comments.join(book.spans, on="phrase", how="inner", maintain_order="left")
    return found.select(
        pl.lit(name).alias("table"),
        "row",
        pl.lit(column).alias("column"),
        pl.col("start") + pl.col("shift"),
        pl.col("end") + pl.col("shift"),
        "person_id",
        "category",
        "status",
        pl.when("held").then(pl.lit("holdout")).otherwise(pl.lit("dev")).alias("half"),
    ).cast(FACT_SCHEMA)

"""What the cells of one column reveal: one small table per kind of source, over distinct values.

Every function takes the distinct values of a column and gives ``v, category, status, strength, source,
code``.
"""

from __future__ import annotations

from functools import cache

import polars as pl

from breachkit import taxonomy
from breachkit.classify.vocabulary import folded_expr, words
from breachkit.facts import table

SCHEMA = pl.Schema(dict.fromkeys(("v", "category", "status", "strength", "source", "code"), pl.String))
LONG_TEXT = r"\S+\s+\S+\s+\S+\s+\S+"
HAS_WORD = r"\pL{3}"
SYSTEMS_OF = {"act_code": ("nabm", "ccam", "loinc"), "diagnosis_code": ("icd10",), "drug_code": ("atc",)}
CODE_SHAPES = {
    "nabm": r"^\s*[0-9]{3,4}\s*$",
    "ccam": r"^\s*[A-Z]{4}[0-9]{3}",
    "loinc": r"^\s*[0-9]{1,6}-[0-9]\s*$",
    "icd10": r"^\s*[A-Za-z][0-9]{2}",
    "atc": r"^\s*[A-Za-z][0-9]{2}[A-Za-z]",
}


def nothing() -> pl.DataFrame:
    """Give a table of revelations without rows."""
    return pl.DataFrame(schema=SCHEMA)


def of_texts(distinct: pl.Series, *, long_only: bool = False) -> pl.DataFrame:
    """Read texts: every sensitive term with its status; cells without a word are passed over."""
    from breachkit.classify.text.findings import find

    kept = distinct.filter(distinct.str.contains(LONG_TEXT if long_only else HAS_WORD))
    if not kept.len():
        return nothing()
    found = find(kept)
    if not found.height:
        return nothing()
    texts = pl.DataFrame({"v": kept}).with_row_index("text_index")
    hits = found.join(texts, on="text_index")
    return hits.select(
        "v",
        "category",
        "status",
        "strength",
        source=pl.lit("text"),
        code=pl.col("term"),
    ).cast(SCHEMA)


def of_unexpected(distinct: pl.Series, *, names: bool = False) -> pl.DataFrame:
    """Look for unmistakable words where none is expected: a remark typed into the name, a shifted row.

    Only short texts that begin such a word are read (longer ones are read anyway in such columns), so that
    names that are also words ("Gay", "Moine", "Condom") say nothing.
    """
    hit = distinct.str.contains_any(_unmistakable(names), ascii_case_insensitive=True)
    return of_texts(distinct.filter(hit & ~distinct.str.contains(LONG_TEXT))) if hit.any() else nothing()


@cache
def _unmistakable(names: bool) -> list[str]:
    rows = table("classify", "unmistakable")
    return (rows.filter(pl.col("in_names") == "yes") if names else rows)["stem"].to_list()


def of_codes(distinct: pl.Series, attribute: str) -> pl.DataFrame:
    """Look codes up in the systems their attribute may use."""
    found = [_of_system(distinct, system) for system in SYSTEMS_OF.get(attribute, ())]
    return pl.concat([nothing(), *found])


def _of_system(distinct: pl.Series, system: str) -> pl.DataFrame:
    shaped = distinct.filter(distinct.str.contains(CODE_SHAPES[system]))
    if not shaped.len():
        return nothing()
    said = taxonomy.categorise(system, shaped)
    values = pl.DataFrame({"v": shaped}).with_row_index("index")
    return (
        said.filter(pl.col("category") != "")
        .join(values, on="index")
        .select(
            "v",
            "category",
            "status",
            "strength",
            source=pl.lit("code"),
            code=pl.lit(f"{system}:") + pl.col("v").str.strip_chars(),
        )
        .cast(SCHEMA)
    )


def of_titles(distinct: pl.Series) -> pl.DataFrame:
    """Read titles: a nun's tells a religion, a child's or a baby's an age."""
    known = words("title")
    meaning = folded_expr(pl.col("v")).replace_strict(dict(known), default="", return_dtype=pl.String)
    frame = pl.DataFrame({"v": distinct}).with_columns(category=meaning.str.extract(r"^(religion|minor)", 1))
    return (
        frame.filter(pl.col("category").is_not_null())
        .select(
            "v",
            "category",
            status=pl.lit("asserted"),
            strength=pl.lit("strong"),
            source=pl.lit("title"),
            code=folded_expr(pl.col("v")),
        )
        .cast(SCHEMA)
    )


@cache
def _specialities() -> pl.DataFrame:
    return table("classify", "specialities").select("word", "category", "status", "strength")


def of_specialities(distinct: pl.Series, source: str) -> pl.DataFrame:
    """Read whole words of specialities and of kinds of establishments."""
    frame = pl.DataFrame({"v": distinct}).with_columns(
        word=folded_expr(pl.col("v")).str.extract_all(r"[a-z]+(?:-[a-z]+)?")
    )
    hits = frame.explode("word").join(_specialities(), on="word")
    return (
        hits.select("v", "category", "status", "strength", source=pl.lit(source), code=pl.col("word"))
        .unique()
        .cast(SCHEMA)
    )


def of_column(distinct: pl.Series, categories: tuple[str, ...]) -> pl.DataFrame:
    """Read a column about a category: yes, no, doubtful, done; anything else is ``tested``."""
    answers = dict(table("classify", "answers").select("answer", "status").iter_rows())
    status = folded_expr(pl.col("v")).replace_strict(answers, default="tested", return_dtype=pl.String)
    frame = pl.DataFrame({"v": distinct}).with_columns(status=status).filter(pl.col("status") != "none")
    parts = [
        frame.select(
            "v",
            category=pl.lit(category),
            status=pl.lit("asserted") if category in CONSTANT else pl.col("status"),
            strength=pl.lit("strong"),
            source=pl.lit("column"),
            code=pl.lit(""),
        )
        for category in categories
    ]
    return pl.concat([nothing(), *(part.cast(SCHEMA) for part in parts)])


CONSTANT = frozenset({"blood_group", "religion", "origin", "union", "political", "biometric"})

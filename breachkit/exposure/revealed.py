"""What the file reveals: people per category and status, overlaps, usable attributes, places."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import polars as pl

from breachkit import taxonomy
from breachkit.facts import table

#: Two-sided 95 % normal quantile.
Z95 = 1.959963984540054


def sensitive_columns(frame: pl.LazyFrame) -> list[str]:
    """Name the category and context columns that `frame` holds, in the taxonomy's order."""
    held = set(frame.collect_schema().names())
    return [name for name in (*taxonomy.category_ids(), *taxonomy.context_ids()) if name in held]


def by_status(frame: pl.LazyFrame) -> pl.DataFrame:
    """``category, status, people``: people by the strongest status of each category, none left out."""
    names = sensitive_columns(frame)
    status = {value: key for key, value in taxonomy.STATUS_LEVEL.items()}
    counts = frame.select(
        pl.concat_list([pl.col(name).eq(i).sum().cast(pl.Int64) for i in range(len(status))]).alias(name)
        for name in names
    ).collect()
    rows = [
        {"category": name, "status": status[i], "people": people}
        for name in names
        for i, people in enumerate(counts[name].item())
        if i and people
    ]
    return pl.DataFrame(rows, schema={"category": pl.String, "status": pl.String, "people": pl.Int64})


def corrected(
    found: int, row: Mapping[str, str] | None, people: float = math.inf
) -> tuple[float, float, float]:
    """Correct a count for the classifier's measured precision and recall: estimate, low, high (95 %).

    The true count is ``found * precision / recall``. Both rates carry their own sampling error (normal error
    on the logarithm, ``n`` the size of the measurement), combined on the log scale; ``people`` caps the
    result. Without a measurement, or with one that gives no rate, the estimate is the count itself and the
    interval is unknown (NaN).

    Limits: where nothing was found there is nothing to multiply, so the interval is unknown too: the review
    by hand (`review_plan`) is what bounds it.

    Examples
    --------
    >>> estimate, low, high = corrected(100, {"precision": "0.9", "recall": "0.9", "n": "400"})
    >>> round(estimate), low < 100 < high
    (100, True)
    """
    unknown = float(found), float("nan"), float("nan")
    rates = [_rate(row, name) for name in ("precision", "recall", "n")] if row is not None else [None]
    if not found or None in rates:
        return unknown
    precision, recall, n = (rate or 0.0 for rate in rates)
    if not (0 < precision <= 1 and 0 < recall <= 1 and n > 0):
        return unknown
    # Half a miss is granted to a perfect score: no measurement of n cases proves a rate of one.
    spread = sum((1 - r) / (r * n) for r in ((rate * n + 0.5) / (n + 1) for rate in (precision, recall)))
    estimate = found * precision / recall
    ends = (estimate * math.exp(sign * Z95 * spread**0.5) for sign in (0, -1, 1))
    middle, low, high = (min(value, people) for value in ends)
    return middle, low, high


def _rate(row: Mapping[str, str], name: str) -> float | None:
    try:
        return float(row[name])
    except ValueError:
        return None


def by_category(frame: pl.LazyFrame, statuses: pl.DataFrame) -> pl.DataFrame:
    """``category, people, own, estimate, low, high``: people per category, corrected for the classifier.

    ``own`` are the people whose own condition it is (history or asserted). The interval covers the
    classifier's measured errors on free text (``classify/performance.csv``): only people whose record holds
    free text are corrected, since codes and columns are not read by it. Unknown (NaN) where nobody with the
    category has free text. It does not cover what the file itself got wrong.

    Limits: a person with both a code and a comment counts as read from the comment.
    """
    measured = {
        row["category"]: row
        for row in table("classify", "performance").iter_rows(named=True)
        if row["status"] in ("", "any") and row["category"]
    }
    own = [
        status for status, level in taxonomy.STATUS_LEVEL.items() if level >= taxonomy.STATUS_LEVEL["history"]
    ]
    names = sensitive_columns(frame)
    spoken = pl.col("has_free_text") if "has_free_text" in frame.collect_schema() else pl.lit(True)
    read = frame.select(pl.len().alias("_all"), *(((pl.col(n) >= 1) & spoken).sum().alias(n) for n in names))
    from_text = read.collect().row(0, named=True)
    rows = []
    for name in names:
        mine = statuses.filter(pl.col("category") == name)
        people = int(mine["people"].sum())
        read_out = int(from_text[name] or 0)
        coded = people - read_out
        ends = corrected(read_out, measured.get(name), from_text["_all"] - coded)
        estimate, low, high = (coded + end for end in ends)
        theirs = int(mine.filter(pl.col("status").is_in(own))["people"].sum())
        rows.append(
            {
                "category": name,
                "people": people,
                "own": theirs,
                "estimate": estimate,
                "low": low,
                "high": high,
            }
        )
    schema = {"category": pl.String, "people": pl.Int64, "own": pl.Int64}
    return pl.DataFrame(rows, schema=schema | dict.fromkeys(("estimate", "low", "high"), pl.Float64))


def overlaps(frame: pl.LazyFrame, most: int = 20) -> pl.DataFrame:
    """``categories, size, people``: the commonest exact combinations of categories (UpSet rows)."""
    names = [name for name in taxonomy.category_ids() if name in set(frame.collect_schema().names())]
    if not names:
        return pl.DataFrame(schema={"categories": pl.List(pl.String), "size": pl.Int64, "people": pl.Int64})
    flags = frame.select(pl.col(names) >= 1).filter(pl.any_horizontal(names))
    counted = flags.group_by(names).agg(pl.len().cast(pl.Int64).alias("people")).collect()
    listed = counted.select(
        pl.concat_list([pl.when(pl.col(n)).then(pl.lit(n)) for n in names])
        .list.drop_nulls()
        .alias("categories"),
        "people",
    )
    sized = listed.with_columns(size=pl.col("categories").list.len().cast(pl.Int64))
    ordered = sized.sort(["people", pl.col("categories").list.join("+")], descending=[True, False])
    return ordered.select("categories", "size", "people").head(most)


def attributes(frame: pl.LazyFrame, people: int) -> pl.DataFrame:
    """``attribute, people, share``: people for whom each attribute is present and usable."""
    names = [name for name in frame.collect_schema().names() if name.startswith("has_")]
    counts = frame.select(pl.col(names).cast(pl.Int64).sum()).collect()
    rows = [{"attribute": n.removeprefix("has_"), "people": int(counts[n].item() or 0)} for n in names]
    counted = pl.DataFrame(rows, schema={"attribute": pl.String, "people": pl.Int64})
    return counted.filter(pl.col("people") > 0).with_columns(share=pl.col("people") / max(people, 1))


def by_stratum(frame: pl.LazyFrame, categories: Sequence[str]) -> pl.DataFrame:
    """``by, stratum, people, revealed``: people, and people with any sensitive category, by place and age.

    ``by`` is ``laboratory``, ``department`` or ``age`` (ten-year bands at the last visit); ``?`` if unknown.
    """
    schema = frame.collect_schema()
    age = pl.col("visit_date").dt.year() - pl.col("qi_birth_date").dt.year()
    strata = {
        "laboratory": (pl.col("laboratory"), {"laboratory"}),
        "department": (pl.col("qi_department"), {"qi_department"}),
        "age": ((age // 10 * 10).cast(pl.String), {"qi_birth_date", "visit_date"}),
    }
    flag = pl.any_horizontal([pl.col(c) >= 1 for c in categories]) if categories else pl.lit(False)
    frames = [
        frame.select(pl.lit(by).alias("by"), expr.fill_null("?").alias("stratum"), flag.alias("revealed"))
        .group_by("by", "stratum")
        .agg(pl.len().cast(pl.Int64).alias("people"), pl.col("revealed").cast(pl.Int64).sum())
        for by, (expr, needs) in strata.items()
        if needs <= set(schema)
    ]
    if not frames:
        return pl.DataFrame(
            schema={"by": pl.String, "stratum": pl.String, "people": pl.Int64, "revealed": pl.Int64}
        )
    return pl.concat(frames).sort("by", "people", "stratum", descending=[False, True, False]).collect()

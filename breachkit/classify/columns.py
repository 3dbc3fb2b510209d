"""Which column holds what: `classify`, the verdict on every column of a leak."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import polars as pl

from breachkit import progress
from breachkit.classify import frames
from breachkit.classify.context import around
from breachkit.classify.custom import named_by, with_custom
from breachkit.classify.datelike import look_at_dates
from breachkit.classify.decisions import apply, decisions_of
from breachkit.classify.detectors import Detector, Finding, look
from breachkit.classify.dictionary import labels_of
from breachkit.classify.evidence import CAP_NEIGHBOUR, Evidence
from breachkit.classify.fieldmap import DETECTOR_SCHEMA, FieldMap, article_of, field_frame
from breachkit.classify.headings import meant, revealed, speaking
from breachkit.classify.layout import with_layout
from breachkit.classify.links import links
from breachkit.classify.neighbours import with_neighbours
from breachkit.classify.pool import pools
from breachkit.classify.prefixes import without_prefix
from breachkit.classify.profile import Profile, profiles
from breachkit.classify.verdict import Verdict, judge
from breachkit.leak import ROW, Leak


def classify(
    leak: Any,
    *,
    decisions: Any = None,
    dictionary: Any = None,
    detectors: Any = None,
) -> FieldMap:
    """Say which column holds what, with the evidence kept apart by kind.

    Parameters
    ----------
    leak
        A `Leak`, or anything `read` takes (a path, a frame).
    decisions
        Human decisions, kept whatever the evidence: a ``fields.yaml``, a mapping, or a `FieldMap`.
    dictionary
        A frame ``table, column, label`` (or a path to such a CSV): the leak's data dictionary. Without a
        ``table`` column a label serves every table.
    detectors
        More detectors: a CSV path or a frame with columns ``id, attribute`` and ``pattern`` (a regular
        expression without look-around, searched in each cell) and/or ``name_tokens`` (words that a column's
        name must all hold).

    Returns
    -------
    FieldMap
        One row per column. It works on names alone when a table has no rows.

    Examples
    --------
    >>> import breachkit as bk, polars as pl
    >>> fields = bk.classify(pl.DataFrame(schema={"BEN_NAI_ANN": pl.String, "DGN_PAL": pl.String}))
    >>> fields.to_frame()["attribute"].to_list()
    ['birth_date', 'diagnosis_code']
    """
    source = as_leak(leak)
    made = decisions_of(decisions)
    labels = labels_of(dictionary)
    ours = with_custom(detectors)
    total = sum(len(frames.column_names(frame)) for frame in source.tables.values())
    done = 0
    rows: list[dict[str, Any]] = []
    open_: list[tuple[dict[str, Any], Profile]] = []
    keys: list[tuple[str, pl.Series]] = []
    filled = False
    for name, frame in source.tables.items():
        data = frames.whole(frame)
        progress.report("classify", done, total)
        seen = list(profiles(name, data, [column for column in data.columns if column != ROW]))
        filled = filled or any(column.filled for column in seen)
        judged = _table(seen, data, [labels.get(name, column.column) for column in seen], ours)
        rows += judged
        if len(source.tables) > 1:
            open_ += [pair for pair in zip(judged, seen, strict=True) if _left_open(pair[0])]
            keys += [(name, data[row["column"]].unique()) for row in judged if _numbers_patients(row)]
        done += len(seen)
        progress.report("classify", done, total)
    for place in links([column for _, column in open_], keys):
        _link(open_[place][0])
    fields = apply(field_frame(rows), made)
    labels.warn_unused(fields.select("table", "column").iter_rows())
    return FieldMap(fields, _ran(ours, filled=filled, labelled=bool(labels), any_columns=total > 0))


def _table(
    seen: Sequence[Profile], data: pl.DataFrame, labels: Sequence[str], known: Sequence[Detector]
) -> list[dict[str, Any]]:
    """Judge the columns of one table together."""
    findings: dict[int, list[Finding]] = {}
    shapes: dict[int, str] = {}
    for pool in pools(seen):
        looks = zip(pool.columns, look_at_dates(pool), look(pool, known), pool.shapes(), strict=True)
        for column, dates, others, shape in looks:
            findings[column.position] = [*dates, *others]
            shapes[column.position] = shape
    found = [findings.get(column.position, []) for column in seen]
    verdicts = _judged(seen, labels, found, known)
    with_layout(seen, verdicts, data)
    return [
        _row(column, verdict, shapes.get(column.position, ""))
        for column, verdict in zip(seen, with_neighbours(verdicts), strict=True)
    ]


def _judged(
    seen: Sequence[Profile],
    labels: Sequence[str],
    findings: Sequence[Sequence[Finding]],
    known: Sequence[Detector],
) -> list[Verdict]:
    """Judge each column by its words and values, among what the whole table is about."""
    labels = meant(labels)
    shorts = without_prefix([column.column for column in seen])
    names = [short or column.column for column, short in zip(seen, shorts, strict=True)]
    about = around(seen[0].table, names, labels) if seen else frozenset()
    headings = [speaking(column.column, label) for column, label in zip(seen, labels, strict=True)]
    said = revealed(headings, headings=True, around=about)
    given = [named_by(known, column.column) for column in seen]
    together = zip(seen, labels, findings, said, given, shorts, strict=True)
    return [
        judge(column, label, found, words, given=named, short=short, around=about)
        for column, label, found, words, named, short in together
    ]


def _left_open(row: dict[str, Any]) -> bool:
    return row["attribute"] is None and not row["categories"]


def _numbers_patients(row: dict[str, Any]) -> bool:
    return (row["attribute"], row["subject"]) == ("patient_id", "patient")


def _link(row: dict[str, Any]) -> None:
    reasons = [*row["reasons"], "patient identifiers of another table"]
    row.update(
        attribute="patient_id",
        article=article_of("patient_id", []),
        confidence=CAP_NEIGHBOUR,
        neighbour_score=CAP_NEIGHBOUR,
        reasons=reasons,
    )


def as_leak(source: Any) -> Leak:
    """Give a `Leak` as it is; read anything else."""
    if isinstance(source, Leak):
        return source
    from breachkit.sources import read

    return read(source)


def _row(seen: Profile, verdict: Verdict, shape: str) -> dict[str, Any]:
    best: Evidence | None = verdict.best
    return {
        "table": seen.table,
        "column": seen.column,
        "position": seen.position,
        "attribute": verdict.attribute,
        "subject": verdict.subject or "patient",
        "categories": list(verdict.categories),
        "confidence": best.confidence if best else 0.0,
        "name_score": best.name if best else 0.0,
        "value_score": best.value if best else 0.0,
        "validator_score": best.validator if best else 0.0,
        "dictionary_score": best.dictionary if best else 0.0,
        "neighbour_score": best.neighbour if best else 0.0,
        "share": best.share if best else None,
        "article": article_of(verdict.attribute, verdict.categories),
        "reasons": [*(best.reasons if best else ()), *verdict.notes],
        "example_shape": shape,
        "decided_by": "tool",
    }


def _ran(known: Iterable[Detector], *, filled: bool, labelled: bool, any_columns: bool) -> pl.DataFrame:
    no_values = "" if filled else "no values in the leak"
    no_columns = "" if any_columns else "no columns"
    rows = [("name", any_columns, no_columns), ("neighbours", any_columns, no_columns)]
    rows.append(("dictionary", labelled, "" if labelled else "no dictionary given"))
    rows += [(detector.id, filled, no_values) for detector in known]
    return pl.DataFrame(rows, schema=DETECTOR_SCHEMA, orient="row")

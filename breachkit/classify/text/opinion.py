"""`second_opinion`: what edsnlp, another team's qualifier of French clinical text, says of our findings.

An optional check (``pip install 'breachkit[nlp]'``): it never changes a result. edsnlp looks only at distinct
texts in which something was found, since it reads some hundreds of short texts a second.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import polars as pl

from breachkit import progress
from breachkit.classify.text.findings import classify_text
from breachkit.classify.text.several import as_series
from breachkit.errors import MissingExtraError

# edsnlp's flags, in the order in which our own qualifier decides between statuses.
FLAGS = {
    "negation": "negated",
    "family": "other_person",
    "hypothesis": "suspected",
    "history": "history",
}
SHARED = frozenset({*FLAGS.values(), "asserted"})
SPANS = "breachkit"


def second_opinion(texts: Any, *, lang: str = "fr") -> pl.DataFrame:
    """Set edsnlp's reading of each finding beside ours.

    Parameters
    ----------
    texts
        As for `classify_text`.
    lang
        Language of our own reading; edsnlp reads French only.

    Returns
    -------
    polars.DataFrame
        `classify_text`'s columns, ``second`` (edsnlp's status: ``negated``, ``other_person``, ``suspected``,
        ``history``, else ``asserted``) and ``agrees`` (Boolean; null where ours is ``tested`` or
        ``prevention``, of which edsnlp has no notion).

    Raises
    ------
    MissingExtraError
        If edsnlp is not installed.

    Notes
    -----
    Qualifiers ``eds.negation``, ``eds.family``, ``eds.hypothesis`` and ``eds.history`` (AP-HP, BSD-3) with
    their default settings, asked about our spans. Two readings that agree are not two independent proofs:
    both are lists of cues.
    """
    found = classify_text(texts, lang=lang)
    values = as_series(texts)
    hits = found.with_columns(text=values.gather(found["text_index"]))
    spans = hits.select("text", "start", "end").unique(maintain_order=True)
    judged = pl.DataFrame(
        list(_judged(spans)),
        schema={"text": pl.String, "start": pl.UInt32, "end": pl.UInt32, "second": pl.String},
        orient="row",
    )
    both = hits.join(judged, on=["text", "start", "end"], how="left", maintain_order="left").drop("text")
    comparable = pl.col("status").is_in(list(SHARED))
    return both.with_columns(agrees=pl.when(comparable).then(pl.col("status") == pl.col("second")))


def _judged(spans: pl.DataFrame) -> Iterator[tuple[str, int, int, str]]:
    pipeline = _Pipeline()
    texts = spans.group_by("text", maintain_order=True).agg("start", "end")
    for done, (text, starts, ends) in enumerate(texts.iter_rows()):
        progress.report("second_opinion", done, texts.height)
        statuses = pipeline.statuses(text, starts, ends)
        yield from zip([text] * len(starts), starts, ends, statuses, strict=True)
    progress.report("second_opinion", texts.height, texts.height)


class _Pipeline:
    """edsnlp's sentences and qualifiers, called one by one so that the spans between them are ours."""

    def __init__(self) -> None:
        try:
            import edsnlp
        except ImportError:
            raise MissingExtraError("A second opinion", "nlp") from None
        self._nlp = edsnlp.blank("eds")
        self._first = [self._nlp.create_pipe(f"eds.{name}", name) for name in ("normalizer", "sentences")]
        getter = {"span_getter": {SPANS: True}}
        self._then = [self._nlp.create_pipe(f"eds.{name}", name, getter) for name in FLAGS]

    def statuses(self, text: str, starts: list[int], ends: list[int]) -> list[str]:
        """Judge spans of one text."""
        document = self._nlp.make_doc(text)
        for pipe in self._first:
            document = pipe(document)
        places = zip(starts, ends, strict=True)
        spans = [document.char_span(start, end, alignment_mode="expand") for start, end in places]
        document.spans[SPANS] = [span for span in spans if span is not None]
        for pipe in self._then:
            document = pipe(document)
        return ["asserted" if span is None else _status(span) for span in spans]


def _status(span: Any) -> str:
    raised = (status for flag, status in FLAGS.items() if getattr(span._, flag))
    return next(raised, "asserted")

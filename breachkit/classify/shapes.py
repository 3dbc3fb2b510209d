"""Pure shapes: what a value looks like with nothing of the value left."""

from __future__ import annotations

import polars as pl

LONGEST_SHAPE = 24
LETTER_RUN = 4


def shape_expr(text: pl.Expr) -> pl.Expr:
    """Turn letters into ``a`` (runs of at most four), digits into ``9``; keep punctuation; cut at 24.

    Examples
    --------
    >>> cells = pl.DataFrame({"v": ["Zoé.X@exemple.invalid", "2 69 05"]})
    >>> cells.select(shape_expr(pl.col("v"))).to_series().to_list()
    ['aaa.a@aaaa.aaaa', '9 99 99']
    """
    bare = (
        text.str.replace_all(r"\pL", "a").str.replace_all(r"\pN", "9").str.replace_all(r"[^a9\pP\pS]+", " ")
    )
    short = bare.str.replace_all(r"a{5,}", "a" * LETTER_RUN).str.strip_chars()
    return (
        pl.when(short.str.len_chars() > LONGEST_SHAPE)
        .then(short.str.slice(0, LONGEST_SHAPE) + "…")
        .otherwise(short)
    )

"""Measure `classify_text` on the synthetic ``holdout`` half and fill ``breachkit/classify/performance.csv``.

Counted per comment cell: a category is found when the cell has a finding of it; a status is right when
the cell has a finding of that category and status. Only cells with a fact of the asked half are judged.
Facts come from few distinct phrases, so the true uncertainty is wider than ``n`` suggests.

    python scripts/measure_classifier.py [--half holdout] [--patients 100000] [--damage none] [--write]
"""

import argparse
from pathlib import Path

import polars as pl

import breachkit as bk
from breachkit.classify.text import classify_text

OUT = Path(__file__).parent.parent / "breachkit" / "classify" / "performance.csv"
TIMES_COUNTED = 13
KEYS = ["table", "row", "column"]


def facts_and_texts(patients: int, seed: int, damage: str, half: str) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Give the facts of one half and the comment cells that hold them."""
    leak = bk.synthesize(patients=patients, seed=seed, damage=damage)
    facts = leak.truth.facts.filter(pl.col("half") == half).collect()
    pieces = []
    for (table, column), group in facts.group_by("table", "column"):
        frame = leak.tables[table].select(pl.col("_row").alias("row"), pl.col(column).alias("text")).collect()
        cells = group.select(KEYS).unique().join(frame, on="row", how="inner")
        pieces.append(cells)
    texts = pl.concat(pieces).sort(KEYS).with_row_index("text_index")
    return facts, texts.with_columns(pl.col("text_index").cast(pl.UInt32))


def measure(patients: int, seed: int, damage: str, half: str) -> pl.DataFrame:
    """Recall and precision per category (empty status) and per category and status."""
    facts, texts = facts_and_texts(patients, seed, damage, half)
    said = classify_text(texts["text"]).join(texts, on="text_index").select(*KEYS, "category", "status")
    truth = facts.select(*KEYS, "category", "status").unique()
    said = said.unique()
    rows = []
    for category in sorted(set(truth["category"])):
        true = truth.filter(pl.col("category") == category)
        mine = said.filter(pl.col("category") == category)
        cells, mine_cells = true.select(KEYS).unique(), mine.select(KEYS).unique()
        both = cells.join(mine_cells, on=KEYS, how="inner").height
        rows.append((category, "", both, cells.height, mine_cells.height))
        for status in sorted(set(true["status"])):
            wanted = true.filter(pl.col("status") == status).select(KEYS)
            given = mine.filter(pl.col("status") == status).select(KEYS)
            rows.append(
                (
                    category,
                    status,
                    wanted.join(given, on=KEYS, how="inner").height,
                    wanted.height,
                    given.height,
                )
            )
    frame = pl.DataFrame(rows, schema=["category", "status", "right", "n", "found"], orient="row")
    return frame.with_columns(
        recall=(pl.col("right") / pl.col("n")).round(4),
        precision=pl.when(pl.col("found") > 0).then((pl.col("right") / pl.col("found")).round(4)),
    )


def summary(frame: pl.DataFrame) -> pl.DataFrame:
    """Recall and precision over all categories (status ``any``), over all statuses, and by status."""
    whole = pl.col("status") == ""
    parts = [
        frame.filter(whole).with_columns(status=pl.lit("any")),
        frame.filter(~whole).with_columns(status=pl.lit("all, right")),
        frame.filter(~whole),
    ]
    sums = pl.concat(parts).group_by("status", maintain_order=True).agg(pl.col("right", "n", "found").sum())
    return sums.with_columns(
        recall=pl.col("right") / pl.col("n"), precision=pl.col("right") / pl.col("found")
    )


def main() -> None:
    """Read the options, print, and write if asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--half", default="holdout", choices=["dev", "holdout"])
    parser.add_argument("--patients", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=2021)
    parser.add_argument("--damage", default="none")
    parser.add_argument("--write", action="store_true")
    asked = parser.parse_args()
    frame = measure(asked.patients, asked.seed, asked.damage, asked.half)
    with pl.Config(tbl_rows=200):
        print(frame)
        print(summary(frame))
    if asked.write:
        source = (
            f"scripts/measure_classifier.py, synthetic {asked.half} half, {asked.patients} patients, "
            f"seed {asked.seed}, damage {asked.damage}; half counted {TIMES_COUNTED} times as words grew"
        )
        frame.select(
            "category",
            "status",
            "recall",
            "precision",
            "n",
            pl.lit(source).alias("source"),
            pl.lit("Apache-2.0").alias("licence"),
            pl.lit("B").alias("grade"),
        ).write_csv(OUT)


if __name__ == "__main__":
    main()

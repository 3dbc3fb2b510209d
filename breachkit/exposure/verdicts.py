"""Three verdicts of the Article 29 Working Party: singling out, linkability, inference."""

from __future__ import annotations

import polars as pl

SCHEMA = {
    "criterion": pl.String,
    "verdict": pl.Boolean,
    "people": pl.Int64,
    "share": pl.Float64,
    "reason": pl.String,
}


def wp29(matrix: pl.DataFrame, attributes: pl.DataFrame, n_people: int) -> pl.DataFrame:
    """``criterion, verdict, people, share, reason``: is each of the three risks there, for how many people.

    ``singling_out``: people found with P >= 1/2 by the best adversary; ``linkability``: people with at
    least one identifier that other files hold too (the most frequent of NIR, e-mail, mobile number);
    ``inference``:
    people of whom the best adversary learns some category with certainty >= 1/2. A verdict is true as soon as
    one person is concerned: the number says how bad it is.

    Source: Article 29 Working Party, Opinion 05/2014 on anonymisation techniques (WP216), section 2.2.

    Limits: people counted for ``inference`` are those of the worst (adversary, category) pair: a floor.
    """
    anyone = matrix.filter(pl.col("category") == "anyone")
    sensitive = matrix.filter(pl.col("category") != "anyone")
    links = attributes.filter(pl.col("attribute").is_in(["nir", "email", "phone_mobile"]))
    worst = {
        "singling_out": _worst(anyone, "findable", "adversary"),
        "linkability": _worst(links, "people", "attribute"),
        "inference": _worst(sensitive, "learned", "adversary"),
    }
    rows = [
        {
            "criterion": criterion,
            "verdict": people > 0,
            "people": people,
            "share": people / n_people if n_people else None,
            "reason": reason,
        }
        for criterion, (people, reason) in worst.items()
    ]
    return pl.DataFrame(rows, schema=SCHEMA)


def _worst(frame: pl.DataFrame, column: str, name: str) -> tuple[int, str]:
    if not frame.height:
        return 0, ""
    row = frame.sort([column, name], descending=[True, False]).row(0, named=True)
    return int(row[column]), str(row[name])

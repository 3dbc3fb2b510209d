import polars as pl

from breachkit import facts, taxonomy
from breachkit.synth.comments import parse, phrases


def spans():
    rows = facts.table("synth", "phrasebook").to_dicts()
    return pl.DataFrame(
        [(row["half"], category, status) for row in rows for _, _, category, status in parse(row["text"])[1]],
        schema=["half", "category", "status"],
        orient="row",
    )


def test_phrases_name_known_categories_and_statuses():
    known = {*taxonomy.category_ids(), *taxonomy.context_ids()}
    found = spans()
    assert set(found["category"]) <= known
    assert set(found["status"]) <= set(taxonomy.STATUS_LEVEL) - {"none"}


def test_both_halves_cover_every_category_and_share_no_phrase():
    found = spans()
    by_half = {half: set(rows["category"]) for (half,), rows in found.group_by("half")}
    assert by_half["dev"] == by_half["holdout"]
    rows = facts.table("synth", "phrasebook")
    dev, holdout = (set(rows.filter(pl.col("half") == half)["text"]) for half in ("dev", "holdout"))
    assert len(dev) >= 300 and len(holdout) >= 300 and not dev & holdout


def test_both_halves_cover_every_status():
    pairs = spans().group_by("half", "status").len()
    assert pairs.height == 14 and pairs["len"].min() >= 15


def test_a_style_keeps_every_letter_in_its_place():
    book = phrases()
    for series in book.text:
        assert series.str.len_chars().to_list() == book.length.tolist()

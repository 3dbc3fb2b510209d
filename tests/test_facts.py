"""Every packaged fact names its source, its licence, and how far it may be trusted."""

from pathlib import Path

import polars as pl
import pytest

import breachkit
from breachkit.facts import GRADES, VERIFIED, table, user_document

ROOT = Path(breachkit.__file__).parent
TABLES = sorted(path for path in ROOT.rglob("*.csv") if path.name != "messages.csv")


@pytest.mark.parametrize("path", TABLES, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_row_has_source_licence_and_trust(path):
    frame = pl.read_csv(path, infer_schema=False).fill_null("")
    assert frame.height > 0
    assert {"source", "licence"} <= set(frame.columns)
    assert (frame["source"].str.strip_chars() != "").all()
    assert (frame["licence"].str.strip_chars() != "").all()
    trust = [name for name in ("verified", "grade") if name in frame.columns]
    assert trust, "a fact table needs a `verified` or a `grade` column"
    for name, allowed in (("verified", VERIFIED), ("grade", GRADES)):
        if name in trust:
            assert set(frame[name].unique()) <= set(allowed)


@pytest.mark.parametrize("path", sorted(ROOT.rglob("messages.csv")), ids=lambda path: path.parent.name)
def test_every_sentence_stands_in_both_languages_with_the_same_blanks(path):
    import re

    frame = pl.read_csv(path, infer_schema=False).fill_null("")
    assert frame["key"].is_unique().all()
    for row in frame.iter_rows(named=True):
        assert row["fr"] and row["en"], row["key"]
        blanks = [set(re.findall(r"{(\w+)", row[lang])) for lang in ("fr", "en")]
        assert blanks[0] == blanks[1], row["key"]


def test_tables_are_read_as_text():
    assert set(table("locale", "messages").dtypes) == {pl.String}


def test_a_broken_yaml_of_a_user_names_its_line(tmp_path):
    path = tmp_path / "mine.yaml"
    path.write_text("a: 1\n b: [", encoding="utf-8")
    with pytest.raises(breachkit.BreachkitError, match=r"mine\.yaml, line 2"):
        user_document(path)

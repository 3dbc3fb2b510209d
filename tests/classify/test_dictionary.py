"""Columns of French health data, read from names and labels: macro F1 and false readings.

`dictionary.csv` holds names of the SNDS that the lexicon was written beside. `dictionary_dev.csv` is wider; a
quarter of it, chosen by hash, was only ever looked at as a number.
"""

import csv
import zlib
from collections import Counter
from pathlib import Path
from typing import NamedTuple

import polars as pl
import pytest

import breachkit as bk

HARMLESS = {None, "amount", "technical", "other_date"}


class Score(NamedTuple):
    f1: float
    false: float
    columns: int
    harmless: int


def rows(name):
    return list(csv.DictReader(Path(__file__).with_name(name).read_text("utf-8").splitlines()))


def half(name):
    return "evaluation" if zlib.crc32(name.encode()) % 4 == 1 else "development"


def verdicts(known, *, labels):
    """Judge each source as a table of its own, as it would be met."""
    tables = {}
    for r in known:
        tables.setdefault(f"source_{zlib.crc32(r['source'].encode())}", {})[r["column"]] = pl.String
    dictionary = pl.DataFrame([{"table": "", "column": r["column"], "label": r["label"]} for r in known])
    leak = bk.read({name: pl.DataFrame(schema=schema) for name, schema in tables.items()})
    fields = bk.classify(leak, dictionary=dictionary if labels else None).to_frame()
    return {r["column"]: {r["attribute"], *r["categories"]} - HARMLESS for r in fields.iter_rows(named=True)}


def judged(known, *, labels) -> Score:
    got = verdicts(known, labels=labels)
    hit, extra, missed, harmless, false = Counter(), Counter(), Counter(), 0, 0
    for row in known:
        gold = row["attribute"] or row["categories"]
        said = got[row["column"]]
        if gold in HARMLESS - {None} or not gold:
            harmless += 1
            false += bool(said)
        else:
            (hit if gold in said else missed)[gold] += 1
        if not row["categories"]:
            extra.update(said - {gold})
    kinds = set(hit) | set(missed)
    f1 = sum(2 * hit[k] / (2 * hit[k] + extra[k] + missed[k]) for k in kinds) / len(kinds)
    return Score(f1, false / harmless, len(known), harmless)


@pytest.mark.parametrize(("labels", "least", "most"), [(True, 0.9, 0.03), (False, 0.6, 0.1)])
def test_columns_of_the_snds(labels, least, most):
    score = judged(rows("dictionary.csv"), labels=labels)
    assert score.f1 >= least
    assert score.false <= most


# The unseen quarter is a guard, not a pass: false readings there are above the 2 % that we aim for.
WIDE = [
    ("development", True, 0.9, 0.02),
    ("development", False, 0.6, 0.02),
    ("evaluation", True, 0.8, 0.06),
    ("evaluation", False, 0.6, 0.1),
]


@pytest.mark.parametrize(("part", "labels", "least", "most"), WIDE)
def test_columns_of_other_dictionaries(part, labels, least, most):
    score = judged([r for r in rows("dictionary_dev.csv") if half(r["column"]) == part], labels=labels)
    assert score.f1 >= least
    assert score.false <= most


def said_of(table, dictionary):
    rows = [{"table": "", "column": column, "label": label} for column, label in dictionary.items()]
    empty = pl.DataFrame(schema=dict.fromkeys(dictionary, pl.String))
    fields = bk.classify(bk.read({table: empty}), dictionary=pl.DataFrame(rows)).to_frame()
    said = fields.select("column", "attribute", "categories").iter_rows()
    return {column: (attribute, tuple(categories)) for column, attribute, categories in said}


def test_a_form_of_words_under_several_columns_says_nothing():
    said = said_of("scouts", dict.fromkeys(["Prenom", "Sexe", "Email"], "Champ de la table."))
    assert [attribute for attribute, _ in said.values()] == ["first_name", "sex", "email"]
    said = said_of("suivi", dict.fromkeys(["IVG_DATE", "Prenom", "Sexe"], "Champ de la table."))
    assert said["IVG_DATE"][1] == ("abortion",)


def test_a_label_says_whose_name_it_is():
    people = {"prenom": "Prénom", "nom": "Nom du patient"}
    assert said_of("t", people)["nom"][0] == "last_name"
    assert said_of("t", {**people, "nom": "Nom du parking"})["nom"][0] != "last_name"


def test_among_things_only_the_unmistakable_reveals():
    columns = {"marque": "Marque", "modele": "Modèle", "dealer": "Dealer", "vih": "VIH"}
    assert said_of("vehicules", columns)["dealer"][1] == ()
    assert said_of("vehicules", columns)["vih"][1] == ("hiv",)
    person = {**columns, "patient_sclerose": "Sclérose du patient", "handicap": "Handicap"}
    assert said_of("vehicules", person)["handicap"][1] == ("disability",)
    assert said_of("vehicules", person)["patient_sclerose"][1] != ()

import polars as pl
import pytest

from breachkit.people import People, load_rules


@pytest.fixture
def people():
    frame = pl.LazyFrame(
        {
            "person_id": [0, 1, 2],
            "n_records": [1, 3, 2],
            "merge_rule": ["single", "patient_id", "patient_id"],
            "merge_confidence": [1.0, 0.99, 0.99],
            "qi_last_name": ["CANARY", "CANARY", "CANARY"],
        }
    )
    conflicts = pl.LazyFrame(
        {
            "person_id": [1, 2],
            "column": ["qi_postcode", "key_nir"],
            "n_values": [2, 2],
            "rule": ["majority", "kept_apart:nir"],
        }
    )
    return People(frame=frame, conflicts=conflicts)


def test_counts(people):
    assert (people.n_people, people.n_records) == (3, 6)
    assert people.to_frame().rows() == [("single", 1.0, 1, 1), ("patient_id", 0.99, 2, 5)]


def test_no_value_is_shown(people):
    shown = repr(people) + people._repr_html_() + str(people.to_dict()) + people.plot(lang="fr").svg()
    assert "CANARY" not in shown
    assert "qi_postcode" in shown


def test_nobody():
    empty = pl.LazyFrame(
        schema={
            "person_id": pl.Int64,
            "n_records": pl.Int64,
            "merge_rule": pl.String,
            "merge_confidence": pl.Float64,
        }
    )
    people = People(frame=empty)
    assert people.to_dict()["people"] == 0
    assert "Nobody" in people.card("en").text()
    assert people.plot(lang="en").alt.endswith("given.")


def test_rules_and_columns_are_said_in_the_readers_words(people):
    card = people.card("fr")
    assert card.table.columns == ["règle", "confiance", "personnes", "enregistrements"]
    assert card.table["règle"].to_list() == ["un seul enregistrement", "numéro de patient"]
    assert card.notes[1].startswith("1 personne\u00a0: ses enregistrements se contredisent (code postal)")


def test_every_shipped_rule_has_a_name():
    from breachkit.people.people import rule_label

    for rule in load_rules().rules:
        assert rule_label(rule.id, "fr") != rule.id
    assert rule_label("my_own", "fr") == "my_own"

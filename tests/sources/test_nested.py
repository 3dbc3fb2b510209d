"""Keys that are people, one value per line, batches."""

import json

import pytest

from breachkit.sources import nested

PEOPLE = {"DUPONT Marie": {"cp": "01400"}, "MARTIN Paul": {"cp": "29200"}}


def rows(leak, table="t"):
    return leak.tables[table].collect().drop("_row").rows()


@pytest.mark.parametrize(
    "document",
    [
        PEOPLE,
        [{name: value} for name, value in PEOPLE.items()],
        {"patients": PEOPLE},
        {name: [value] for name, value in PEOPLE.items()},
    ],
)
def test_an_object_keyed_by_people_gives_a_row_each(leak_of, document):
    leak = leak_of(json.dumps(document), "t.json")
    assert leak.tables["t"].collect_schema().names() == ["_row", "key", "cp"]
    assert rows(leak) == [("DUPONT Marie", "01400"), ("MARTIN Paul", "29200")]


def test_a_number_as_a_key_names_no_column(leak_of):
    leak = leak_of(json.dumps([{"nom": "A", "vus": {"185057512345697": "oui"}}]), "t.json")
    assert leak.tables["t"].collect_schema().names() == ["_row", "nom", "vus.key", "vus.value"]


def test_one_value_per_line_is_read_in_batches(leak_of, monkeypatch):
    monkeypatch.setattr(nested, "BATCH", 2)
    lines = [{"nom": "A"}, {"nom": "B", "cp": "01400"}, {"cp": "29200", "_row": 7}]
    leak = leak_of("\n".join(map(json.dumps, lines)) + "\nnot json\n", "t.ndjson")
    assert leak.provenance[0].format == "ndjson"
    assert leak.tables["t"].collect_schema().names() == ["_row", "nom", "cp", "_row_2"]
    assert rows(leak) == [("A", None, None), ("B", "01400", None), (None, "29200", "7")]
    assert leak.damage.select("line", "kind").rows() == [(4, "not_json")]


def test_resources_one_per_line_go_to_the_table_of_their_type(leak_of):
    lines = [{"resourceType": "Patient", "id": "1"}, {"resourceType": "Observation", "id": "2"}]
    leak = leak_of("\n".join(map(json.dumps, lines)), "t.ndjson")
    assert list(leak.tables) == ["Patient", "Observation"]

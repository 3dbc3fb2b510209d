import pytest

from breachkit import BreachkitError, taxonomy


def test_levels_run_from_0_to_7():
    assert list(taxonomy.STATUS_LEVEL.values()) == list(range(8))


def test_the_agreed_ids_are_there():
    assert len(taxonomy.category_ids()) == 25
    assert len(taxonomy.attribute_ids()) == 35
    assert taxonomy.subjects()["id"].to_list()[:2] == ["patient", "prescriber"]


def test_labels_in_both_languages():
    for table in (taxonomy.attributes(), taxonomy.categories(), taxonomy.contexts(), taxonomy.statuses()):
        assert (table["fr"] != "").all()
        assert (table["en"] != "").all()
    assert taxonomy.label("nir", "en") == "French social security number (NIR)"


def test_unknown_label():
    with pytest.raises(BreachkitError, match="Did you mean 'hiv'"):
        taxonomy.label("hivv", "en")

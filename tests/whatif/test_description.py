import copy

import pytest

from breachkit import BreachkitError
from breachkit.circumstances import choices
from breachkit.facts import document
from breachkit.whatif.description import load_safeguards, load_server


def changed(name, path, value):
    rows = copy.deepcopy(document("whatif", name))
    at = rows
    for key in path[:-1]:
        at = at[key]
    at[path[-1]] = value
    return rows


@pytest.mark.parametrize(
    ("path", "value", "message"),
    [
        (["days", "value"], 0, "field 'days'"),
        (["persistence", "value"], 1.5, "field 'persistence'"),
        (["public_hazard", "low"], -1, "field 'public_hazard'"),
        (["public_hazard", "low"], 5.0, "5 % end .* above"),
        (["detection", "grade"], "D", "field 'detection'"),
        (["private_hazard", "source"], "", "field 'private_hazard'"),
    ],
)
def test_a_bad_number_of_the_server_names_its_field(path, value, message):
    with pytest.raises(BreachkitError, match=message):
        load_server(changed("server", path, value))


@pytest.mark.parametrize(
    ("path", "value", "message"),
    [
        (["safeguards", 1, "element"], "firewall", "row 2, field 'element': Unknown element 'firewall'"),
        (["safeguards", 2, "coverage"], 2, "row 3, field 'coverage'"),
        (["safeguards", 3, "grade"], "", "row 4, field 'grade'"),
        (["safeguards", 4, "source"], "", "row 5, field 'source'"),
        (["safeguards", 5, "left"], None, "row 6, field 'left'"),
        (["safeguards", 0, "id"], "encryption", "field 'id'"),
        (["safeguards"], [], "1 to 8 rows"),
    ],
)
def test_a_bad_safeguard_names_row_and_field(path, value, message):
    with pytest.raises(BreachkitError, match=message):
        load_safeguards(changed("safeguards", path, value))


def test_the_six_undo_the_six_failings_of_the_case():
    undone = {one.undoes for one in load_safeguards()}
    assert len(undone) == 6
    assert undone <= set(choices("failings"))

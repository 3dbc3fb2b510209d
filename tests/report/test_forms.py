"""Forms are drafts for people to check; the list of names comes only when asked for."""

import stat

import pytest

from breachkit import BreachkitError
from breachkit.report.forms import plain
from breachkit.report.notify import guarded


@pytest.mark.parametrize(("lang", "aid"), [("fr", "à vérifier"), ("en", "to be checked")])
def test_each_form_is_marked_as_an_aid(result, tmp_path, lang, aid):
    paths = result.forms(tmp_path / "forms", lang)
    assert [p.name for p in paths] == [f"{n}-{lang}.md" for n in ("notification", "register", "letter")]
    for path in paths:
        assert aid in path.read_text()
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_the_notification_carries_the_ids_of_the_edpb_template(result, tmp_path):
    text = result.forms(tmp_path, "fr")[0].read_text()
    for number in (55, 56, 57, 58, 59, 60, 61, 65, 70, 75, 85, 87, 89, 90, 100):
        assert f"| {number} |" in text


def test_markup_in_a_value_stays_text():
    assert plain("<b>x</b> | [a](b)") == r"&lt;b&gt;x&lt;/b&gt; \| \[a\](b)"


def test_names_only_with_reveal(result, tmp_path):
    with pytest.raises(BreachkitError, match="reveal=True"):
        result.notification_list(tmp_path / "list.csv")
    path = result.notification_list(tmp_path / "list.csv", reveal=True)
    lines = path.read_text(encoding="utf-8-sig").splitlines()
    assert len(lines) == result.exposure.n_people + 1
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


@pytest.mark.parametrize("cell", ["=1+1", "+33", "-2", "@x", "\t=1", " =1", "|calc"])
def test_no_cell_is_a_formula(cell):
    assert guarded(cell).startswith("'")

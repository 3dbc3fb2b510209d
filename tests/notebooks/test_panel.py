"""The panel of switches: right, fast, readable without being seen."""

import sys
import time

import pytest

import breachkit as bk
from breachkit.errors import MissingExtraError
from breachkit.locale import integer, rounded
from breachkit.whatif.panel import picture, sentence


@pytest.fixture(scope="module")
def whatif():
    return bk.what_if(bk.synthesize(patients=600, seed=4), "dedalus-2021", simulations=200)


def parts(panel):
    return panel.children[0], panel.children[1:-1], panel.children[-1]


def test_a_switch_redraws_at_once(whatif):
    pytest.importorskip("ipywidgets", reason="the panel needs the extra `notebooks`")
    chosen, switches, view = parts(whatif.panel(lang="fr"))
    assert [s.description for s in switches] == [one.name("fr") for one in whatif.safeguards]
    before, start = view.value, time.perf_counter()
    switches[1].value = True
    assert time.perf_counter() - start < 0.3
    assert view.value != before
    left = integer(rounded(whatif.combination("encryption")["people"]), "fr")
    assert f": {left}<" in view.value
    chosen.value = "organisation"
    assert "coût pour l’organisme" in view.value


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_every_combination_and_outcome_can_be_drawn(whatif, lang):
    ids = [one.id for one in whatif.safeguards]
    for on in ((), tuple(ids), tuple(ids[:3])):
        for outcome in ("people", "victims", "organisation"):
            page = picture(whatif, on, outcome, lang)
            assert 'role="img"' in page and 'aria-label="' in page
            assert sentence(whatif, on, outcome, lang)


def test_the_next_safeguard_is_not_named_when_all_are_on(whatif):
    ids = tuple(one.id for one in whatif.safeguards)
    assert len(sentence(whatif, ids, "people", "en")) < len(sentence(whatif, (), "people", "en"))


def test_without_ipywidgets_the_extra_is_named(whatif, monkeypatch):
    monkeypatch.setitem(sys.modules, "ipywidgets", None)
    with pytest.raises(MissingExtraError, match=r"breachkit\[notebooks\]"):
        whatif.panel()

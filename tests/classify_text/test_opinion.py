import sys

import pytest

from breachkit.classify.text import second_opinion
from breachkit.errors import MissingExtraError

TEXTS = ["Pas de cancer.", "suspicion de lymphome", "mère diabétique", "séro VIH", None, "👍 pas de cancer"]


def test_a_missing_edsnlp_is_named_with_its_extra(monkeypatch):
    monkeypatch.setitem(sys.modules, "edsnlp", None)
    with pytest.raises(MissingExtraError, match=r"breachkit\[nlp\]"):
        second_opinion(TEXTS)


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")
def test_edsnlp_judges_our_spans_and_has_no_notion_of_a_test():
    pytest.importorskip("edsnlp")
    said = second_opinion(TEXTS)
    rows = said.select("text_index", "status", "second", "agrees").rows()
    assert rows[:2] == [(0, "negated", "negated", True), (1, "suspected", "suspected", True)]
    assert ("tested", None) in said.filter(text_index=3).select("status", "agrees").rows()
    assert said.filter(text_index=5).select("second", "agrees").rows() == [("negated", True)]


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")
def test_nothing_found_is_nothing_judged():
    pytest.importorskip("edsnlp")
    said = second_opinion(["à jeun", ""])
    assert said.height == 0
    assert {"second", "agrees"} <= set(said.columns)

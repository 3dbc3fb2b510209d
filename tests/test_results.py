import datetime as dt
import json

import polars as pl
import pytest

from breachkit.leak import Leak
from breachkit.results import Card, Plot, house_style, jsonable

LEAK = Leak(
    tables={"patients": pl.LazyFrame({"NOM": ["CANARI", "B"], "_row": [0, 1]})},
    quarantined=pl.DataFrame({"table": ["patients"], "line": [3], "reason": ["short"], "raw": ["CANARI;x"]}),
)


def test_what_a_result_shows_holds_no_value():
    shown = repr(LEAK) + LEAK._repr_html_() + json.dumps(LEAK.to_dict()) + str(LEAK.quarantine)
    assert "CANARI" not in shown
    assert LEAK.to_dict()["schema"] == "breachkit/leak/1"
    assert LEAK.to_frame().row(0, named=True)["quarantined"] == 1


def test_raw_lines_need_reveal():
    with pytest.raises(ValueError, match="reveal=True"):
        LEAK.quarantined_lines()
    assert LEAK.quarantined_lines(reveal=True)["raw"].item() == "CANARI;x"


def test_a_card_escapes_what_it_is_given():
    table = pl.DataFrame({"<i>": ["<img src=x>"]})
    card = Card("<b>", ("<script>alert(1)</script>",), table, "<u>", ("<s>",))
    html = card.html()
    for tag in ("<b>", "<script>alert", "<i>", "<img", "<u>", "<s>"):
        assert tag not in html.split("</style>")[1]
    assert "<img src=x>" in card.text()


def test_jsonable_leaves_per_person_frames_out():
    assert jsonable({"lazy": pl.LazyFrame({"a": [1]}), "day": dt.date(2021, 2, 23)}) == {
        "lazy": None,
        "day": "2021-02-23",
    }


def test_two_plots_on_one_page_share_no_identifier():
    import re

    from matplotlib.figure import Figure

    def draw(title):
        with house_style():
            figure = Figure()
            figure.subplots().plot([1, 2], [3, 4])
        return Plot(figure, "a line that rises", pl.DataFrame({"x": [1]}), title)

    first, second = draw("One").svg(), draw("Two").svg()
    assert not set(re.findall(r'\bid="([^"]+)"', first)) & set(re.findall(r'\bid="([^"]+)"', second))
    assert 'aria-label="a line that rises"' in first
    assert "currentColor" in first

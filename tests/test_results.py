import datetime as dt
import json

import polars as pl
import pytest

from breachkit.leak import Leak
from breachkit.results import INK, PALETTE, Card, Plot, house_style, jsonable, name_lines, speak, tinted
from breachkit.results.inks import luminance

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


@pytest.mark.parametrize("colour", PALETTE)
def test_tinted_text_reads_on_white_and_follows_the_ink_elsewhere(colour):
    assert 1.05 / (luminance(tinted(colour)) + 0.05) >= 4.5
    with house_style():
        from matplotlib.figure import Figure

        figure = Figure()
        figure.subplots().set_title("words", color=tinted(colour))
    svg = Plot(figure, "words", pl.DataFrame(), "words").svg()
    assert f"color-mix(in srgb, {colour} 55%, currentColor)" in svg
    assert INK not in svg


def test_ticks_speak_french_on_both_kinds_of_axis():
    from matplotlib.figure import Figure

    figure = Figure()
    axes = figure.subplots()
    axes.plot([1, 10_000_000], [0.0, 0.5])
    axes.set_xscale("log")
    speak(axes.xaxis, "fr")
    speak(axes.yaxis, "fr")
    figure.draw_without_rendering()
    drawn = {label.get_text() for a in (axes.xaxis, axes.yaxis) for label in a.get_ticklabels()}
    assert {"1\u202f000", "1\u202fM", "0,1"} <= drawn
    assert not any("." in words or "$" in words for words in drawn)


def test_names_of_lines_lie_on_free_ground():
    from matplotlib.figure import Figure

    figure = Figure(figsize=(5, 3))
    axes = figure.subplots()
    for shift in (0, 1, 2):
        axes.plot([0, 10], [shift, shift], label=f"line {shift}")
    name_lines(axes)
    figure.draw_without_rendering()
    boxes = [text.get_window_extent() for text in axes.texts]
    assert not any(a.overlaps(b) for i, a in enumerate(boxes) for b in boxes[:i])
    for line in axes.get_lines()[:3]:
        path = line.get_transform().transform_path(line.get_path())
        assert not any(path.intersects_bbox(box, filled=False) for box in boxes)

import datetime as dt
import json

import numpy as np
import polars as pl
import pytest

from breachkit.leak import Leak
from breachkit.locale import percent
from breachkit.results import (
    INK,
    PALETTE,
    Card,
    Plot,
    euros,
    house_style,
    jsonable,
    name_lines,
    shares,
    speak,
    tinted,
)
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


def drawn(write, low, high, step, lang):
    from matplotlib.figure import Figure

    axis = Figure().subplots().xaxis
    axis.set_ticks(np.arange(low, high + step / 2, step))
    write(axis, lang)
    axis.get_figure().draw_without_rendering()
    return [label.get_text() for label in axis.get_ticklabels()]


@pytest.mark.parametrize(
    ("write", "low", "high", "step", "words"),
    [
        (speak, 10e6, 17.5e6, 2.5e6, ["10 M", "12.5 M", "15 M", "17.5 M"]),
        (speak, 12.25e6, 12.3e6, 0.025e6, ["12.25 M", "12.275 M", "12.3 M"]),
        (speak, 999_600, 1_000_400, 400, ["999,600", "1 M", "1.0004 M"]),
        (euros, 0, 3e6, 1.5e6, ["€0", "€1.5 M", "€3 M"]),
        (shares, 0, 0.0125, 0.0025, ["0.00%", "0.25%", "0.50%", "0.75%", "1.00%", "1.25%"]),
        (shares, 0, 1, 0.5, ["0%", "50%", "100%"]),
        (shares, -0.2, 0.1, 0.1, ["-20%", "-10%", "0%", "10%"]),
    ],
)
def test_ticks_say_what_they_stand_at(write, low, high, step, words):
    assert [word.replace("\u202f", " ") for word in drawn(write, low, high, step, "en")] == words


def test_nothing_is_not_negative():
    assert percent(-0.0004, "en", 0) == "0%"


def test_a_dollar_is_a_dollar():
    from matplotlib.figure import Figure

    with house_style():
        figure = Figure()
        figure.subplots().set_title(r"$\foo$ & co")
    assert r"$\foo$ &amp; co" in Plot(figure, "words", pl.DataFrame(), "words").svg()


def test_a_line_is_named_where_it_is_drawn_and_in_full():
    from matplotlib.figure import Figure

    axes = Figure(figsize=(3, 2)).subplots()
    axes.plot([], [], label="nothing")
    axes.plot([1, 2], [np.nan, np.nan], label="nowhere")
    axes.plot([1, 2, 3], [1, np.nan, 1], label="a gap")
    axes.plot([1, 2, 3], [2, 2, 2], label="many words " * 9)
    name_lines(axes)
    gap, long = axes.texts
    assert (gap.get_text(), long.get_text().split()) == ("a gap", ["many", "words"] * 9)
    for box in (gap.get_window_extent(), long.get_window_extent()):
        assert axes.bbox.x0 <= box.x0 <= box.x1 <= axes.bbox.x1


@pytest.mark.parametrize(
    ("cells", "right"),
    [(["< 5", "1,200"], True), (["non dit", "12"], True), (["not told", "–"], False), (["< x"], False)],
)
def test_small_and_untold_counts_stand_right_like_the_others(cells, right):
    assert ('class="num"' in Card("t", (), pl.DataFrame({"people": cells})).html()) is right


def test_rows_folded_under_nothing_are_open():
    rows = pl.DataFrame({"a": ["b"]})
    assert "<details open>" in Card("t", folded=rows, summary="more").html()
    assert "<details>" in Card("t", table=rows, folded=rows, summary="more").html()

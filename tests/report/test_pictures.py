"""Every picture speaks the reader's language: no tick, name or bar in another's."""

import re

import pytest

from breachkit.exposure import measure
from breachkit.exposure.exposure import PLOTS
from breachkit.severity import fine_range
from breachkit.whatif.whatif import PLOTS as WHAT_IF

FRAUD = ("exceedance", "tornado", "ledgers", "timeline", "circulation")


def pictures(result, lang):
    yield from (one.plot(lang=lang) for one in (result.leak, result.fields, result.records, result.people))
    yield from (result.exposure.plot(kind, lang=lang) for kind in PLOTS)
    yield from (result.fraud.plot(kind=kind, lang=lang) for kind in FRAUD)
    yield from (result.what_if.plot(kind, lang=lang) for kind in WHAT_IF)
    yield measure(result.people.frame, ["qi_sex", "qi_department"]).plot(lang=lang)
    yield result.severity.plot(lang=lang)
    yield fine_range({"a": 16e6}, "83(4)").plot(lang=lang)


def ticks(figure):
    figure.draw_without_rendering()
    for axes in (one for one in figure.axes if one.axison):
        for axis in (axes.xaxis, axes.yaxis):
            yield from (
                label.get_text() for which in ("major", "minor") for label in axis.get_ticklabels(which=which)
            )


@pytest.mark.parametrize(
    ("lang", "foreign"), [("fr", r"\d\.\d|\d,\d{3}\b|\$"), ("en", r"\d,\d\b|\d\s\d{3}|\$")]
)
def test_ticks_are_written_in_the_readers_language(result, lang, foreign):
    for plot in pictures(result, lang):
        assert not [words for words in ticks(plot.figure) if re.search(foreign, words)], plot.title


def test_no_line_is_named_by_a_legend(result):
    assert not [
        plot.title for plot in pictures(result, "fr") if any(axes.get_legend() for axes in plot.figure.axes)
    ]


def test_a_matrix_is_no_wider_than_a_page(result):
    assert result.exposure.plot("matrix", lang="fr").figure.get_size_inches()[0] < 10

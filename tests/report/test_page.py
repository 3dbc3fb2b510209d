"""The page: self-contained, in one language, small counts told as such."""

import re
from html.parser import HTMLParser

import pytest

from breachkit import BreachkitError, taxonomy
from breachkit.report.smallcounts import exposure_to_share


@pytest.fixture
def texts(pages):
    return {lang: path.read_text() for lang, path in pages.items()}


class Outline(HTMLParser):
    def __init__(self):
        super().__init__()
        self.levels, self.ids, self.links, self.tags = [], [], [], []

    def handle_starttag(self, tag, attrs):
        named = dict(attrs)
        self.tags.append(tag)
        if re.fullmatch(r"h[1-6]", tag):
            self.levels.append(int(tag[1]))
        if "id" in named:
            self.ids.append(named["id"])
        self.links += [named[k] for k in ("href", "src", "xlink:href") if k in named]


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_outline_is_sound_and_nothing_is_fetched(texts, lang):
    outline = Outline()
    outline.feed(texts[lang])
    assert outline.levels.count(1) == 1
    assert all(b - a <= 1 for a, b in zip(outline.levels, outline.levels[1:], strict=False))
    assert len(outline.ids) == len(set(outline.ids))
    assert all(link.startswith(("#", "data:image/")) for link in outline.links)
    assert "script" not in outline.tags
    assert f'<html lang="{lang}">' in texts[lang]
    assert len(texts[lang]) < 2_000_000


def test_the_first_page_answers(texts):
    for name in ("people", "people_revealed", "severity", "victims", "article_33", "article_34"):
        assert f'id="figure-{name}"' in texts["fr"]


def test_french_pages_hold_no_raw_ids(texts):
    text = re.sub(r"<[^>]+>", " ", re.sub(r"<(style|svg).*?</\1>", " ", texts["fr"], flags=re.DOTALL))
    for word in ("merge_rule", "merge_confidence", "nir_postcode", "key_nir", "kept_apart", "quarantined"):
        assert word not in text
    for word in ("short_line", "blank_line", "padded", "kept_in_overflow", "skipped", "no dictionary given"):
        assert word not in text
    for words in ("ligne trop courte", "complété par des cellules vides", "aucun dictionnaire donné"):
        assert words in text
    assert not re.search(r"\d%", text)


def test_small_counts_are_not_told(result):
    shared = exposure_to_share(result.exposure)
    for name in ("people", "findable"):
        assert not shared.matrix[name].is_between(1, 4).any()
    assert not shared.overlaps["people"].is_between(1, 4).any()
    rare = result.exposure.categories.filter(people=1)["category"].to_list()
    table = result.card("en").text()
    assert all(f"{taxonomy.label(name, 'en')}  1 " not in table for name in rare)


def test_a_sample_is_said_on_every_page(leak_folder, tmp_path):
    from breachkit.report import assess

    part = assess(leak_folder, sample=50, what_if=False, lang="en")
    page = part.report(tmp_path / "r.html").read_text()
    assert part.exposure.n_people <= 50
    assert '@top-center{content:"First look: only the first 50 rows' in page
    assert 'class="warning' in page


def test_pdf(result, tmp_path):
    pytest.importorskip("weasyprint", exc_type=OSError, reason="needs pango")
    data = result.report(tmp_path / "r.pdf").read_bytes()
    assert data.startswith(b"%PDF")
    with pytest.raises(BreachkitError, match=r"Use \.html or \.pdf"):
        result.report(tmp_path / "r.docx")

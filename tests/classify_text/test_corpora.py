"""Sentences and acts of our own, halved by a hash: errors of ``dev`` were read, ``unseen`` only counted."""

import hashlib
import re
from pathlib import Path

import pytest

from breachkit.classify.text import classify_text, qualify

HERE = Path(__file__).parent
SPAN = re.compile(r"\[([^\]]+)\]([NASOHPT])")


def half(line):
    return "dev" if int(hashlib.sha256(line.encode()).hexdigest(), 16) % 2 else "unseen"


def negation_f1(name, lang, wanted):
    texts, starts, ends, negated = [], [], [], []
    for line in (HERE / name).read_text(encoding="utf-8").splitlines():
        if half(line) != wanted:
            continue
        text = SPAN.sub(r"\1", line)
        for shift, match in enumerate(SPAN.finditer(line)):
            start = match.start() - 3 * shift
            texts.append(text)
            starts.append(start)
            ends.append(start + len(match[1]))
            negated.append(match[2] == "N")
    said = [status == "negated" for status in qualify(texts, starts, ends, lang=lang)]
    right = sum(s and n for s, n in zip(said, negated, strict=True))
    return 2 * right / (sum(said) + sum(negated))


@pytest.mark.parametrize("wanted", ["dev", "unseen"])
@pytest.mark.parametrize(
    ("name", "lang", "least"), [("clinical_fr.txt", "fr", 0.85), ("clinical_en.txt", "en", 0.95)]
)
def test_negation_holds_its_bar(name, lang, least, wanted):
    assert negation_f1(name, lang, wanted) >= least


@pytest.mark.parametrize("category", ["hiv", "hepatitis", "cancer", "sti", "prenatal"])
def test_acts_hold_their_bars(category):
    lines = (HERE / "acts.txt").read_text(encoding="utf-8").splitlines()
    acts = [line.rsplit("|", 1) for line in lines if not line.startswith("#")]
    found = classify_text([label for label, _ in acts])
    said = set(found.filter(found["category"] == category)["text_index"])
    true = {index for index, (_, name) in enumerate(acts) if name == category}
    assert len(said & true) >= 0.91 * len(true)
    assert len(said & true) >= 0.90 * len(said)

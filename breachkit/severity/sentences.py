"""What a severity says of itself, in French and in English."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import polars as pl

from breachkit.circumstances.vocabulary import label
from breachkit.locale import Language, decimal, integer, listed, say
from breachkit.results import Card
from breachkit.severity.library import titled

if TYPE_CHECKING:
    from breachkit.severity.severity import Severity


def card(severity: Severity, lang: Language) -> Card:
    """The score, the distribution, the verdicts, the clock; limits and unverified claims as notes."""
    title = say("severity", "title", lang)
    title = f"{title} – {titled(severity.title, lang)}" if severity.title else title
    if severity.score_max is None:
        return Card(title, (say("severity", "nobody", lang),))
    sentences = [*_score(severity, lang), *severity.notify_authority.sentences(lang)]
    sentences += [*severity.notify_people.sentences(lang), *severity.clock.sentences(lang)]
    notes = [flag_sentence(severity, flag, lang) for flag in severity.flags]
    notes += [say("severity", "saturates", lang), *article_sentences(severity.articles, lang)]
    notes.append(say("severity", "version", lang, version=severity.version))
    return Card(title, sentences, _table(severity, lang), say("severity", "caption", lang), notes)


def flag_sentence(severity: Severity, flag: str, lang: Language) -> str:
    """One flag, in words."""
    return say("severity", f"flag_{flag}", lang, people=integer(severity.counts.get(flag, 0), lang))


def article_sentences(articles: pl.DataFrame, lang: Language) -> list[str]:
    """One line per article, an unverified reference marked as such."""
    lines = []
    for row in articles.group_by("article", maintain_order=True).agg(pl.all()).iter_rows(named=True):
        texts = listed(dict.fromkeys(row[f"text_{lang}"]), lang)
        mark = verified_mark(row["verified"], lang)
        lines.append(
            say("severity", "article_line", lang, article=f"Art. {row['article']}", text=texts, mark=mark)
        )
    return lines


def people_words(n: int | None, lang: Language) -> str:
    """Write a number of people with its noun; French takes the singular for 0 and 1, English for 1."""
    if n is None:
        return say("severity", "people_none", lang)
    single = n < 2 if lang == "fr" else n == 1
    return say("severity", "people_one" if single else "people_many", lang, n=integer(n, lang))


def verified_mark(values: Iterable[str], lang: Language) -> str:
    """Write how far a claim was checked, if not wholly: `` [unverified]``, `` [partly verified]``."""
    held = set(values)
    key = "unverified" if "no" in held else "partial" if "partial" in held else ""
    return f" [{say('severity', key, lang)}]" if key else ""


def _score(severity: Severity, lang: Language) -> list[str]:
    low, high, total = severity.score_low, severity.score_high, severity.people
    if low == high:
        top = severity.by_stratum.filter(pl.col("score") == high)["people"].sum()
        words = {"score": decimal(high, lang), "band": say("severity", f"band_{severity.band_max}", lang)}
        said = [say("severity", "score_point", lang, people=people_words(int(top), lang), **words)]
    else:
        said = [say("severity", "score_interval", lang, low=decimal(low, lang), high=decimal(high, lang))]
    if severity.missing:
        names = ", ".join(label(name, lang) for name in severity.missing)
        said.append(say("severity", "score_missing", lang, names=names))
    if low == high:
        grave = severity.by_band().filter(pl.col("band").is_in(["high", "very_high"]))["people"].sum()
        said.append(
            say("severity", "spread", lang, high=integer(grave, lang), people=people_words(total, lang))
        )
    if severity.aepd is None:
        return [*said, say("severity", "aepd_undecided", lang)]
    return [*said, say("severity", "aepd_score", lang, score=severity.aepd.score)]


def _table(severity: Severity, lang: Language) -> pl.DataFrame:
    rows = []
    for row in severity.by_stratum.iter_rows(named=True):
        point = row["score"] == row["score_low"]
        score = decimal(row["score"], lang)
        name = say("severity", f"band_{row['band']}", lang)
        rows.append(
            {
                say("severity", "stratum", lang): say("severity", f"stratum_{row['stratum']}", lang),
                say("severity", "people", lang): integer(row["people"], lang),
                say("severity", "dpc", lang): row["dpc"],
                say("severity", "ei", lang): decimal(row["ei"], lang),
                say("severity", "score", lang): score
                if point
                else f"{decimal(row['score_low'], lang)} – {score}",
                say("severity", "band", lang): name if point else say("severity", "up_to", lang, value=name),
            }
        )
    return pl.DataFrame(rows)

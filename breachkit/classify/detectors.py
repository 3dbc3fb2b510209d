"""What the values of a column look like: one row of ``detectors.csv`` is one detector.

A detector has a shape and, where the identifier has one, a key. The share of keys that pass is compared with
what chance would give (1 in 97 for a NIR, 1 in 10 for Luhn): a column whose keys pass at the chance rate is
not of that kind, whatever its shape.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from typing import NamedTuple

import numpy as np
import polars as pl

from breachkit.classify.pool import Flags, Pool, flags
from breachkit.classify.profile import Profile
from breachkit.classify.tokens import tokens
from breachkit.classify.vocabulary import folded_expr, words
from breachkit.facts import table

ENOUGH = 5
ROUND = 0.3
DECIMAL = r"^-?\d*[.,]\d+$"
KINDS = ("regex", "check", "check_loinc", "vocabulary", "head", "words")
# What a kind looks up, by its argument or else its pattern.
ARGUMENTS = {"check": "identifier", "vocabulary": "vocabulary", "head": "vocabulary"}
# Numbers of a row, 0 to 1, with cautious defaults.
NUMBERS = {"least_share": 0.5, "shape_score": 0.5, "key_score": 0.0, "chance": 0.0}


class Detector(NamedTuple):
    """One row of the table of detectors; ``names`` are the words that a column's name must hold."""

    id: str
    attribute: str
    kind: str
    pattern: str
    least_share: float
    shape_score: float
    key_score: float
    chance: float
    subject: str
    names: frozenset[str] = frozenset()


class Finding(NamedTuple):
    """What one detector saw in one column: shares of rows with the shape and, of those, with a right key."""

    detector: str
    attribute: str
    subject: str
    shape_score: float
    key_score: float
    share: float
    key_share: float | None
    reason: str


@cache
def detectors() -> tuple[Detector, ...]:
    """Give the packaged detectors in the order of their table."""
    return tuple(from_row(row) for row in table("classify", "detectors").iter_rows(named=True))


def from_row(row: Mapping[str, str]) -> Detector:
    """Build a detector from a row of text, absent cells filled with cautious defaults."""
    given = {name: float(row.get(name) or value) for name, value in NUMBERS.items()}
    given["shape_score"] = min(given["shape_score"], 0.6)
    return Detector(
        row["id"],
        row["attribute"],
        row.get("kind") or "regex",
        row.get("pattern") or "",
        subject=row.get("subject") or "",
        names=frozenset(tokens(row.get("name_tokens") or "")),
        **given,
    )


def look(pool: Pool, known: Iterable[Detector]) -> list[list[Finding]]:
    """Run detectors over pooled columns: for each column, what each detector saw, in their order."""
    found: list[list[Finding]] = [[] for _ in pool.columns]
    for detector in known:
        if detector.kind == KINDS[0] and not detector.pattern:
            continue
        form, key = _matches(detector, pool.values)
        shaped = flags(form)
        shares = pool.shares(shaped)
        for column in np.flatnonzero(shares >= detector.least_share).tolist():
            seen, part = pool.columns[column], pool.part(column)
            key_share = None if key is None else _key_share(shaped[part], key[part])
            if _too_uniform(detector, seen, key_share):
                continue
            found[column].append(_finding(detector, float(shares[column]), key_share))
    return found


def _finding(detector: Detector, share: float, key_share: float | None) -> Finding:
    shape, proof = detector.shape_score, 0.0
    if key_share is not None and detector.key_score:
        proof = detector.key_score * above_chance(key_share, detector.chance)
        if proof == 0:
            shape *= 0.1
    reason = f"{detector.id} {share:.1%}"
    if key_share is not None:
        reason += f", keys {key_share:.1%} (chance {detector.chance:.1%})"
    return Finding(
        detector.id,
        detector.attribute,
        detector.subject,
        shape * share**0.5,
        proof,
        share,
        key_share,
        reason,
    )


def above_chance(share: float, chance: float) -> float:
    """Give how far a share of right keys is above chance, 0 (no better) to 1.

    Three times chance or less counts as chance: small columns vary.

    Examples
    --------
    >>> above_chance(0.98, 1 / 97), above_chance(1 / 97, 1 / 97), above_chance(0.12, 0.1)
    (1.0, 0.0, 0.0)
    """
    if share <= 3 * chance:
        return 0.0
    return min(1.0, (share - chance) / (0.9 * (1 - chance)))


def _too_uniform(detector: Detector, seen: Profile, key_share: float | None) -> bool:
    """Say whether a column is too uniform to be what it looks like.

    A column of nothing but ``1`` is no column of sexes, numbers few of which end in zero are no
    postcodes (four French ones in five do), and codes that all start with one letter are no
    diagnoses but somebody's own numbering. Thirteen digits without a key that begin in three ways or fewer
    are no NIR but a clock (sexes and decades of birth begin in a dozen ways), and a few texts that come
    back all the time are no addresses.
    """
    if detector.id == "nir" and key_share is None:
        return seen.distinct >= 20 and seen.sample.str.slice(0, 2).n_unique() < 4
    if detector.id == "address":
        return seen.filled >= 50 and seen.distinct < 10
    if detector.id == "sex":
        return seen.rows > ENOUGH and seen.distinct < 2 and bool(seen.sample.str.contains(r"^\d$").all())
    if detector.id == "postcode":
        return seen.distinct >= 10 and seen.share(seen.sample.str.contains(r"0$|\D")) < ROUND
    if detector.id in ("icd10", "ccam", "atc"):
        return seen.distinct >= 10 and seen.sample.str.slice(0, 1).n_unique() < 2
    return False


def _key_share(form: Flags, key: pl.Series) -> float | None:
    judged = form & flags(key.is_not_null())
    total = int(judged.sum())
    return int((flags(key) & judged).sum()) / total if total else None


def _matches(detector: Detector, sample: pl.Series) -> tuple[pl.Series, pl.Series | None]:
    kind, _, argument = detector.kind.partition(":")
    match kind:
        case "check":
            from breachkit import identifiers

            checked = identifiers.check(argument or detector.pattern, sample)
            key = checked["key"]
            # Without a key to check, thirteen digits are a NIR only if month and department can be.
            form = (
                checked["form"]
                & ~sample.str.contains(DECIMAL)
                & (key.is_not_null() | checked["plausible"].fill_null(True))
            )
            return form.fill_null(False), None if key.null_count() == key.len() else key
        case "check_loinc":
            return _loinc(detector.pattern, sample)
        case "vocabulary":
            known = words(argument or detector.pattern)
            return sample.to_frame("v").select(folded_expr(pl.col("v")).is_in(list(known)))["v"], None
        case "head":
            head = folded_expr(pl.col("v")).str.extract(r"^([a-z0-9-]+)")
            known = words(argument or detector.pattern)
            return sample.to_frame("v").select(head.is_in(list(known)))["v"], None
        case "words":
            return sample.str.contains(r"\pL{2,}\PL*\s\PL*\pL{2,}\PL+\pL{2,}"), None
    return sample.str.contains(detector.pattern), None


def _loinc(pattern: str, sample: pl.Series) -> tuple[pl.Series, pl.Series]:
    """Check LOINC codes: the last digit is a mod 10 check, digits in odd places from the right doubled."""
    form = sample.str.contains(pattern)
    digits = pl.col("v").str.extract(r"^(\d+)-").str.zfill(6)
    places = [digits.str.slice(i, 1).cast(pl.Int32, strict=False) for i in range(6)]
    doubled = [(p * 2 // 10 + p * 2 % 10) if i % 2 else p for i, p in enumerate(places)]
    check = (10 - pl.sum_horizontal(doubled) % 10) % 10
    last = pl.col("v").str.extract(r"-(\d)$").cast(pl.Int32, strict=False)
    key = sample.to_frame("v").select((check == last).alias("v"))["v"]
    return form, key

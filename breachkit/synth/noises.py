"""How one value goes wrong: a slip of the keyboard, a lost accent, a swapped day and month."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from functools import cache

from breachkit.facts import table


@cache
def _pairs(name: str) -> dict[str, tuple[str, ...]]:
    first, second = table("synth", name).columns[:2]
    found: dict[str, tuple[str, ...]] = {}
    for row in table("synth", name).iter_rows(named=True):
        found[row[first]] = (*found.get(row[first], ()), row[second])
    return found


def _replace_at(text: str, at: int, width: int, new: str) -> str:
    return text[:at] + new + text[at + width :]


def _azerty(text: str, word: int) -> str:
    at = word % len(text)
    near = _pairs("azerty").get(text[at].lower(), ("",))[0]
    if not near:
        return text
    new = near[word // 64 % len(near)]
    return _replace_at(text, at, 1, new.upper() if text[at].isupper() else new)


def _accents(text: str, _: int) -> str:
    return "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))


def _mojibake(text: str, _: int) -> str:
    return text.encode("utf-8").decode("cp1252", errors="replace").replace("\ufffd", "?")


def _particle(text: str, _: int) -> str:
    for particle in ("DE LA ", "DU ", "DE ", "LE ", "LA "):
        if text.startswith(particle):
            return particle.replace(" ", "") + text[len(particle) :]
    return text


def _saint(text: str, _: int) -> str:
    for long, short in (("Sainte-", "Ste "), ("Saint-", "St "), ("SAINTE ", "STE "), ("SAINT ", "ST ")):
        text = text.replace(long, short)
    return text


def _day_month(text: str, _: int) -> str:
    day, month, year = text.split("/")
    return f"{month}/{day}/{year}" if int(day) <= 12 else text


def _without_key(text: str, _: int) -> str:
    return text[:13]


def _wrong_key(text: str, word: int) -> str:
    if len(text) < 15:
        return text
    return f"{text[:13]}{(int(text[13:]) + word % 96) % 97 + 1:02d}"


def _lost_zero(text: str, _: int) -> str:
    return text[1:] if text.startswith("0") else text


def _phone(text: str, word: int) -> str:
    pairs = [text[i : i + 2] for i in range(0, len(text), 2)]
    return (" ".join(pairs), ".".join(pairs), "+33" + text[1:], "-".join(pairs))[word % 4]


def _nickname(text: str, _: int) -> str:
    return _pairs("nicknames").get(text, (text,))[0]


def _phonetic(text: str, word: int) -> str:
    found = [sound for sound in _pairs("phonetic") if sound in text.upper()]
    if not found:
        return text
    sound = found[word % len(found)]
    spellings = _pairs("phonetic")[sound]
    new = spellings[word // 64 % len(spellings)]
    at = text.upper().index(sound)
    return _replace_at(text, at, len(sound), new if text.isupper() else new.lower())


def _ocr(text: str, word: int) -> str:
    at = [i for i, letter in enumerate(text) if letter in _pairs("ocr")]
    if not at:
        return text
    place = at[word % len(at)]
    return _replace_at(text, place, 1, _pairs("ocr")[text[place]][0])


def _decimal_point(text: str, _: int) -> str:
    return text.replace(",", ".")


CHANGES: dict[str, Callable[[str, int], str]] = {
    "azerty": _azerty,
    "accents": _accents,
    "mojibake": _mojibake,
    "particle": _particle,
    "saint": _saint,
    "day_month": _day_month,
    "nir_without_key": _without_key,
    "nir_wrong_key": _wrong_key,
    "lost_zero": _lost_zero,
    "phone_format": _phone,
    "nickname": _nickname,
    "phonetic": _phonetic,
    "ocr": _ocr,
    "decimal_point": _decimal_point,
}

"""Numbers, money and dates as each language writes them (CLDR, through Babel)."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable
from decimal import Decimal

from breachkit.locale.messages import Language, say

Number = float | Decimal | None

NO_NUMBER = "–"
UNITS = ((1e9, "billion"), (1e6, "million"), (1e3, "thousand"))


def _missing(value: Number) -> bool:
    return value is None or not math.isfinite(value)


def integer(value: Number, lang: Language) -> str:
    r"""Write a count, groups of three apart.

    Examples
    --------
    >>> integer(491840, "fr") == "491\u202f840", integer(491840, "en")
    (True, '491,840')
    """
    from babel.numbers import format_decimal

    return NO_NUMBER if _missing(value) else str(format_decimal(round(value or 0), locale=lang))


def counted(room: str, noun: str, n: int, lang: Language, /, **values: object) -> str:
    """Say ``<noun>_one`` or ``<noun>_many`` of a room; French counts 0 and 1 as singular, English only 1.

    Examples
    --------
    >>> counted("results", "tables", 1, "en"), counted("results", "lines", 0, "fr")
    ('1 table', '0 ligne en quarantaine')
    """
    single = abs(n) < 2 if lang == "fr" else n == 1
    return say(room, f"{noun}_{'one' if single else 'many'}", lang, n=integer(n, lang), **values)


def decimal(value: Number, lang: Language, digits: int = 2) -> str:
    """Write a number with ``digits`` decimals.

    Examples
    --------
    >>> decimal(4.25, "fr"), decimal(4.25, "en")
    ('4,25', '4.25')
    """
    from babel.numbers import format_decimal

    if _missing(value):
        return NO_NUMBER
    written = str(format_decimal(value or 0, format=f"#,##0.{'0' * digits}", locale=lang))
    return written if written.strip("-0.,") else written.removeprefix("-")


def number(value: Number, lang: Language) -> str:
    r"""Write a number with the decimals that it has, at most six, and no more zeros than it needs.

    Examples
    --------
    >>> number(0.1 + 0.2, "fr"), number(0.5, "en"), number(1000, "fr") == "1\u202f000"
    ('0,3', '0.5', True)
    """
    from babel.numbers import format_decimal

    if _missing(value):
        return NO_NUMBER
    return str(format_decimal(round(float(value or 0), 6), format="#,##0.######", locale=lang))


def brief(value: Number, lang: Language, most: float = 999_999, digits: int = 3) -> str:
    r"""Write a number in full up to ``most``, and above it with three digits and a unit: for ticks and tiles.

    Examples
    --------
    >>> brief(100_000, "en"), brief(2_500_000, "fr") == "2,5\u202fM", brief(12_345, "en", 9_999)
    ('100,000', True, '12.3\u202fk')
    """
    amount = float(value or 0)
    if _missing(value) or abs(amount) <= most:
        return number(value, lang)
    amount = rounded(amount, digits)  # before its unit: 999 999 999 is 1 billion
    size, unit = next(((size, unit) for size, unit in UNITS if abs(amount) >= size), (1.0, ""))
    written = number(amount / size, lang)
    return f"{written}\N{NARROW NO-BREAK SPACE}{say('locale', unit, lang)}" if unit else written


def listed(parts: Iterable[str], lang: Language) -> str:
    r"""Join what may hold commas itself with semicolons, spaced as the language asks.

    Examples
    --------
    >>> listed(["a, b", "c"], "fr") == "a, b\u202f; c", listed(["a, b", "c"], "en")
    (True, 'a, b; c')
    """
    return ("\N{NARROW NO-BREAK SPACE}; " if lang == "fr" else "; ").join(parts)


def percent(share: Number, lang: Language, digits: int = 1) -> str:
    r"""Write a share (0..1) as a percentage; French puts a narrow no-break space before the sign.

    Examples
    --------
    >>> percent(0.026, "fr") == "2,6\u202f%", percent(0.026, "en")
    (True, '2.6%')
    """
    if _missing(share):
        return NO_NUMBER
    return decimal(100 * float(share or 0), lang, digits) + ("\u202f%" if lang == "fr" else "%")


def money(value: Number, lang: Language, currency: str = "EUR") -> str:
    """Write a whole amount of money.

    Examples
    --------
    >>> money(1_500_000, "en")
    '€1,500,000'
    """
    from babel.numbers import format_currency

    if _missing(value):
        return NO_NUMBER
    pattern = "#,##0\u00a0¤" if lang == "fr" else "¤#,##0"
    return str(format_currency(value or 0, currency, format=pattern, locale=lang, currency_digits=False))


def brief_money(value: Number, lang: Language, digits: int = 3) -> str:
    r"""Write an amount of euros for a tick: in full, or in millions.

    Examples
    --------
    >>> brief_money(100_000, "en"), brief_money(2_000_000, "fr") == "2\u202fM\u00a0€"
    ('€100,000', True)
    """
    written = brief(value, lang, digits=digits)
    return f"{written}\N{NO-BREAK SPACE}€" if lang == "fr" else f"€{written}"


def day(value: dt.date | None, lang: Language) -> str:
    """Write a date in full.

    Examples
    --------
    >>> import datetime
    >>> day(datetime.date(2022, 4, 15), "fr"), day(datetime.date(2022, 4, 15), "en")
    ('15 avril 2022', '15 April 2022')
    """
    from babel.dates import format_date

    return NO_NUMBER if value is None else str(format_date(value, "d MMMM y", locale=lang))


def rounded(value: float, digits: int = 2) -> float:
    """Round to significant digits: sentences for people carry two.

    Examples
    --------
    >>> rounded(1234), rounded(0.03456), rounded(0)
    (1200.0, 0.035, 0.0)
    """
    if value == 0 or not math.isfinite(value):
        return float(value)
    return float(round(value, digits - 1 - math.floor(math.log10(abs(value)))))

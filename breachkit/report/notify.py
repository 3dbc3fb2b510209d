"""The notification list: whom to tell, of what, by which channel, in which order. Names: only on demand."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import TYPE_CHECKING, Any

import polars as pl

from breachkit import taxonomy
from breachkit.errors import BreachkitError
from breachkit.locale import language, say
from breachkit.report.folder import write_private

if TYPE_CHECKING:
    from breachkit.report.assessment import Assessment

RISKY = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%")
SHOWN = (
    "qi_last_name",
    "qi_first_name",
    "qi_birth_date",
    "qi_postcode",
    "qi_commune",
    "key_email",
    "key_phone_mobile",
)


def guarded(cell: Any) -> str:
    """Write a cell that no spreadsheet takes for a formula (OWASP, CSV injection).

    Examples
    --------
    >>> guarded("=1+1"), guarded("DUPONT")
    ("'=1+1", 'DUPONT')
    """
    text = "" if cell is None else str(cell)
    return f"'{text}" if text.lstrip(" \u00a0").startswith(RISKY) else text


def notification_frame(assessment: Assessment, lang: str, *, reveal: bool = False) -> pl.DataFrame:
    """One row per person: identity, categories revealed, best channel, priority (1 first).

    The channel is the first usable of letter, e-mail, text message, else public communication (GDPR art.
    34(3)(c)). Priority 1: a health or other sensitive fact, a password, a minor; 2: a NIR; 3: the rest (our
    judgement, grade C). A postal address stands in the source file at ``table`` and ``row``.

    Raises
    ------
    BreachkitError
        Unless ``reveal=True``.
    """
    if not reveal:
        raise BreachkitError(
            "The notification list holds personal data.", hint="Pass reveal=True (--reveal)."
        )
    spoken = language(lang)
    frame = assessment.people.frame
    held = frame.collect_schema().names()
    names = [n for n in (*taxonomy.category_ids(), *taxonomy.context_ids()) if n in held]

    def has(name: str) -> pl.Expr:
        return pl.col(name).fill_null(value=False) if name in held else pl.lit(value=False)

    least = taxonomy.STATUS_LEVEL["suspected"]
    sensitive = pl.any_horizontal(pl.col(n) >= least for n in names) if names else pl.lit(value=False)
    words = {key: say("report", f"channel_{key}", spoken) for key in ("letter", "email", "sms", "public")}
    channel = (
        pl.when(has("has_address"))
        .then(pl.lit(words["letter"]))
        .when(has("has_email"))
        .then(pl.lit(words["email"]))
        .when(has("has_phone_mobile"))
        .then(pl.lit(words["sms"]))
        .otherwise(pl.lit(words["public"]))
    )
    priority = pl.when(sensitive | has("has_password")).then(1).when(has("has_nir")).then(2).otherwise(3)
    labels = [
        pl.when(pl.col(n) >= least).then(pl.lit(taxonomy.label(n, spoken))).otherwise(None) for n in names
    ]
    said = pl.concat_list(labels).list.drop_nulls().list.join(", ") if names else pl.lit("")
    kept = [n for n in ("person_id", "table", "row", *SHOWN) if n in held]
    listed = frame.select(
        *kept, said.alias("categories"), channel.alias("channel"), priority.alias("priority")
    )
    return listed.sort("priority", "person_id").collect()


def write_notification_list(
    assessment: Assessment, path: str | Path, *, lang: str | None = None, reveal: bool = False
) -> Path:
    """Write the list as CSV or XLSX for its owner only, every cell guarded against formulas.

    Raises
    ------
    BreachkitError
        Unless ``reveal=True``, or for another suffix; `MissingExtraError` for XLSX without XlsxWriter.
    """
    target = Path(path)
    frame = notification_frame(assessment, lang or assessment.lang, reveal=reveal)
    heads = [say("report", f"list_{name}", language(lang or assessment.lang)) for name in frame.columns]
    match target.suffix.lower():
        case ".csv":
            buffer = io.StringIO()
            writer = csv.writer(buffer, delimiter=";", lineterminator="\r\n", quoting=csv.QUOTE_ALL)
            writer.writerow(heads)
            writer.writerows([guarded(cell) for cell in row] for row in frame.iter_rows())
            return write_private(target, "\ufeff" + buffer.getvalue())
        case ".xlsx":
            return write_private(target, _workbook(frame, heads))
    raise BreachkitError(
        f"A list cannot be written as {target.suffix or target.name!r}.", hint="Use .csv or .xlsx."
    )


def _workbook(frame: pl.DataFrame, heads: list[str]) -> bytes:
    from breachkit.errors import MissingExtraError

    try:
        from xlsxwriter import Workbook  # type: ignore[import-not-found, import-untyped, unused-ignore]
    except ImportError:
        raise MissingExtraError("The XLSX list (XlsxWriter)", "files") from None
    buffer = io.BytesIO()
    with Workbook(
        buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    ) as book:
        sheet = book.add_worksheet("notification")
        for place, row in enumerate([tuple(heads), *frame.iter_rows()]):
            for column, cell in enumerate(row):
                sheet.write_string(place, column, guarded(cell))
    return buffer.getvalue()

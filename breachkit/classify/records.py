"""The records: each leaked row, standardised; from here on nothing looks at raw text again."""

from __future__ import annotations

import dataclasses
from functools import cached_property
from typing import ClassVar

import polars as pl

from breachkit import taxonomy
from breachkit.locale import Language, integer, language, say
from breachkit.results import Card, Plot, Result, counted_bars, house_style, speak

FINDING_SCHEMA = pl.Schema(
    {
        "record_id": pl.Int64,
        "column": pl.String,
        "category": pl.String,
        "status": pl.String,
        "strength": pl.String,
        "source": pl.String,
        "code": pl.String,
    }
)
PRESCRIBER_ATTRIBUTES = (
    "first_name", "last_name", "address", "postcode", "phone_mobile", "phone_landline", "email",
    "prescriber_id",
)  # fmt: skip
PRESCRIBER_SCHEMA = pl.Schema(
    {"record_id": pl.Int64, "key_prescriber": pl.String}
    | {f"has_{name}": pl.Boolean for name in PRESCRIBER_ATTRIBUTES}
)
QUALITY_SCHEMA = pl.Schema({"table": pl.String, "column": pl.String, "what": pl.String, "count": pl.Int64})
QUASI_IDENTIFIERS = (
    "qi_sex", "qi_birth_date", "qi_postcode", "qi_commune", "qi_first_name", "qi_last_name", "qi_birth_name",
    "qi_department",
)  # fmt: skip
KEYS = ("key_nir", "key_patient_id", "key_email", "key_phone_mobile", "key_phone_landline")


def sensitive_ids() -> tuple[str, ...]:
    """Name the Int8 columns: sensitive categories, then contexts."""
    return (*taxonomy.category_ids(), *taxonomy.context_ids())


def record_schema() -> pl.Schema:
    """Give the columns of `Records.frame`, in order."""
    fixed: dict[str, pl.DataType] = {"table": pl.String(), "row": pl.Int64(), "record_id": pl.Int64()}
    fixed |= {name: pl.Date() if name == "qi_birth_date" else pl.String() for name in QUASI_IDENTIFIERS}
    fixed |= {name: pl.String() for name in (*KEYS, "laboratory")}
    fixed["visit_date"] = pl.Date()
    fixed |= {f"has_{name}": pl.Boolean() for name in taxonomy.attribute_ids()}
    fixed["has_guessable_password"] = pl.Boolean()
    fixed |= {name: pl.Int8() for name in sensitive_ids()}
    return pl.Schema(fixed)


@dataclasses.dataclass(frozen=True, repr=False, eq=False)
class Records(Result):
    """One row per leaked row: normalised quasi-identifiers, keys, usable attributes, statuses.

    Parameters
    ----------
    frame
        Lazy, see `record_schema`. ``record_id`` is dense over the whole leak; ``has_<attribute>`` is true
        when the patient's own value has the right form and its key is not false; each sensitive column
        holds the strongest status level (`taxonomy.STATUS_LEVEL`), 0 when nothing is revealed.
    findings
        Lazy ``record_id, column, category, status, strength, source, code``: where each status comes from;
        ``source`` is ``text``, ``code``, ``title``, ``age``, ``column``, ``speciality``,
        ``facility`` or ``result``;
        ``code`` is a term of the lexicon or a code of a system, never a text of the leak.
    prescribers
        Lazy ``record_id, key_prescriber, has_*``: what each row says of its prescriber.
    quality
        ``table, column, what, count``: cells whose key is wrong (``malformed``), dates of two readings
        (``ambiguous_date``), dates that could not be read (``unread_date``); rows of columns
        that the map does not know (``not_in_map``). Values are never listed.
    """

    schema: ClassVar[str] = "breachkit/records/1"

    frame: pl.LazyFrame = dataclasses.field(repr=False)
    findings: pl.LazyFrame = dataclasses.field(
        default_factory=lambda: pl.LazyFrame(schema=FINDING_SCHEMA), repr=False
    )
    prescribers: pl.LazyFrame = dataclasses.field(
        default_factory=lambda: pl.LazyFrame(schema=PRESCRIBER_SCHEMA), repr=False
    )
    quality: pl.DataFrame = dataclasses.field(default_factory=lambda: pl.DataFrame(schema=QUALITY_SCHEMA))

    @cached_property
    def rows(self) -> int:
        """How many rows were labelled."""
        return int(self.frame.select(pl.len()).collect().item())

    @cached_property
    def _levels(self) -> pl.DataFrame:
        names = sensitive_ids()
        asserted = taxonomy.STATUS_LEVEL["asserted"]
        found = self.frame.select(
            *(pl.col(name).gt(0).sum().alias(f"{name}:rows") for name in names),
            *(pl.col(name).eq(asserted).sum().alias(f"{name}:asserted") for name in names),
            pl.max_horizontal(taxonomy.category_ids()).gt(0).sum().alias("any"),
        ).collect()
        rows = [
            {
                "category": n,
                "rows": int(found[f"{n}:rows"].item()),
                "asserted": int(found[f"{n}:asserted"].item()),
            }
            for n in names
        ]
        return pl.DataFrame(
            rows, schema={"category": pl.String, "rows": pl.Int64, "asserted": pl.Int64}
        ).with_columns(pl.lit(int(found["any"].item()), dtype=pl.Int64).alias("any_category"))

    def to_frame(self) -> pl.DataFrame:
        """``category, rows, asserted``: rows (not people) that reveal each category or context."""
        return self._levels.drop("any_category")

    def attributes(self) -> pl.DataFrame:
        """``attribute, rows``: rows that hold each usable attribute of the patient."""
        names = taxonomy.attribute_ids()
        found = self.frame.select(pl.col(f"has_{name}").cast(pl.Int64).sum() for name in names).collect()
        counts = [int(found[f"has_{name}"].item()) for name in names]
        return pl.DataFrame({"attribute": list(names), "rows": counts})

    def card(self, lang: Language) -> Card:
        """Say how many rows reveal what."""
        frame = self._levels
        sensitive = int(frame["any_category"].item(0))
        found = say(
            "classify",
            "records_found",
            lang,
            rows=integer(self.rows, lang),
            sensitive=integer(sensitive, lang),
        )
        shown = frame.filter(pl.col("rows") > 0).sort("rows", "category", descending=[True, False])
        table = pl.DataFrame(
            {
                say("classify", "head_category", lang): [taxonomy.label(n, lang) for n in shown["category"]],
                say("classify", "head_rows", lang): [integer(n, lang) for n in shown["rows"]],
                say("classify", "head_asserted", lang): [integer(n, lang) for n in shown["asserted"]],
            }
        )
        doubtful = self.quality.filter(pl.col("what") == "ambiguous_date")["count"].sum()
        notes = [say("classify", "records_dates", lang, n=integer(doubtful, lang))] if doubtful else []
        return Card(
            say("classify", "records", lang), [found], table, say("classify", "records_caption", lang), notes
        )

    def plot(self, *, lang: str | None = None) -> Plot:
        """Bars of the rows that reveal each category."""
        from matplotlib.figure import Figure

        spoken = language(lang)
        data = self.to_frame().filter(pl.col("rows") > 0).sort("rows", "category")
        title = say("classify", "records_plot", spoken)
        with house_style():
            figure = Figure(figsize=(7, 1.2 + 0.3 * max(1, data.height)))
            axes = figure.subplots()
            names = [taxonomy.label(name, spoken) for name in data["category"]]
            counted_bars(axes, names, data["rows"].to_list(), spoken)
            axes.margins(y=0.01)
            speak(axes.xaxis, spoken)
            axes.set_title(title)
        alt = say("classify", "records_plot_alt", spoken, n=data.height, rows=integer(self.rows, spoken))
        return Plot(figure, alt, data, title)

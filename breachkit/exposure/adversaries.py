"""Who looks: adversaries as rows, each with what it knows and how precisely."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable, Sequence
from pathlib import Path

import polars as pl

from breachkit.errors import BreachkitError
from breachkit.facts import table
from breachkit.locale import Language

_KNOWN = re.compile(r"^([a-z_]+)(?:±(\d{1,2}))?$")


@dataclasses.dataclass(frozen=True)
class Knowledge:
    """One thing an adversary knows: a column of `People.frame`, at a precision.

    ``precision`` is ``""`` (the value), ``"day"``, ``"month"``, ``"year"``, or ``"years"`` with ``within``
    years on either side.
    """

    id: str
    column: str
    direct: bool
    precision: str = ""
    within: int = 0


@dataclasses.dataclass(frozen=True)
class Adversary:
    """Someone who looks for people in the file.

    Parameters
    ----------
    id, label_fr, label_en, reach_fr, reach_en
        Its name and what it knows, in words.
    knows
        The columns it can match on. Knowing more never finds fewer.
    membership
        Whether it knows that the person it looks for is in the file (prosecutor) or not (journalist).
    everyday
        Whether what it knows is public or everyday knowledge: these count for ENISA's ease of identification.
    targets
        The usual size of its target list.
    source, grade
        Where the model comes from, and how far it may be trusted.
    """

    id: str
    label_fr: str
    label_en: str
    knows: tuple[Knowledge, ...]
    membership: bool
    everyday: bool
    targets: int
    reach_fr: str
    reach_en: str
    source: str
    grade: str

    def label(self, lang: Language) -> str:
        """Name the adversary."""
        return self.label_fr if lang == "fr" else self.label_en

    def reach(self, lang: Language) -> str:
        """Say what it knows."""
        return self.reach_fr if lang == "fr" else self.reach_en

    def on(self, columns: Iterable[str], *, direct: bool = True) -> tuple[Knowledge, ...]:
        """Give what it can use on such a file; ``direct=False`` leaves names and numbers out."""
        held = set(columns)
        return tuple(k for k in self.knows if k.column in held and (direct or not k.direct))


def knowledge_rows() -> dict[str, dict[str, str]]:
    """Give what can be known, by id: the column of `People.frame`, its precision, its labels."""
    return {row["id"]: row for row in table("exposure", "knowledge").iter_rows(named=True)}


def parse_knowledge(text: str, where: str) -> tuple[Knowledge, ...]:
    """Read ``"sex;age±2;commune"``.

    Examples
    --------
    >>> [(k.column, k.precision, k.within) for k in parse_knowledge("sex;age±2", "a test")]
    [('qi_sex', '', 0), ('qi_birth_date', 'years', 2)]
    """
    rows = knowledge_rows()
    found = []
    for part in (piece.strip() for piece in text.split(";")):
        match = _KNOWN.match(part)
        if match is None or match[1] not in rows or (match[2] and rows[match[1]]["precision"] != "years"):
            error = BreachkitError.unknown("knowledge", part, rows)
            raise BreachkitError(f"{where}, field 'knows': {error.message}", hint=error.hint)
        row = rows[match[1]]
        found.append(
            Knowledge(match[1], row["column"], row["direct"] == "yes", row["precision"], int(match[2] or 0))
        )
    return tuple(found)


def load_adversaries(
    given: str | Path | pl.DataFrame | Sequence[str | Adversary] | None = None,
) -> tuple[Adversary, ...]:
    """Give the adversaries to consider.

    Parameters
    ----------
    given
        ``None`` for all that ship; a list of their ids (or of `Adversary`); a CSV file or frame with the
        columns of the shipped table (``source`` and ``grade`` included) for one's own.

    Raises
    ------
    BreachkitError
        For an unknown id, a missing column, an unknown piece of knowledge: with row and field.

    Examples
    --------
    >>> [adversary.id for adversary in load_adversaries(["neighbour", "employer"])]
    ['neighbour', 'employer']
    """
    shipped = _from_frame(table("exposure", "adversaries"), "adversaries.csv")
    match given:
        case None:
            return shipped
        case pl.DataFrame():
            return _from_frame(given, "adversaries")
        case str() | Path() if Path(given).suffix == ".csv":
            path = Path(given)
            if not path.is_file():
                raise BreachkitError(f"No adversaries file {path}.", hint="Give a CSV file or a list of ids.")
            return _from_frame(pl.read_csv(path, infer_schema=False).fill_null(""), path.name)
        case str():
            return load_adversaries([given])
        case Path():
            raise BreachkitError(f"{given} is not a CSV file.", hint="Give a CSV file or a list of ids.")
    by_id = {adversary.id: adversary for adversary in shipped}
    chosen = [item if isinstance(item, Adversary) else by_id.get(item, item) for item in given]
    for item in chosen:
        if not isinstance(item, Adversary):
            raise BreachkitError.unknown("adversary", item, by_id)
    return tuple(item for item in chosen if isinstance(item, Adversary))


def _from_frame(frame: pl.DataFrame, name: str) -> tuple[Adversary, ...]:
    fields = [field.name for field in dataclasses.fields(Adversary)]
    missing = [field for field in fields if field not in frame.columns]
    if missing:
        raise BreachkitError(
            f"{name} lacks the columns {', '.join(missing)}.", hint=f"It needs {', '.join(fields)}."
        )
    return tuple(_row(row, f"{name}, row {i}") for i, row in enumerate(frame.iter_rows(named=True), start=1))


def _row(row: dict[str, str], where: str) -> Adversary:
    for field in ("id", "source", "grade"):
        if not row[field]:
            raise BreachkitError(
                f"{where}, field {field!r}: empty.", hint="Every adversary says where it comes from."
            )
    for field in ("membership", "everyday"):
        if row[field] not in ("yes", "no"):
            raise BreachkitError(f"{where}, field {field!r}: {row[field]!r}.", hint="Choices: yes, no.")
    if not str(row["targets"]).isdigit() or int(row["targets"]) < 1:
        raise BreachkitError(
            f"{where}, field 'targets': {row['targets']!r}.", hint="Give a whole number from 1."
        )
    return Adversary(
        id=row["id"],
        label_fr=row["label_fr"],
        label_en=row["label_en"],
        knows=parse_knowledge(row["knows"], where),
        membership=row["membership"] == "yes",
        everyday=row["everyday"] == "yes",
        targets=int(row["targets"]),
        reach_fr=row["reach_fr"],
        reach_en=row["reach_en"],
        source=row["source"],
        grade=row["grade"],
    )

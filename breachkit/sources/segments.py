"""HL7 v2 (ORU) and HPRIM Santé messages: segments in, three readable tables out.

Read with the few segments a laboratory sends: patient (PID, P), observations (OBX), comments (NTE, C).
Field positions are rows of ``segments.csv``.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import polars as pl

from breachkit import facts
from breachkit.errors import BreachkitError
from breachkit.leak import Source
from breachkit.sources import mojibake, text
from breachkit.sources.part import Ledger, Options, Part, numbered

PATIENT_TABLE, RESULT_TABLE, COMMENT_TABLE = "patients", "results", "comments"
ESCAPES = (("F", 0), ("S", 1), ("R", 2), ("T", 4))


@dataclasses.dataclass(frozen=True)
class Marks:
    """The separators a message declares: field, component, repetition, escape, sub-component."""

    field: str
    component: str
    repeat: str
    escape: str
    sub: str


@cache
def _layout(standard: str) -> dict[str, list[tuple[str, int, int, str]]]:
    """Segment -> its table, field, component (0: the whole field) and column name."""
    found: dict[str, list[tuple[str, int, int, str]]] = {}
    for row in facts.table("sources", "segments").iter_rows(named=True):
        if row["standard"] == standard:
            place = (row["table"], int(row["field"]), int(row["component"]), row["column"])
            found.setdefault(row["segment"], []).append(place)
    return found


def read(path: Path, origin: str, name: str, options: Options, standard: str) -> Iterator[Part]:
    """Read a file of messages (``standard`` is ``hl7`` or ``hprim``).

    Raises
    ------
    BreachkitError
        If no segment of a patient is found.
    """
    seen = text.glance(path)
    code = text.encoding_of(seen, options)
    ledger = Ledger()
    content = text.plain_lines(b"".join(text.clean_blocks(path, seen, code, ledger))).decode("utf-8")
    tables = _walk(content.replace("\r", "\n").replace("\x0b", "").replace("\x1c", ""), standard, ledger)
    if not tables[PATIENT_TABLE]:
        raise BreachkitError(
            f"{origin} looks like {standard.upper()} but names no patient.",
            hint="Check that it holds PID (HL7) or P (HPRIM) segments.",
        )
    for table, rows in tables.items():
        if rows:
            columns = list(dict.fromkeys(column for row in rows for column in row))
            frame = pl.DataFrame([pl.Series(c, [row.get(c) for row in rows], pl.String) for c in columns])
            source = Source(
                table=f"{name}_{table}",
                origin=origin,
                size=seen.size,
                sha256=seen.sha256,
                format=standard,
                encoding=code.name,
                header=True,
                decided_by={"encoding": code.decided_by, "format": "first segment", "header": "the standard"},
            )
            frame = mojibake.mend(frame, ledger, options.repair_mojibake)
            yield Part(f"{name}_{table}", numbered(frame), source, ledger)
            ledger = Ledger()


def _walk(content: str, standard: str, ledger: Ledger) -> dict[str, list[dict[str, str | None]]]:
    """Follow the segments; results and comments carry the number and identifier of their patient."""
    tables: dict[str, list[dict[str, str | None]]] = {PATIENT_TABLE: [], RESULT_TABLE: [], COMMENT_TABLE: []}
    layout = _layout(standard)
    marks = Marks("|", "^", "~", "\\", "&")
    message = order = 0
    held: dict[str, str | None] = {}
    ordered: dict[str, str | None] = {}
    for number, line in enumerate(content.split("\n"), start=1):
        segment = line.partition(marks.field)[0].strip()
        if not segment:
            continue
        if segment in ("MSH", "H"):
            message += 1
            marks = _marks(line)
            held, ordered = {}, {}
            continue
        if not (segment.isalnum() and segment.isupper() and len(segment) <= 3 and marks.field in line):
            ledger.note("not_a_segment", "quarantined", number)
            ledger.hold(number, "not_a_segment", line)
            continue
        fields = line.split(marks.field)
        cells = _cells(fields, layout.get(segment, []), segment, marks)
        if segment in ("PID", "P"):
            held = {"message": str(message), **cells}
            tables[PATIENT_TABLE].append(held)
            order, ordered = 0, {}
        elif segment in ("OBR", "ORC", "PV1"):
            ordered = {**ordered, **cells}
        elif segment == "OBX":
            order += 1
            key = {"message": str(message), "patient_id": held.get("patient_id")}
            tables[RESULT_TABLE].append({**key, **ordered, **cells})
        elif segment in ("NTE", "C"):
            key = {"message": str(message), "patient_id": held.get("patient_id"), "result": str(order)}
            tables[COMMENT_TABLE].append({**key, **cells})
        elif held:
            held.update(cells)
    return tables


def _marks(line: str) -> Marks:
    start = 3 if line.startswith("MSH") else 1
    declared = (line[start : start + 5] + "|^~\\&"[len(line[start : start + 5]) :])[:5]
    return Marks(*declared)


def _cells(
    fields: list[str], layout: list[tuple[str, int, int, str]], segment: str, marks: Marks
) -> dict[str, str | None]:
    """Name the fields of a segment; one the table does not know keeps its place, as ``pid_27``."""
    named = {field for _, field, _, _ in layout}
    cells: dict[str, str | None] = {}
    for _, field, component, column in layout:
        whole = fields[field] if field < len(fields) else ""
        first = whole.split(marks.repeat)[0] if component else whole
        parts = first.split(marks.component)
        value = (parts[component - 1] if component <= len(parts) else "") if component else whole
        cells[column] = _plain(value, marks) or None
        if component == 1 and marks.repeat in whole:
            cells[f"{column}_others"] = _plain(whole.partition(marks.repeat)[2], marks)
    for field, value in enumerate(fields[1:], start=1):
        if field not in named and value:
            cells[f"{segment.lower()}_{field}"] = _plain(value, marks)
    return cells


def _plain(value: str, marks: Marks) -> str:
    r"""Undo the escapes of separators (``\F\``, ``\T\``...) and line breaks (``\.br\``)."""
    if marks.escape not in value:
        return value.strip()
    plain = (marks.field, marks.component, marks.repeat, marks.escape, marks.sub)
    for letter, place in ESCAPES:
        value = value.replace(f"{marks.escape}{letter}{marks.escape}", plain[place])
    value = value.replace(f"{marks.escape}.br{marks.escape}", "\n")
    return value.replace(f"{marks.escape}E{marks.escape}", marks.escape).strip()

"""JSON and NDJSON: nested fields become columns with readable names; numbers stay as written."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import polars as pl

from breachkit.errors import BreachkitError
from breachkit.leak import Source
from breachkit.sources import documents, mojibake, text
from breachkit.sources.encoding import Encoding
from breachkit.sources.flat import frame_of
from breachkit.sources.part import Ledger, Options, Part, numbered
from breachkit.sources.text import Glance

BATCH = 20_000  # values of an NDJSON file that are Python objects at one time


def read(path: Path, origin: str, name: str, options: Options) -> Iterator[Part]:
    """Read a JSON document (an array, an object of arrays, a FHIR bundle) or one JSON value per line.

    One value per line is read in batches; a document is held in memory whole.

    Raises
    ------
    BreachkitError
        If it is neither; the message gives line and column, never the text.
    """
    seen = text.glance(path)
    code = text.encoding_of(seen, options)
    ledger = Ledger()
    form = "ndjson" if _has_lines(path, seen, code) else "json"
    if form == "json":
        content = text.plain_lines(b"".join(text.clean_blocks(path, seen, code, ledger))).decode("utf-8")
        try:
            made = documents.tables(_loads(content), name)
        except (ValueError, RecursionError):
            form, ledger = "ndjson", Ledger()
        else:
            frames = {table: frame_of(records) for table, records in made.items()}
    if form == "ndjson":
        frames = _frames(text.clean_blocks(path, seen, code, ledger), name, ledger)
        if not frames:
            raise _neither(path, origin, seen, code)
    evidence = {"encoding": code.decided_by, "format": "first characters", "header": "names in the document"}
    for table, frame in frames.items():
        source = Source(
            table=table,
            origin=origin,
            size=seen.size,
            sha256=seen.sha256,
            format=form,
            encoding=code.name,
            header=True,
            decided_by=evidence,
        )
        yield Part(table, numbered(mojibake.mend(frame, ledger, options.repair_mojibake)), source, ledger)
        ledger = Ledger()


def _loads(content: str) -> Any:
    return json.loads(content, parse_float=str, parse_int=str, parse_constant=str)


def _has_lines(path: Path, seen: Glance, code: Encoding) -> bool:
    """Whether the first line is a value by itself and another follows: no document looks so."""
    lines = _lines(text.clean_blocks(path, seen, code, Ledger()))
    first, *more = islice((line for _, line in lines if line.strip()), 2)
    try:
        return isinstance(_loads(first), dict | list) and bool(more)
    except (ValueError, RecursionError):
        return False


def _lines(blocks: Iterable[bytes]) -> Iterator[tuple[int, str]]:
    number = 0
    for block in blocks:
        for line in text.plain_lines(block).decode("utf-8").split("\n")[:-1]:
            number += 1
            yield number, line


def _values(blocks: Iterable[bytes], ledger: Ledger) -> Iterator[Any]:
    """Read one value per line; lines that are not JSON are set apart."""
    for number, line in _lines(blocks):
        if line.strip():
            try:
                value = _loads(line)
            except (ValueError, RecursionError):
                ledger.note("not_json", "quarantined", number)
                ledger.hold(number, "not_json", line)
            else:
                yield value


def _frames(blocks: Iterable[bytes], name: str, ledger: Ledger) -> dict[str, pl.DataFrame]:
    """Flatten batch after batch; nothing if most lines are not JSON."""
    values = _values(blocks, ledger)
    found: dict[str, list[pl.DataFrame]] = {}
    shown: dict[str, dict[str, str]] = {}
    count, how = 0, ""
    while batch := list(islice(values, BATCH)):
        how = how or documents.way(batch)
        count += len(batch)
        for table, records in documents.rows(batch, name, how).items():
            if records:
                frame = frame_of(records, shown.setdefault(table, {}))
                found.setdefault(table, []).append(frame)
    if len(ledger.held) > count:
        return {}
    return {table: pl.concat(frames, how="diagonal") for table, frames in found.items()}


def _neither(path: Path, origin: str, seen: Glance, code: Encoding) -> BreachkitError:
    blocks = text.clean_blocks(path, seen, code, Ledger())
    trouble = _trouble(text.plain_lines(b"".join(blocks)).decode("utf-8"))
    return BreachkitError(
        f"{origin} begins like JSON but is not: {trouble}.",
        hint="It may be truncated; repair it, or convert it to one JSON object per line.",
    )


def _trouble(content: str) -> str:
    try:
        json.loads(content)
    except json.JSONDecodeError as error:
        return f"{error.msg.lower()} at line {error.lineno}, column {error.colno}"
    except (ValueError, RecursionError):
        return "it is nested too deeply"
    return "no records"

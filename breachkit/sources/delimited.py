"""Delimited text: what the file is, how it is written, and the table it holds."""

from __future__ import annotations

from pathlib import Path

from breachkit.errors import BreachkitError
from breachkit.leak import Source
from breachkit.sources import dialect, text
from breachkit.sources.part import Ledger, Options, Part, numbered
from breachkit.sources.table import Table


def read(path: Path, origin: str, name: str, options: Options) -> Part:
    """Read one delimited file.

    Raises
    ------
    BreachkitError
        If it holds no text, or a line has more cells than a table can have columns.
    """
    seen = text.glance(path)
    code = text.encoding_of(seen, options)
    ledger = Ledger()
    blocks = text.clean_blocks(path, seen, code, ledger)
    first = next((block for block in blocks if block.strip()), b"")
    if not first:
        raise BreachkitError(f"{origin} holds no text.", hint="Check that the file was copied whole.")
    choice = dialect.decide(first[: text.SAMPLE], options.delimiter, options.quote)
    table = Table(choice, options, ledger)
    table.read(first, blocks)
    source = Source(
        table=name,
        origin=origin,
        size=seen.size,
        sha256=seen.sha256,
        format="delimited",
        encoding=code.name,
        delimiter=choice.shown.decode("utf-8"),
        header=table.header,
        decided_by={"encoding": code.decided_by, **choice.decided_by, "header": table.header_why},
    )
    return Part(name, numbered(table.frame()), source, ledger)

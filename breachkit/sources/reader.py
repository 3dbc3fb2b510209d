"""``bk.read``: a path, folder, archive, database or frame in, a `Leak` out."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from breachkit.errors import BreachkitError
from breachkit.leak import Leak
from breachkit.sources import archive, database, folder, frames, lawful
from breachkit.sources.part import LIMIT, Keep, Options, Part, assemble


def read(
    source: Any,
    *,
    name: str | None = None,
    delimiter: str | None = None,
    encoding: str | None = None,
    quote: str | None = None,
    header: bool | None = None,
    short_lines: Keep = "keep",
    long_lines: Keep = "keep",
    tables: Sequence[str] | None = None,
    password: str | None = None,
    max_expanded_bytes: int = LIMIT,
    repair_mojibake: bool | None = None,
) -> Leak:
    """Read a leak as found: everything as text, nothing lost in silence.

    Parameters
    ----------
    source
        A path to a file, folder or archive; a database URI; or a pandas, Polars, PyArrow, DuckDB or
        PySpark frame (which keeps its engine); or a mapping of names to frames.
    name
        Table name; by default the file's name without its suffix.
    delimiter, encoding, quote
        How delimited text is written; ``None`` looks at the data and decides; ``quote=""`` means none.
    header
        Whether the first line names the columns; ``None`` decides, and in doubt says no.
    short_lines, long_lines
        ``"keep"``: a line with too few cells stays in the table, padded with nulls, and one with too many
        keeps the surplus in a last column ``overflow``: a cut line still exposes a person.
        ``"quarantine"``: it is only kept apart. Either way it is counted in ``leak.damage`` and its raw
        text is in quarantine.
    tables
        Tables of a database, sheets of a workbook; by default all.
    password
        For encrypted archives and databases.
    max_expanded_bytes
        Archives that expand to more are refused.
    repair_mojibake
        Text that went through the wrong encoding (``Ã©`` for ``é``): ``None`` repairs a column that shows
        it in a tenth or more of its cells above ASCII, ``True`` every cell that decodes, ``False`` none.
        The first 10,000 lines as they were are in quarantine.

    Raises
    ------
    BreachkitError
        If the source cannot be read; the message says what was found and what to try, never a value.

    Examples
    --------
    >>> import polars as pl
    >>> leak = read(pl.DataFrame({"nom": ["DUPONT"], "cp": ["01400"]}), name="patients")
    >>> leak.tables["patients"].collect_schema().names()
    ['_row', 'nom', 'cp']
    """
    options = Options(
        name=name,
        delimiter=delimiter,
        encoding=encoding,
        quote=quote,
        header=header,
        short_lines=_keep("short_lines", short_lines),
        long_lines=_keep("long_lines", long_lines),
        tables=tuple(tables) if tables is not None else None,
        password=password,
        max_expanded_bytes=max_expanded_bytes,
        repair_mojibake=repair_mojibake,
    )
    if isinstance(source, Leak):
        return source
    if isinstance(source, str) and database.is_uri(source):
        if not source.startswith("sqlite:///"):
            lawful.remind(None)
            return assemble(database.read(source, options))
        source = database.sqlite_path(source)
    if isinstance(source, str | os.PathLike):
        return assemble(_parts_of_path(Path(source), options))
    if isinstance(source, Mapping):
        return assemble(frames.read(frame, key, options) for key, frame in source.items())
    return assemble([frames.read(source, name or "table", options)])


def _keep(option: str, value: Keep) -> Keep:
    if value not in ("keep", "quarantine"):
        raise BreachkitError.unknown(option, value, ("keep", "quarantine"))
    return value


def _parts_of_path(path: Path, options: Options) -> Iterator[Part]:
    try:
        found = path.exists()
    except (OSError, ValueError):
        found = False
    if not found:
        raise BreachkitError("There is no file or folder at this path.", hint="Check the path.")
    lawful.remind(path)
    purse = archive.budget(options)
    if path.is_dir():
        yield from folder.read(path, options, purse)
    else:
        yield from folder.parts_of_file(
            path, str(path), options.name or folder.table_name(path), options, purse
        )

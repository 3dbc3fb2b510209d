"""The table of a delimited file: every record as text, every line that does not fit counted and named."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor

import numpy as np
import polars as pl

from breachkit.sources import around, dialect, header, mojibake, parse, records, survey, text
from breachkit.sources.part import Ledger, Options, unique
from breachkit.sources.records import Repaired
from breachkit.sources.survey import Ints, Lines

OVERFLOW = "overflow"
MOST_PREAMBLE_LINES = 50
LINES_TO_DECIDE = 60
QUARANTINED = frozenset({"short_line", "long_line", "unterminated_quote", "stray_quote"})


class Table:
    """One walk over the blocks of one file: open, then survey, mend and parse block after block."""

    def __init__(self, choice: dialect.Dialect, options: Options, ledger: Ledger) -> None:
        self.choice, self.shape, self.options, self.ledger = choice, choice.shape, options, ledger
        self.header = False
        self.header_why = ""
        self.header_line = b""
        self.columns: list[str] = []
        self.line = 1
        self.rows = 0
        self.overflow: dict[int, str] = {}
        self.suspects: list[tuple[int, Ints]] = []
        # polars parses a block while the next one is decoded and surveyed.
        self.parser = ThreadPoolExecutor(1)
        self.frames: list[Future[pl.DataFrame]] = []

    def read(self, first: bytes, blocks: Iterator[bytes]) -> None:
        """Read the first block, then the others; a record cut by the end of a block waits for the next."""
        carry = self._open(self._stand_in(first))
        for block in blocks:
            carry = self._take(carry, final=False) + self._stand_in(block)
        self._take(carry, final=True)

    def frame(self) -> pl.DataFrame:
        """Give the table; cells beyond its width are in a last column, ``overflow``."""
        schema = dict.fromkeys(self.columns, pl.String)
        frame = pl.concat([pl.DataFrame(schema=schema), *(made.result() for made in self.frames)])
        self.parser.shutdown()
        if self.suspects:
            lines = np.zeros(frame.height, np.int64)
            for row, numbers in self.suspects:
                lines[row : row + len(numbers)] = numbers
            frame = mojibake.mend(frame, self.ledger, self.options.repair_mojibake, lines)
        if self.overflow:
            extra: list[str | None] = [None] * frame.height
            for row, cells in self.overflow.items():
                extra[row] = cells
            name = unique(OVERFLOW, set(self.columns))
            frame = frame.with_columns(pl.Series(name, extra, dtype=pl.String))
        return frame

    def _stand_in(self, block: bytes) -> bytes:
        block = dialect.doubled(block) if self.choice.backslash else block
        return block.replace(self.choice.shown, self.shape.delimiter) if self.choice.stand_in else block

    def _open(self, block: bytes) -> bytes:
        """Take the preamble and the header off the first block; name the columns."""
        block = self._skip_preamble(block)
        top = block[: block.find(b"\n", text.SAMPLE) + 1] if len(block) > text.SAMPLE else block
        lines = survey.survey(top, self.shape)
        found = self._first_records(top, lines)
        cells, last = found[0] if found else ([], -1)
        asked = self.options.header
        decided, why = header.decide(cells, [row for row, _ in found[1:]])
        self.header, self.header_why = (decided, why) if asked is None else (asked, "given")
        if self.header and self.options.repair_mojibake is not False:
            cells = mojibake.header(cells, self.ledger, self.line)
        self.columns, changed = header.names(cells if self.header else None, self.shape.width)
        if changed:
            self.ledger.note("renamed_column", "renamed", self.line, changed)
        if self.header and found:
            self.header_line = block[: lines.ends[last]] if self.shape.width > 1 else b""
            block = block[lines.nexts[last] :]
            self.line += last + 1
        return block

    def _skip_preamble(self, block: bytes) -> bytes:
        """Set aside the first lines while they are less than half as wide as the table."""
        position = 0
        for _ in range(MOST_PREAMBLE_LINES if self.shape.width > 2 else 0):
            end = block.find(b"\n", position)
            if end < 0:
                break
            line = block[position:end].rstrip(b"\r")
            cells, unclosed, _ = records.cells_of(line, self.shape)
            if unclosed or len(cells) * 2 > self.shape.width:
                break
            if line:
                self.ledger.note("preamble", "quarantined", self.line)
                self.ledger.hold(self.line, "preamble", line.decode("utf-8"))
            else:
                self.ledger.note("blank_line", "skipped", self.line)
            self.line += 1
            position = end + 1
        return block[position:]

    def _first_records(self, block: bytes, lines: Lines) -> list[tuple[list[str], int]]:
        """The first records and the last line of each."""
        found: list[tuple[list[str], int]] = []
        number = 0
        while number < len(lines.ends) and len(found) < LINES_TO_DECIDE:
            if lines.blank[number]:
                number += 1
                continue
            record = records.record_at(block, lines, number, self.shape)
            found.append(([cell.decode("utf-8") for cell in record.cells], record.last))
            number = record.last + 1
        return found

    def _take(self, block: bytes, *, final: bool) -> bytes:
        """Survey, mend and parse a block; give back the lines that belong with the next one."""
        if not block:
            return b""
        lines = survey.survey(block, self.shape)
        if lines.returns:
            block = text.plain_lines(block)
            lines = survey.survey(block, self.shape)
        if split := around.without_lone_returns(block, lines, self.shape):
            block, count = split
            self.ledger.note("lone_return", "split", None, count)
            lines = survey.survey(block, self.shape)
        beside = around.find(block, lines, self.header_line, top=not self.rows)
        for number in beside:
            lines.sound[number], lines.blank[number] = False, True
        repaired, consumed = records.mend(block, lines, self.shape, final=final)
        for record in repaired:
            lines.sound[record.first : record.last + 1] = False
            lines.blank[record.first : record.last + 1] = False
        for number in lines.blank[:consumed].nonzero()[0].tolist():
            self._skipped(block, lines, number, beside.get(number, "blank_line"))
        whole = consumed == len(lines.ends)
        taken = block if whole else block[: lines.starts[consumed]]
        if doubled := survey.doubled_quotes(taken, self.shape):
            self.ledger.note("embedded_quote", "unescaped", None, doubled)
        self._emit(block, lines, repaired, consumed)
        self.line += consumed
        return b"" if whole else block[lines.starts[consumed] :]

    def _skipped(self, block: bytes, lines: Lines, number: int, kind: str) -> None:
        """Report a line that holds no record; what is written on it is kept apart."""
        line = self.line + number
        self.ledger.note(kind, "skipped" if kind == "blank_line" else "quarantined", line)
        if kind != "blank_line":
            raw = block[lines.starts[number] : lines.ends[number]].decode("utf-8")
            self.ledger.hold(line, kind, raw)

    def _emit(self, block: bytes, lines: Lines, repaired: list[Repaired], consumed: int) -> None:
        """Write sound lines as they are and mended records in shape; parse the lot."""
        before = lines.sound.cumsum()
        pieces: list[bytes] = []
        position, mended = 0, 0
        odd: list[tuple[int, Repaired | None]] = [(record.first, record) for record in repaired]
        lines_in = [np.flatnonzero(lines.sound[:consumed])]
        odd += [(number, None) for number in lines.blank[:consumed].nonzero()[0].tolist()]
        for number, record in sorted(odd, key=lambda pair: pair[0]):
            pieces.append(block[position : lines.starts[number]])
            last = record.last if record else number
            position = lines.nexts[last]
            row = self.rows + int(before[number]) + mended
            if record and self._keep(block, lines, record, row):
                pieces.append(parse.written(record.cells, self.shape))
                lines_in.append(np.array([number]))
                mended += 1
        end = int(lines.nexts[consumed - 1]) if consumed else 0
        pieces.append(block[position:end])
        rows = (int(before[consumed - 1]) if consumed else 0) + mended
        if rows:
            clean = b"".join(pieces) if len(pieces) > 1 else pieces[0]
            if mojibake.shown(clean):
                self.suspects.append((self.rows, np.sort(np.concatenate(lines_in)) + self.line))
            self.frames.append(self.parser.submit(parse.parse, clean, self.columns, self.choice, rows))
            self.rows += rows

    def _keep(self, block: bytes, lines: Lines, record: Repaired, row: int) -> bool:
        """Report a mended record; say whether it goes into the table."""
        line, width = self.line + record.first, self.shape.width
        keep = True
        if record.kind in QUARANTINED:
            raw = block[lines.starts[record.first] : lines.ends[record.last]].decode("utf-8")
            self.ledger.hold(line, f"{record.kind}: {len(record.cells)}/{width}", raw)
            asked = self.options.long_lines if len(record.cells) > width else self.options.short_lines
            keep = len(record.cells) == width or asked == "keep"
        extra = record.cells[width:]
        action = "joined" if record.kind == "embedded_newline" else "kept"
        if not keep:
            action = "quarantined"
        elif len(record.cells) < width:
            action = "padded"
        elif any(extra):
            action = "kept_in_overflow"
            self.overflow[row] = (self.choice.shown or b" ").join(extra).decode("utf-8")
        if record.kind != "embedded_quote":
            self.ledger.note(record.kind, action, line)
        return keep

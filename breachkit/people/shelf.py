"""Where pieces of frames wait: in memory, or as Parquet files when there are too many for it."""

from __future__ import annotations

import shutil
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import polars as pl

from breachkit.workspace import private_folder


class Shelf:
    """Named piles of frames of one schema each, kept in the order in which they were put.

    ``on_disk``: in a new folder of the system's temporary directory (``TMPDIR`` moves it), mode 700, deleted
    when the process ends (or, if it was killed, by the next); each pile is deleted before when it is taken.
    """

    def __init__(self, on_disk: bool) -> None:
        self.folder: Path | None = None
        self._held: dict[str, list[pl.DataFrame]] = defaultdict(list)
        self._files: dict[str, list[Path]] = defaultdict(list)
        if on_disk:
            self.folder = private_folder()

    def put(self, pile: str, frame: pl.DataFrame) -> None:
        """Add a piece to a pile."""
        if self.folder is None:
            self._held[pile].append(frame)
            return
        home = self.folder / pile
        home.mkdir(mode=0o700, exist_ok=True)
        path = home / f"{len(self._files[pile]):05}.parquet"
        frame.write_parquet(path, compression="zstd", compression_level=1)
        self._files[pile].append(path)

    def pieces(self, pile: str) -> Iterator[pl.DataFrame]:
        """Give the pieces of a pile one by one; the pile stays."""
        yield from self._held.get(pile, ())
        for path in self._files.get(pile, ()):
            yield pl.read_parquet(path, memory_map=False)

    def take(self, pile: str, schema: pl.Schema) -> pl.DataFrame:
        """Give a whole pile as one frame and forget it."""
        whole = pl.concat([pl.DataFrame(schema=schema), *self.pieces(pile)], rechunk=False)
        self.drop(pile)
        return whole

    def drop(self, pile: str) -> None:
        """Forget a pile."""
        self._held.pop(pile, None)
        if self._files.pop(pile, None) and self.folder is not None:
            shutil.rmtree(self.folder / pile)

    def lazy(self, pile: str, schema: pl.Schema) -> pl.LazyFrame:
        """Give a pile as a lazy frame, its pieces in order."""
        if self._files.get(pile):
            return pl.scan_parquet(self._files[pile])
        whole: pl.DataFrame = pl.concat([pl.DataFrame(schema=schema), *self._held.get(pile, ())])
        return whole.lazy()

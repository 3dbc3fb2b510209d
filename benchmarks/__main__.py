"""Run the races: ``python -m benchmarks [room ...]`` prints our time beside each peer's, as ratios.

A peer that did not run shows a dash, and the note says why.
"""

from __future__ import annotations

import math
import sys
from importlib import import_module
from pathlib import Path

from rich.console import Console
from rich.table import Table


def main() -> None:
    here = Path(__file__).parent
    rooms = sys.argv[1:] or sorted(path.stem.removeprefix("bench_") for path in here.glob("bench_*.py"))
    console = Console()
    for room in rooms:
        sheet = Table("what", "breachkit (s)", "peer", "peer (s)", "ratio", "note", title=room)
        for row in import_module(f"benchmarks.bench_{room}").main():
            cells = (row["what"], row["ours_s"], row["peer"], row["peer_s"], row["ratio"], row["note"])
            sheet.add_row(*map(_shown, cells))
        console.print(sheet)


def _shown(cell: object) -> str:
    if cell is None or (isinstance(cell, float) and math.isnan(cell)):
        return "-"
    return f"{cell:.3g}" if isinstance(cell, float) else str(cell)


if __name__ == "__main__":
    main()

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from breachkit.leak import Leak
from breachkit.sources import lawful, read


@pytest.fixture(autouse=True)
def reminded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lawful, "_said", True)


@pytest.fixture
def leak_of(tmp_path: Path) -> Callable[..., Leak]:
    def make(content: bytes | str, name: str = "table.csv", **options: Any) -> Leak:
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return read(path, **options)

    return make

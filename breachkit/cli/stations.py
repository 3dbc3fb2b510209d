"""Verbs about one station: the severity, the fraud, what each safeguard would have saved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from breachkit.cli.bar import bar
from breachkit.cli.options import Circumstances, File, Json, Lang, Seed
from breachkit.cli.output import finish, give
from breachkit.cli.words import verb
from breachkit.locale import language

if TYPE_CHECKING:
    from breachkit.exposure import Exposure
    from breachkit.leak import Leak


@verb("severity dump.csv -c case.yaml")
def severity(file: File, circumstances: Circumstances = None, lang: Lang = None, json_: Json = False) -> None:
    """Score the severity as authorities do."""
    from breachkit.severity import score

    with bar(language(lang)):
        leak, exposure = _exposure(file)
        result = score(exposure, circumstances)
    give(result, json_, lang)
    finish(leak)


@verb("fraud dump.csv --seed 2")
def fraud(
    file: File, circumstances: Circumstances = None, seed: Seed = 1, lang: Lang = None, json_: Json = False
) -> None:
    """Simulate victims and losses."""
    from breachkit.fraud import simulate_fraud

    with bar(language(lang)):
        leak, exposure = _exposure(file)
        result = simulate_fraud(exposure, circumstances=circumstances, seed=seed)
    give(result, json_, lang)
    finish(leak)


@verb("whatif dump.csv -c dedalus-2021")
def whatif(
    file: File, circumstances: Circumstances = None, seed: Seed = 1, lang: Lang = None, json_: Json = False
) -> None:
    """Say what each missing safeguard cost."""
    from breachkit.sources import read
    from breachkit.whatif import what_if

    with bar(language(lang)):
        leak = read(file)
        result = what_if(leak, circumstances, seed=seed)
    give(result, json_, lang)
    finish(leak)


def _exposure(file: str) -> tuple[Leak, Exposure]:
    from breachkit.classify import label
    from breachkit.classify.columns import classify
    from breachkit.exposure import expose
    from breachkit.people import consolidate
    from breachkit.sources import read

    leak = read(file)
    return leak, expose(consolidate(label(leak, classify(leak))))

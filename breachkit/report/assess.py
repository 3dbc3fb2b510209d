"""The whole way of the data in one call."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from breachkit import __version__, progress
from breachkit.leak import Leak
from breachkit.locale import Language, language
from breachkit.report.assessment import Assessment
from breachkit.report.checkpoint import fingerprint, kept
from breachkit.report.folder import open_folder, write_private
from breachkit.report.outputs import FIELDS, write_outputs

if TYPE_CHECKING:
    from breachkit.circumstances import Circumstances
    from breachkit.classify import FieldMap, Records
    from breachkit.people import People

IDENTIFYING_ROWS = 1000
STATIONS = ("read", "classify", "label", "people", "expose", "severity", "fraud", "whatif")


def assess(
    source: Any,
    circumstances: str | Path | Mapping[str, Any] | Circumstances | None = None,
    *,
    decisions: Any = None,
    rules: Any = None,
    adversaries: Any = None,
    work: str | Path | None = None,
    lang: str = "fr",
    seed: int = 1,
    sample: int | None = None,
    what_if: bool = True,
    read_options: Mapping[str, Any] | None = None,
    identity: str | None = None,
) -> Assessment:
    """Walk the whole way: read, classify, label, consolidate, expose, score, simulate, ask what if.

    Parameters
    ----------
    source
        A path, folder, archive, database URI, a frame, or a `Leak`.
    circumstances
        What the data cannot say: a YAML path, a mapping or `Circumstances`.
    decisions
        Human decisions on the field map (path, mapping or `FieldMap`). With ``work``, those saved in its
        ``fields.yaml`` are honoured too and never overwritten.
    rules
        Merge rules of one's own, see `consolidate`.
    adversaries
        See `expose`.
    work
        A folder to keep finished stations in, readable by its owner only. A second call reuses them while
        input, decisions, rules and version are unchanged; a killed run leaves no half file.
    lang, seed
        Language of the report; seed of the simulations.
    sample
        Read only the first so many rows of each table, for a first look: said on every page.
    what_if
        Whether to walk the way again without each failing.
    read_options
        Passed to `read`.
    identity
        What names an input that has no file hash (a frame, a synthetic leak), so that a second call resumes:
        while it and the first rows are unchanged, so is the input.

    Raises
    ------
    BreachkitError
        For bad input at any station, in words that hold no value of the leak.
    """
    from breachkit import circumstances as circumstance_room
    from breachkit.classify import Records, label
    from breachkit.classify.columns import classify
    from breachkit.classify.decisions import apply, decisions_of
    from breachkit.people import People, consolidate

    spoken = language(lang)
    known = circumstance_room.load(circumstances)
    folder = open_folder(work) if work is not None else None
    _step(0)
    leak = _leak(source, dict(read_options or {}), sample)
    _step(1)
    saved = folder / FIELDS if folder is not None and (folder / FIELDS).is_file() else None
    fields = classify(leak, decisions=saved if saved is not None else decisions)
    if saved is not None and decisions is not None:  # what is given now wins over what was kept
        fields = dataclasses.replace(fields, fields=apply(fields.fields, decisions_of(decisions)))
    if folder is not None:
        _keep_fields(fields, folder)
    mark = _mark(leak, fields, sample, identity)
    home = folder / "stations" if folder is not None else None
    _step(2)
    records, _ = kept(home, "records", mark, Records, lambda: label(leak, fields))
    _step(3)
    merged = fingerprint(mark, str(rules), _text(rules)) if mark else None
    people, _ = kept(home, "people", merged, People, lambda: consolidate(records, rules=rules))
    result = walk_on(
        leak, fields, records, people, known,
        adversaries=adversaries, seed=seed, lang=spoken, sampled=sample, what_if=what_if,
    )  # fmt: skip
    if folder is not None:
        write_outputs(result, folder)
    return result


def walk_on(
    leak: Leak,
    fields: FieldMap,
    records: Records,
    people: People,
    known: Circumstances,
    *,
    adversaries: Any = None,
    seed: int = 1,
    lang: Language = "fr",
    sampled: int | None = None,
    what_if: bool = True,
) -> Assessment:
    """Walk the way from the people on: exposure, severity, fraud, what if. All of it can be made again."""
    from breachkit.exposure import expose
    from breachkit.fraud import simulate_fraud
    from breachkit.severity import score
    from breachkit.whatif import what_if as walk_again

    _step(4)
    exposure = expose(people, adversaries=adversaries)
    _step(5)
    severity = score(exposure, known)
    _step(6)
    fraud = simulate_fraud(exposure, circumstances=known, seed=seed)
    _step(7)
    counterfactual = None
    if what_if:
        counterfactual = walk_again(leak, known, fields=fields, records=records, people=people, seed=seed)
    _step(len(STATIONS))
    return Assessment(
        leak, fields, records, people, exposure, fraud, severity, counterfactual, known, lang, seed,
        __version__, sampled,
    )  # fmt: skip


def _keep_fields(fields: FieldMap, folder: Path) -> None:
    """Write ``fields.yaml`` whole or not at all, for its owner only; human decisions in it are kept."""
    target = folder / FIELDS
    fresh = folder / f".{FIELDS}-fresh"
    fresh.unlink(missing_ok=True)
    if target.is_file():
        write_private(fresh, target.read_bytes())
    fields.save(fresh)
    fresh.chmod(0o600)
    fresh.replace(target)


def _step(done: int) -> None:
    progress.report("assess", done, len(STATIONS))


def _leak(source: Any, options: dict[str, Any], sample: int | None) -> Leak:
    from breachkit.sources import read

    leak = source if isinstance(source, Leak) else read(source, **options)
    if sample is None:
        return leak
    return dataclasses.replace(leak, tables={name: frame.head(sample) for name, frame in leak.tables.items()})


def _mark(leak: Leak, fields: FieldMap, sample: int | None, identity: str | None) -> str | None:
    """Fingerprint what the records rest on; ``None`` when an input has neither hash nor identity."""
    hashes = [source.sha256 for source in leak.provenance]
    if identity is not None:
        hashes = [identity, *(_first_rows(frame) for frame in leak.tables.values())]
    if not hashes or None in hashes:
        return None
    return fingerprint(sorted(map(str, hashes)), fields.to_frame().to_dicts(), sample)


def _first_rows(frame: Any) -> str:
    import narwhals as nw

    rows = nw.from_native(frame).lazy().head(IDENTIFYING_ROWS).collect().to_polars()
    return fingerprint(rows.columns, rows.write_csv())


def _text(rules: Any) -> str:
    return (
        Path(rules).read_text(encoding="utf-8")
        if isinstance(rules, str | Path) and Path(rules).is_file()
        else ""
    )


__all__: Sequence[str] = ("FIELDS", "STATIONS", "assess")

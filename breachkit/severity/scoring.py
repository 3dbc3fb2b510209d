"""The station: from people and circumstances to a severity, every step kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import polars as pl

from breachkit.circumstances import Circumstances, load
from breachkit.circumstances.loading import Source
from breachkit.errors import BreachkitError
from breachkit.severity.aepd import AepdScore, aepd, impact_level, volume_level
from breachkit.severity.articles import articles_at_stake, tiers_of
from breachkit.severity.breach import Term, breach_terms
from breachkit.severity.clock import clock
from breachkit.severity.edpb import Notification, edpb
from breachkit.severity.enisa import UNINTELLIGIBLE, VOLUME, Options, band
from breachkit.severity.fines import STEPS, fine_range
from breachkit.severity.parameters import parameters
from breachkit.severity.severity import Severity
from breachkit.severity.strata import stratify

if TYPE_CHECKING:
    from breachkit.exposure.exposure import Exposure
    from breachkit.people import People


def score(
    people: People | Exposure,
    circumstances: Source = None,
    *,
    options: Options | None = None,
) -> Severity:
    """Score the severity of a breach from its people and its circumstances.

    ENISA's score is per person: it is worked out for each stratum of people that the data show
    (administrative row; test ordered; result or diagnosis; password to the results), and given as a
    distribution. What the circumstances do not say is never assumed: the score is then an interval, and
    verdicts that hang on it read "cannot be decided".

    Parameters
    ----------
    people
        `People`, or an `Exposure` (then the ease of identification is measured, not read off the columns).
    circumstances
        A path, a dictionary, `Circumstances`, the name of a shipped one, or nothing.
    options
        How the points that ENISA leaves open are read.

    Raises
    ------
    BreachkitError
        For wrong or contradictory circumstances, or something that holds no people.
    """
    options = options or Options()
    given = load(circumstances)
    frame, ease = _frames(people)
    strata, evidence = stratify(frame, ease=ease, specialised=given.specialised_centre, options=options)
    terms = breach_terms(given, options)
    clear = unintelligible(given)
    low, high = sum(term.low for term in terms), sum(term.high for term in terms)
    if clear:
        low, high, strata = _unread(strata, terms, low, high, options)
    by_stratum = _score(strata, low, high)
    total = sum(by_stratum["people"].to_list())
    flags, counts = _flags(given, evidence, total, ease is not None, terms, options)
    top_low, top_high = _ends(by_stratum)
    notification = _notify(given, by_stratum, top_low, top_high, total, clear)
    fines, fine_flags = _fines(given)
    return Severity(
        score_max=top_high,
        band_max=band(int(top_high * 4)) if top_high is not None else None,
        score_low=top_low,
        score_high=top_high,
        people=total,
        by_stratum=by_stratum,
        missing=tuple(dict.fromkeys(name for term in terms for name in term.missing)),
        notify_authority=notification.authority,
        notify_people=notification.people,
        clock=clock(given),
        trace=_trace(evidence, strata, terms),
        flags=(*flags, *fine_flags),
        counts=counts,
        fines=fines,
        articles=articles_at_stake(given.failings or ()),
        aepd=_second_opinion(given, by_stratum, total),
        version=parameters()["version"],
        title=given.title or "",
    )


def unintelligible(given: Circumstances) -> bool | None:
    """Whether the data were unreadable to others, key safe; `None` if nothing says so."""
    if given.key_compromised:
        return False
    return {"yes_intact": True, "no": False, "measures_subverted": False}.get(given.unintelligible or "")


def _frames(people: Any) -> tuple[pl.LazyFrame, pl.LazyFrame | None]:
    from breachkit.people import People

    if isinstance(people, People):
        return people.frame, None
    inner = getattr(people, "people", None)
    if isinstance(inner, People):
        from breachkit.exposure.ease import ease

        return inner.frame, ease(inner)
    raise BreachkitError(
        f"`score` takes People or an Exposure; found {type(people).__name__}.",
        hint="bk.score(bk.expose(bk.consolidate(bk.label(leak, bk.classify(leak)))))",
    )


def _unread(
    strata: pl.DataFrame, terms: tuple[Term, ...], low: int, high: int, options: Options
) -> tuple[int, int, pl.DataFrame]:
    if options.unintelligible == "no_confidentiality":
        return low - terms[0].low, high - terms[0].high, strata
    if options.unintelligible == "lower_ei":
        return low, high, strata.with_columns(ei_quarters=pl.lit(1, dtype=pl.Int64))
    return low, high, strata


def _score(strata: pl.DataFrame, low: int, high: int) -> pl.DataFrame:
    base = pl.col("dpc") * pl.col("ei_quarters")
    counted = strata.group_by("stratum", "dpc", "ei_quarters").agg(pl.col("people").sum())
    quarters = counted.with_columns(low=base + low, high=base + high)
    return quarters.sort(["high", "dpc", "people", "stratum"], descending=[True, True, True, False]).select(
        "stratum",
        "people",
        pl.col("dpc").cast(pl.Int64),
        ei=pl.col("ei_quarters") / 4,
        cb=pl.lit(high / 4),
        score=pl.col("high") / 4,
        band=pl.col("high").map_elements(band, return_dtype=pl.String),
        score_low=pl.col("low") / 4,
    )


def _ends(by_stratum: pl.DataFrame) -> tuple[float | None, float | None]:
    if by_stratum.is_empty():
        return None, None
    low, high = by_stratum["score_low"].to_list(), by_stratum["score"].to_list()
    return float(max(low)), float(max(high))


def _flags(
    given: Circumstances,
    evidence: pl.DataFrame,
    total: int,
    measured: bool,
    terms: tuple[Term, ...],
    options: Options,
) -> tuple[list[str], dict[str, int]]:
    seen = dict(evidence.group_by("evidence").agg(pl.col("people").max()).iter_rows())
    counts = {"MINORS": seen.get("minor", 0), "CREDENTIALS": seen.get("has_password", 0)}
    raised = {
        VOLUME: total > parameters()["enisa"]["volume_flag_above"],
        UNINTELLIGIBLE: bool(unintelligible(given)),
        "MINORS": counts["MINORS"] > 0 and options.minors == "flag",
        "CREDENTIALS": counts["CREDENTIALS"] > 0,
        "SPECIALISED_UNKNOWN": given.specialised_centre is None,
        "EI_FROM_COLUMNS": not measured,
        "UNKNOWN_EXFILTRATION": terms[0].reason == "unknown_exfiltration" and terms[0].high > 0,
    }
    return [name for name, is_up in raised.items() if is_up], counts


def _notify(
    given: Circumstances,
    by_stratum: pl.DataFrame,
    low: float | None,
    high: float | None,
    total: int,
    clear: bool | None,
) -> Notification:
    identified = sum(by_stratum.filter(pl.col("ei") == 1)["people"].to_list())
    untouched = given.nature is not None and "A" not in given.nature
    wide: bool | None = given.published_openly or given.recipients == "unknown_number" or None
    if wide is None and (given.recipients is not None or given.confidentiality == "not_exfiltrated"):
        wide = False
    return edpb(
        (low or 0.0, high or 0.0),
        people=identified if total else 0,
        unintelligible=clear,
        availability_lost_days=0 if untouched else given.availability_lost_days,
        backup=given.backup,
        widely_exposed=wide,
        direct_identity=identified > 0,
    )


def _fines(given: Circumstances) -> tuple[pl.DataFrame, list[str]]:
    flags = ["PUBLIC_BODY"] if given.public_body else []
    if given.turnover is None:
        return pl.DataFrame(schema=STEPS), ["NO_TURNOVER", *flags]
    tiers = [given.fine_tier] if given.fine_tier else tiers_of(given.failings or ())
    if not tiers:
        tiers, flags = list(parameters()["fines"]["tiers"]), ["NO_TIER", *flags]
    return pl.concat([fine_range(given.turnover, tier, given.seriousness).ranges for tier in tiers]), flags


def _second_opinion(given: Circumstances, by_stratum: pl.DataFrame, total: int) -> AepdScore | None:
    impact = impact_level(given)
    if impact is None or not total:
        return None
    sensitive = by_stratum.filter(pl.col("stratum").is_in(["test", "result", "credentials"])).height > 0
    return aepd(volume_level(total), 2 if sensitive else 1, impact)


def _trace(evidence: pl.DataFrame, strata: pl.DataFrame, terms: tuple[Term, ...]) -> pl.DataFrame:
    dpc = evidence.select(
        element=pl.lit("DPC"),
        rule=pl.concat_str("rule", pl.lit(" "), "evidence"),
        low=pl.col("dpc").cast(pl.Float64),
        high=pl.col("dpc").cast(pl.Float64),
        people="people",
    )
    ei = (
        strata.group_by("ei_rule", "ei_quarters")
        .agg(pl.col("people").sum())
        .sort("ei_quarters", "ei_rule")
        .select(
            element=pl.lit("EI"),
            rule="ei_rule",
            low=pl.col("ei_quarters") / 4,
            high=pl.col("ei_quarters") / 4,
            people="people",
        )
    )
    cb = pl.DataFrame(
        [(term.element, term.reason, term.low / 4, term.high / 4, None) for term in terms],
        schema=dpc.schema,
        orient="row",
    )
    return pl.concat([dpc, ei, cb])

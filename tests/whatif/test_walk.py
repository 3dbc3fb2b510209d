"""The whole what-if on a small synthetic leak: exact columns, monotone ledgers, shares that add up."""

import copy
import dataclasses
from itertools import combinations

import numpy as np
import polars as pl
import pytest

import breachkit as bk
from breachkit import circumstances, taxonomy
from breachkit.classify import label
from breachkit.classify.columns import classify
from breachkit.exposure.revealed import by_status
from breachkit.facts import document
from breachkit.people import consolidate
from breachkit.whatif.harms import curves
from breachkit.whatif.minimise import excess, minimised
from breachkit.whatif.walk import _counts, _outcomes
from breachkit.whatif.whatif import OUTCOMES, PLOTS

COMMENTS = ("COMMENTAIRE_P", "COMMENTAIRE_D")


@dataclasses.dataclass
class Way:
    leak: object
    fields: object
    records: object
    people: object


@pytest.fixture(scope="module")
def way():
    leak = bk.synthesize(patients=3_000, seed=11)
    fields = classify(leak)
    records = label(leak, fields)
    return Way(leak, fields, records, consolidate(records))


@pytest.fixture(scope="module")
def result(way):
    return ask(way)


def ask(way, given="dedalus-2021", **more):
    held = {"fields": way.fields, "records": way.records, "people": way.people, "simulations": 200} | more
    return bk.what_if(way.leak, given, **held)


def subsets(ids):
    for size in range(len(ids) + 1):
        yield from (frozenset(chosen) for chosen in combinations(ids, size))


def without(leak, columns):
    tables = {name: frame.drop(columns, strict=False) for name, frame in leak.tables.items()}
    return dataclasses.replace(leak, tables=tables)


@pytest.mark.parametrize(
    "dropped",
    [COMMENTS, (*COMMENTS, "GROUPE_SANGUIN"), ("EMAIL", "IDENTIFIANT_SR", "MOT_DE_PASSE"), ("TEL_MOBILE",)],
)
def test_dropping_columns_is_exactly_relabelling_the_leak_without_them(way, dropped):
    fast = minimised(way.people, way.records, way.fields, dropped)
    bare = without(way.leak, dropped)
    slow = consolidate(label(bare, classify(bare)))
    assert by_status(fast.frame).equals(by_status(slow.frame))
    flags = [n for n in fast.frame.collect_schema().names() if n.startswith("has_")]
    both = set(flags) & set(slow.frame.collect_schema().names())
    counts = [
        frame.select(pl.col(sorted(both)).cast(pl.Int64).sum()).collect()
        for frame in (fast.frame, slow.frame)
    ]
    different = {n for n in both if counts[0][n].item() != counts[1][n].item()}
    assert not different


def test_without_anything_to_drop_nothing_changes(way):
    assert by_status(minimised(way.people, way.records, way.fields, ()).frame).equals(
        by_status(way.people.frame)
    )


def test_in_every_simulation_one_more_safeguard_never_harms_more(way, result):
    ids = [one.id for one in result.safeguards]
    known = circumstances.load("dedalus-2021")
    lean = minimised(way.people, way.records, way.fields, excess(way.fields, known))
    from breachkit.fraud import Comparison

    comparison = Comparison(circumstances=known, simulations=200, seed=1)
    reached = comparison.eligible(way.people).by_email
    versions = {False: way.people, True: lean}
    counts = {kind: _counts(people) for kind, people in versions.items()}
    harm = {kind: curves(people, comparison, reached) for kind, people in versions.items()}
    outcomes = {on: _outcomes(result.draws[on], counts, harm) for on in subsets(ids)}
    for on, found in outcomes.items():
        for one in set(ids) - on:
            for name in OUTCOMES:
                assert (outcomes[on | {one}][name] <= found[name] * (1 + 1e-9) + 1e-9).all(), (
                    name,
                    sorted(on),
                    one,
                )


def test_all_six_are_never_worse_than_any_of_the_64(result):
    assert result.combinations.height == 64
    best = result.combination(*(one.id for one in result.safeguards))
    for name in OUTCOMES:
        assert best[name] <= float(result.combinations[name].min()) + 1e-9
        assert best[f"{name}_q95"] <= float(result.combinations[f"{name}_q95"].min()) + 1e-9


@pytest.mark.parametrize("outcome", [*OUTCOMES, "pregnancy", "minor", "days_to_closing"])
def test_shares_add_up_to_none_less_all(result, outcome):
    shares = result.shapley(outcome)
    none, everything = result.combination(), result.combination(*(one.id for one in result.safeguards))
    if outcome in none and outcome != "days_to_closing":
        assert shares["avoided"].sum() == pytest.approx(none[outcome] - everything[outcome], rel=1e-9)
    if outcome in taxonomy.category_ids():
        expected = result.categories.filter(category=outcome)
        empty = expected.filter(~pl.any_horizontal(pl.col(one.id) for one in result.safeguards))[
            "people"
        ].item()
        full = expected.filter(pl.all_horizontal(pl.col(one.id) for one in result.safeguards))[
            "people"
        ].item()
        assert shares["avoided"].sum() == pytest.approx(empty - full, rel=1e-9)
    assert shares["share"].sum() == pytest.approx(1)


def test_bands_of_enisa_are_people_too(result):
    none = result.bands.filter(~pl.any_horizontal(pl.col(one.id) for one in result.safeguards))
    assert none["people"].sum() == pytest.approx(result.combination()["people"], rel=1e-9)


def test_an_unknown_outcome_lists_the_choices(result):
    with pytest.raises(bk.BreachkitError, match="Unknown outcome 'pregnancies'"):
        result.shapley("pregnancies")
    with pytest.raises(bk.BreachkitError, match="Unknown safeguard"):
        result.plot("timeline", safeguard="firewall")


def test_the_same_seed_gives_the_same_figures_and_another_does_not(way, result):
    assert ask(way).combinations.equals(result.combinations)
    assert not ask(way, seed=2).combinations.equals(result.combinations)


def test_a_human_decision_on_a_column_changes_what_is_dropped(way):
    given = {"organisation_role": "processor"}
    told = way.fields.decide("PROFESSION", "free_text", subject="patient")
    assert ask(way, given, fields=told).dropped_columns == ask(way, given).dropped_columns + 1


def test_agreed_columns_win_over_the_default(way):
    known = circumstances.load({"agreed_columns": ["NOM_USUEL", "prenom", "Date naissance"]})
    dropped = excess(way.fields, known)
    assert "NOM_USUEL" not in dropped and "PRENOM" not in dropped and "DATE_NAISSANCE" not in dropped
    assert len(dropped) == way.fields.to_frame().height - 3


def test_rows_out_of_scope_are_exactly_those_outside_the_dates(way):
    known = circumstances.load({"scope_from": "2018-01-01"})
    lean = minimised(way.people, way.records, way.fields, (), known)
    frame = way.records.frame.collect()
    day = pl.col("visit_date")
    kept = frame.filter(day.is_null() | (day >= pl.date(2018, 1, 1)))["record_id"]
    expected = (
        way.people.members.collect().filter(pl.col("record_id").is_in(kept.implode()))["person_id"].n_unique()
    )
    assert 0 < expected < way.people.n_people
    assert lean.n_people == expected


def test_the_scope_counts_only_where_the_server_says_so(way):
    given = {"scope_from": "2018-01-01"}
    server = copy.deepcopy(document("whatif", "server"))
    apart = ask(way, given).combination("migration_procedure")["people"]
    server["apply_scope"]["value"] = 1
    applied = ask(way, given, server=server).combination("migration_procedure")["people"]
    assert applied < apart == ask(way, given).combination()["people"]


def test_a_leak_of_one_person(way):
    leak = bk.synthesize(patients=1, seed=4)
    alone = bk.what_if(leak, simulations=200)
    assert alone.people == 1
    assert alone.combination()["people"] <= 1


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_it_reads_and_keeps_the_caution(result, lang):
    said = result.sentences(lang)
    assert len(said) >= 4 + 6
    assert any({"fr": "l’une des causes", "en": "one of the causes"}[lang] in one for one in said)
    for one in result.safeguards:
        assert any(one.article in sentence and one.failing(lang) in sentence for sentence in said)
    assert all("{" not in one for one in said)


def test_the_order_of_repair_goes_down_to_all_six(result):
    order = result.order()
    assert order["safeguard"][1] == result.first_to_fix()
    assert order["left"].to_list() == sorted(order["left"], reverse=True)
    assert order["left"][-1] == pytest.approx(
        result.combination(*(one.id for one in result.safeguards))["people"]
    )


@pytest.mark.parametrize("kind", PLOTS)
@pytest.mark.parametrize("lang", ["fr", "en"])
def test_every_plot_has_alternative_text_and_data(result, kind, lang):
    plot = result.plot(kind, lang=lang)
    assert len(plot.alt) > 30 and plot.data.height
    assert plot.svg().startswith("<svg role=")


def test_the_timeline_agrees_with_the_combinations(result):
    from breachkit.whatif.simulator import Simulator
    from breachkit.whatif.timeline import timeline

    course = timeline(result, "deletion")
    simulator = Simulator(result.server, result.safeguards, result.simulations, result.seed)
    for on, names in ((False, ()), (True, ("deletion",))):
        mine = course.filter(on=on)
        read = simulator.stolen(frozenset(names)) * simulator.readable(frozenset(names))
        assert mine["stolen"][-1] == pytest.approx(read.mean(), abs=1e-9)
        assert (np.diff(mine["stolen"]) >= -1e-12).all() and (np.diff(mine["open"]) <= 1e-12).all()
    assert course.filter("on")["stock"].max() < course.filter(~pl.col("on"))["stock"].max()


def test_the_server_of_the_docs_loads():
    """The YAML of another server in docs/methods/whatif.md is one that breachkit takes."""
    from pathlib import Path

    import yaml

    from breachkit.whatif import load_safeguards, load_server

    text = (Path(__file__).parents[2] / "docs" / "methods" / "whatif.md").read_text(encoding="utf-8")
    blocks = [yaml.safe_load(part.partition("```")[0]) for part in text.split("```yaml")[1:]]
    server, safeguards = blocks
    assert load_server(server).id == "portal-2026"
    assert [one.element for one in load_safeguards(safeguards)] == ["public_hazard", "detection"]

"""From a real leak to its fraud risk: every station in turn, nothing of a value on the way out."""

import json
import logging

import polars as pl
import pytest

import breachkit as bk
from breachkit.fraud import eligible, scenario_book


@pytest.fixture(scope="module")
def chain():
    leak = bk.synthesize(patients=2_000, seed=5)
    people = bk.consolidate(bk.label(leak, bk.classify(leak)))
    return leak, people, bk.expose(people)


def test_eligible_people_can_be_counted_by_hand(chain):
    _, people, exposure = chain
    who = eligible(exposure, scenario_book())
    frame = people.frame.collect()
    named = pl.col("has_first_name") & (pl.col("has_last_name") | pl.col("has_birth_name"))
    born = named & pl.col("has_birth_date")
    assert who.people == frame.height
    assert (
        who.counts["identity_theft"]
        == frame.filter(born & (pl.col("has_address") | pl.col("has_nir"))).height
    )
    assert who.counts["forged_prescription"] == frame.filter(born & pl.col("has_nir")).height
    assert who.prescribers == people.prescribers.collect().height
    assert 0 < who.counts["extortion"] < who.counts["identity_theft"]


def test_people_and_exposure_give_the_same(chain):
    _, people, exposure = chain
    one, two = (bk.simulate_fraud(source, simulations=500) for source in (people, exposure))
    assert one.draws.equals(two.draws)
    assert one.ledger("people_money")["mean"] > 0


def test_the_order_of_the_leaks_lines_does_not_matter(chain):
    leak, people, _ = chain
    turned = bk.read({name: table.drop("_row").reverse() for name, table in leak.tables.items()})
    again = bk.consolidate(bk.label(turned, bk.classify(turned)))
    book = scenario_book()
    assert dict(eligible(again, book).counts) == dict(eligible(people, book).counts)


def test_the_order_of_people_does_not_matter(people):
    shuffled = type(people)(frame=people.frame.reverse(), prescribers=people.prescribers.reverse())
    one, two = (bk.simulate_fraud(source, simulations=500) for source in (people, shuffled))
    assert one.draws.equals(two.draws)
    assert one.scenarios.equals(two.scenarios)


def test_no_value_of_the_leak_gets_out(chain, caplog, capfd):
    leak, _, _ = chain
    caplog.set_level(logging.DEBUG)
    frame = next(iter(leak.tables.values())).drop("_row").collect()
    canary = pl.DataFrame({name: [f"ZZCANARI{at}ZZ"] * 3 for at, name in enumerate(frame.columns)})
    marked = bk.read(pl.concat([frame.head(500), canary]), name="patients")
    risk = bk.simulate_fraud(bk.consolidate(bk.label(marked, bk.classify(marked))), simulations=200)
    shown = repr(risk) + str(risk) + risk._repr_html_() + json.dumps(risk.to_dict(), default=str)
    shown += (
        risk.card("fr").text() + risk.card("en").text() + str(risk.draws) + str(risk.to_frame().to_dicts())
    )
    for kind in ("exceedance", "tornado", "ledgers", "timeline", "circulation"):
        plot = risk.plot(kind=kind)
        shown += plot.alt + str(plot.data.to_dicts())
    shown += caplog.text + "".join(capfd.readouterr())
    assert "CANARI" not in shown
    patient = frame.row(0)
    assert not any(cell in shown for cell in patient if cell and len(cell) > 12 and " " not in cell)

"""Uniqueness in the population: register by brute force, French tables, a simulated population, nonsense."""

from datetime import date

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from breachkit import BreachkitError
from breachkit.exposure import measure, population_uniqueness
from breachkit.exposure.golle import alone, correct_match
from breachkit.population import FRANCE, birth_share, postcode_population

value = st.sampled_from([None, "x", "y"])
drawn = st.lists(st.tuples(value, value), min_size=1, max_size=8)


def table(rows):
    return pl.DataFrame(
        rows, schema=["a", "b"], orient="row", schema_overrides={"a": pl.String, "b": pl.String}
    )


def estimates(frame, names, population):
    rows = population_uniqueness(frame, names, population).iter_rows(named=True)
    return {row.pop("method"): row for row in rows}


@given(drawn, drawn)
@settings(max_examples=12, deadline=None)
def test_a_register_that_holds_the_file(rows, others):
    everyone = rows + others
    found = estimates(table(rows), ["a", "b"], table(everyone))
    assert found["register"]["estimate"] == pytest.approx(
        sum(everyone.count(r) == 1 for r in rows) / len(rows)
    )
    assert found["sample"]["estimate"] == pytest.approx(sum(rows.count(r) == 1 for r in rows) / len(rows))
    n, held = len(everyone), list(zip(*everyone, strict=True))
    p = [held[0].count(a) / n * (held[1].count(b) / n) for a, b in rows]
    assert found["marginal"]["estimate"] == pytest.approx(np.mean([(1 - x) ** (n - 1) for x in p]), abs=1e-9)


@given(drawn, drawn)
@settings(max_examples=40, deadline=None)
def test_the_registers_figures_of_measure(rows, others):
    everyone = rows + others
    figures = measure(table(rows), ["a", "b"], population=table(everyone))
    chances = [1 / everyone.count(row) for row in rows]
    assert figures.journalist_max == pytest.approx(max(chances))
    assert figures.marketer == pytest.approx(np.mean(chances))
    classes = set(rows)
    by_class = len(classes) / sum(everyone.count(row) for row in classes)
    assert figures.journalist_mean == pytest.approx(max(by_class, np.mean(chances)))
    assert figures.unmatched == 0


def test_who_the_register_lacks_is_counted_both_ways():
    found = estimates(table([("x", "x"), ("y", "y")]), ["a", "b"], table([("x", "x")] * 3))
    assert (found["register"]["estimate"], found["register"]["low"]) == (0.5, 0.0)


def test_france_by_hand():
    sex, year, postcode = "F", 1965, "29200"
    born = birth_share().filter(sex=sex, year=year)["share"].item() / 365.25
    place = postcode_population().filter(postcode=postcode)["inhabitants"].item() / FRANCE
    expected = (1 - born * place) ** (FRANCE - 1)
    frame = pl.DataFrame({"qi_sex": [sex], "qi_birth_date": [date(year, 3, 12)], "qi_postcode": [postcode]})
    for given_ in (frame, frame.with_columns(pl.col("qi_birth_date").cast(pl.String)), frame.to_pandas()):
        found = estimates(given_, frame.columns, "france")
        assert found["marginal"]["estimate"] == pytest.approx(expected, rel=1e-6)
        assert found["marginal"]["bias"] == "independence"
        assert found["interval"]["low"] == pytest.approx(expected, rel=1e-6)


def test_values_that_the_tables_lack_widen_the_interval():
    frame = pl.DataFrame({"sex": ["F", "F", None, "X"], "postcode": ["29200", "01000", "29200", "99999"]})
    found = estimates(frame, ["sex", "postcode"], "france")["marginal"]
    assert (found["estimate"], found["low"], found["high"]) == (pytest.approx(0), pytest.approx(0), 0.5)
    assert "marginal" not in estimates(pl.DataFrame({"birth_date": [19500101]}), "birth_date", "france")


def test_tables_of_france():
    assert postcode_population()["inhabitants"].sum() == pytest.approx(FRANCE, abs=1)
    assert postcode_population()["postcode"].is_unique().all()
    assert birth_share()["share"].min() > 0


def test_known_answers_of_the_model():
    """Sex and birth date in a postcode of 2,000, 10,000, 50,000: .97, .85, .45 (ages 0 to 85, all alike)."""
    found = [float(alone(1 / (2 * 86 * 365.25), n)) for n in (2_000, 10_000, 50_000)]
    assert found == pytest.approx([0.97, 0.85, 0.45], abs=0.005)
    assert float(correct_match(0.5, 2)) == pytest.approx((1 - 0.25) / 1)


def test_columns_without_a_french_table_get_no_model():
    found = estimates(pl.DataFrame({"job": ["a", "b", "b"]}), "job", "france")
    assert "marginal" not in found
    assert found["zayatz"]["bias"] == "over"
    assert set(estimates(pl.DataFrame({"job": ["a"]}), "job", None)) == {"sample"}


@pytest.mark.parametrize(
    ("population", "said"),
    [
        (2, "smaller than the 3 people"),
        (pl.DataFrame({"job": ["a"]}), "smaller than the 3 people"),
        (float("nan"), "whole number"),
        (10.5, "whole number"),
        (10**400, "whole number"),
        (np.int64(2), "smaller than the 3 people"),
        ("belgium", "Unknown population 'belgium'"),
        (pl.DataFrame({"work": ["a"] * 5}), r"'job'.*work"),
        (True, "frame is needed"),
    ],
)
def test_impossible_populations(population, said):
    with pytest.raises(BreachkitError, match=said):
        population_uniqueness(pl.DataFrame({"job": ["a", "b", "b"]}), ["job"], population)


def test_unknown_columns_and_nobody():
    frame = pl.DataFrame(schema={"job": pl.String})
    assert population_uniqueness(frame, ["job"], "france").height == 0
    with pytest.raises(BreachkitError, match=r"'jobs'.*job"):
        population_uniqueness(frame, ["jobs"], "france")


def simulated(people=5_000_000, places=1_200):
    """Inhabitants of postcodes of size 1/rank; sex and day of birth (85 years) all alike, independent."""
    random = np.random.default_rng(1)
    sizes = 1 / np.arange(1, places + 1)
    return pl.DataFrame(
        {
            "sex": random.integers(0, 2, people),
            "day": random.integers(0, 31_025, people),
            "postcode": random.choice(places, people, p=sizes / sizes.sum()),
        }
    )


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_five_million_people_and_two_samples():
    """Truth, and what each method says of it from a 10 % and a 1 % sample.

    Zayatz and SNB run from the truth (54 %) towards the sample's share as the sample shrinks; the model of
    independent marginals, true here, stays; Pitman errs to either side.
    """
    everyone = simulated()
    table = {}
    for share in (0.1, 0.01):
        taken = np.random.default_rng(2).permutation(everyone.height)[: int(share * everyone.height)]
        found = estimates(everyone[taken], everyone.columns, everyone)
        table[share] = {name: row["estimate"] for name, row in found.items()}
        print(share, {name: round(value, 3) for name, value in table[share].items()})
    large, small = table[0.1], table[0.01]
    for name in ("zayatz", "snb"):
        assert large["register"] + 0.1 < large[name] < large["sample"]
        assert large[name] + 0.1 < small[name] < small["sample"]
    for found in (large, small):
        assert found["register"] == pytest.approx(0.544, abs=0.01)
        assert found["marginal"] == pytest.approx(found["register"], abs=0.01)
        assert 0.4 < found["pitman"] < 0.8

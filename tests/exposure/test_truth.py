"""Exact against synthetic truth: a perfect classifier, and a matrix counted pair by pair."""

import datetime as dt

import polars as pl
import pytest

import breachkit as bk
from breachkit import taxonomy
from breachkit.people import People

CHECKED = ("neighbour", "employer", "relative", "report_holder", "birth_and_postcode")


def perfect(leak) -> People:
    """The people as only the generator knows them, every fact at its true status."""
    truth = leak.truth
    levels = pl.DataFrame(
        {"status": list(taxonomy.STATUS_LEVEL), "level": list(taxonomy.STATUS_LEVEL.values())},
        schema={"status": pl.String, "level": pl.Int8},
    ).lazy()
    facts = (
        truth.facts.join(levels, on="status")
        .group_by("person_id", "category")
        .agg(pl.col("level").max())
        .collect()
    )
    wide = facts.pivot("category", index="person_id", values="level")
    persons = truth.people.sort("visit_date").unique("person_id", keep="last").collect()
    frame = persons.select(
        "person_id", qi_sex="sex", qi_birth_date="birth_date", qi_postcode="postcode", qi_commune="commune",
        qi_first_name="first_name", qi_last_name="usual_name", key_nir="nir", laboratory="laboratory",
        visit_date="visit_date", prescriber_id=pl.col("prescriber").cast(pl.Int64),
    )  # fmt: skip
    joined = frame.join(wide, on="person_id", how="left")
    names = [*taxonomy.category_ids(), *taxonomy.context_ids()]
    filled = [
        pl.col(n).fill_null(0).cast(pl.Int8) if n in wide.columns else pl.lit(0, pl.Int8).alias(n)
        for n in names
    ]
    merged = {
        "n_records": pl.lit(1, pl.Int64),
        "merge_rule": pl.lit("single"),
        "merge_confidence": pl.lit(1.0),
    }
    return People(joined.with_columns(filled).with_columns(**merged).lazy())


def fits(known, one, other):
    """Whether what an adversary knows of one person holds for the other, worked out naively."""
    a, b = one[known.column], other[known.column]
    if known.precision == "years":
        return (a is None and b is None) or (
            a is not None and b is not None and abs(a.year - b.year) <= known.within
        )
    if isinstance(a, dt.date) and isinstance(b, dt.date):
        parts = {"day": 3, "month": 2, "year": 1}[known.precision]
        return a.timetuple()[:parts] == b.timetuple()[:parts]
    return a == b


def brute_force(people, adversary, category):
    persons = people.frame.collect().to_dicts()
    knows = adversary.on(people.frame.collect_schema().names())
    counts = {"people": 0, "findable": 0, "expected": 0.0, "learned": 0}
    for one in persons:
        alike = [other for other in persons if all(fits(k, one, other) for k in knows)]
        if category != "anyone" and one[category] < 1:
            continue
        sharing = sum(category != "anyone" and other[category] >= 1 for other in alike)
        counts["people"] += 1
        counts["findable"] += len(alike) <= 2
        counts["expected"] += 1 / len(alike)
        counts["learned"] += category != "anyone" and 2 * sharing >= len(alike)
    return counts


@pytest.fixture(scope="module")
def people():
    return perfect(bk.synthesize(patients=250, seed=7))


def test_the_matrix_is_that_of_the_truth_counted_pair_by_pair(people):
    exposure = bk.expose(people, adversaries=CHECKED)
    checked = 0
    for row in exposure.matrix.filter("direct").iter_rows(named=True):
        adversary = next(a for a in exposure.adversaries if a.id == row["adversary"])
        expected = brute_force(people, adversary, row["category"])
        assert row["people"] == expected["people"] and row["findable"] == expected["findable"]
        assert row["expected"] == pytest.approx(expected["expected"], abs=1e-9)
        assert row["learned"] == expected["learned"]
        checked += expected["people"]
    assert checked > 1_000


def test_counts_of_people_are_those_of_the_facts(people):
    exposure = bk.expose(people, adversaries=["neighbour"])
    leak = bk.synthesize(patients=250, seed=7)
    true = leak.truth.facts.group_by("category").agg(pl.col("person_id").n_unique()).collect()
    assert dict(
        exposure.categories.filter(pl.col("people") > 0).select("category", "people").iter_rows()
    ) == dict(true.iter_rows())


@pytest.mark.parametrize(
    "removed", ["qi_sex", "qi_birth_date", "qi_postcode", "qi_first_name", "qi_commune", "key_nir"]
)
def test_removing_a_column_never_helps_an_adversary(people, removed):
    before = bk.expose(people).matrix
    after = bk.expose(People(people.frame.drop(removed))).matrix
    keys = ["adversary", "category", "direct"]
    both = after.join(before, on=[*keys], suffix="_before")
    # An adversary whose last hidden crowd changes (file or population) is compared within its own basis.
    both = both.filter(pl.col("basis") == pl.col("basis_before"))
    assert both.height > 50
    assert both.filter(pl.col("findable") > pl.col("findable_before")).is_empty()
    assert both.filter(pl.col("expected") > pl.col("expected_before") + 1e-9).is_empty()


def test_who_does_not_know_the_file_never_does_better_than_who_does(people):
    import dataclasses

    from breachkit.exposure.adversaries import load_adversaries

    knows = dataclasses.replace(load_adversaries(["birth_and_postcode"])[0], id="insider", membership=True)
    outsider = dataclasses.replace(knows, id="outsider", membership=False)
    matrix = bk.expose(people, adversaries=[knows, outsider]).matrix.filter("direct", category="anyone")
    inside, outside = matrix.rows(named=True)
    assert (inside["basis"], outside["basis"]) == ("file", "population")
    assert outside["expected"] < inside["expected"] and outside["findable"] <= inside["findable"]


def test_the_inhabitants_who_fit_by_hand():
    import dataclasses

    from breachkit.exposure.adversaries import load_adversaries
    from breachkit.population import FRANCE, birth_share, postcode_population
    from tests.people_by_hand import people as made
    from tests.people_by_hand import person

    one = made(person(qi_sex="F", qi_birth_date=dt.date(1960, 5, 17), qi_postcode="56000"))
    stranger = dataclasses.replace(load_adversaries(["birth_and_postcode"])[0], membership=False)
    here = postcode_population().filter(postcode="56000")["inhabitants"].item()
    born = birth_share().filter(sex="F", year=1960)["share"].item()
    expected = round(1 + (FRANCE - 1) * (here / FRANCE) * born / 365.25)
    frame = bk.expose(one, adversaries=[stranger]).look_alikes
    assert frame["look_alikes"].to_list() == [expected] * 2


@pytest.mark.slow
def test_the_2021_leak_and_all_of_france_differ_as_measured():
    """491,840 people: 2.6 % unique by sex, birth year and postcode in the six departments, 44 % in France."""
    shares = {}
    for profile in ("leak-2021", "national"):
        truth = bk.synthesize(profile, patients=491_840, seed=2021).truth.people.unique("person_id")
        found = bk.exposure.measure(
            truth.select("sex", "postcode", year=pl.col("birth_date").dt.year()).collect(),
            ["sex", "year", "postcode"],
        )
        shares[profile] = found.uniqueness
    assert 0.015 <= shares["leak-2021"] <= 0.05
    assert 0.35 <= shares["national"] <= 0.55

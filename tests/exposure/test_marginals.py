"""The French model by hand, from the tables, and against people drawn from them."""

from datetime import date

import numpy as np
import polars as pl
import pytest

from breachkit.exposure import population_uniqueness
from breachkit.exposure.golle import alone
from breachkit.exposure.marginals import chance
from breachkit.population import FRANCE, birth_share, commune_population, first_name_share, surname_share


def born(sex, year):
    return birth_share().filter(sex=sex, year=year)["share"].item()


def called(sex, decade, name):
    return first_name_share().filter(sex=sex, decade=decade, name=name)["share"].sum()


def test_first_name_goes_with_sex_and_decade():
    row = pl.DataFrame({"qi_sex": ["F"], "qi_birth_date": [date(1965, 3, 12)], "qi_first_name": ["CLAUDE"]})
    woman, man = (born(sex, 1965) * called(sex, 1960, "Claude") for sex in "FM")
    assert chance(row).item() == pytest.approx(woman / 365.25, rel=1e-9)
    assert chance(row.drop("qi_sex")).item() == pytest.approx((woman + man) / 365.25, rel=1e-9)
    everyone = sum(
        share * called(sex, min(max(year // 10 * 10, 1900), 2010), "Claude")
        for sex, year, share in birth_share().iter_rows()
    )
    assert chance(row.select("qi_first_name")).item() == pytest.approx(everyone, rel=1e-9)


def test_surname_and_commune():
    martin = surname_share().filter(name="MARTIN")["share"].item()
    rows = pl.DataFrame({"last_name": ["martin", "Martin"], "commune": ["St-Denis", "PARIS"]})
    there = commune_population().with_columns(paris=pl.col("commune").str.contains("^Paris .*Arrond"))
    paris = there.filter("paris")["inhabitants"].sum()
    denis = there.filter(commune="Saint-Denis")["inhabitants"].sum()
    assert chance(rows).to_list() == pytest.approx(
        [martin * denis / FRANCE, martin * paris / FRANCE], rel=1e-9
    )
    one = pl.DataFrame({"postcode": ["93200"], "commune": ["SAINT DENIS"]})
    held = there.filter(postcode="93200", commune="Saint-Denis")["inhabitants"].item()
    assert chance(one).item() == pytest.approx(held / FRANCE, rel=1e-9)


def test_accents_case_and_hyphens_do_not_matter():
    names = pl.DataFrame({"first_name": ["Marie-Thérèse", "MARIE THERESE", "marie therese"]})
    assert chance(names).n_unique() == 1
    assert chance(names).null_count() == 0


def test_rare_names_and_missing_ones_widen_the_interval():
    frame = pl.DataFrame({"last_name": ["MARTIN", "Zzyzx", None]})
    assert chance(frame).is_null().to_list() == [False, True, True]
    found = population_uniqueness(frame, "last_name").filter(method="marginal").row(0, named=True)
    assert (found["estimate"], found["low"], found["high"]) == pytest.approx((0, 0, 2 / 3), abs=1e-9)


def test_the_interval_never_passes_the_share_alone_in_the_file():
    """A couple of one rare surname: the model has each alone among all, the file says that neither is."""
    frame = pl.DataFrame(
        {"first_name": ["Gildas"] * 2, "last_name": ["GUILLERM"] * 2, "postcode": ["29200"] * 2}
    )
    found = {row["method"]: row for row in population_uniqueness(frame, frame.columns).iter_rows(named=True)}
    assert found["marginal"]["estimate"] > 0.9
    interval = found["interval"]
    assert (interval["estimate"], interval["low"], interval["high"]) == (0, 0, 0)


@pytest.mark.parametrize("columns", [["last_name", "birth_name"], ["sex", "job"], ["sex", "qi_sex"]])
def test_no_model_for_two_surnames_or_unknown_columns(columns):
    assert chance(pl.DataFrame({name: ["F"] for name in columns})) is None


def test_against_people_drawn_from_the_tables():
    """40,000 draws: the share of them alone is what the model expects of N = 40,000."""
    random, n = np.random.default_rng(3), 40_000
    drawn = {}
    for name, shares in (
        ("first_name", first_name_share().filter(sex="F", decade=1960)),
        ("last_name", surname_share()),
    ):
        p = shares["share"].to_numpy()
        drawn[name] = shares["name"].gather(random.choice(len(p), n, p=p / p.sum()))
    frame = pl.DataFrame(drawn).with_columns(sex=pl.lit("F"), birth_year=1965)
    for names in (["last_name"], ["first_name", "last_name"]):
        # Everyone is a woman of 1965: the rest of the model's p is one factor for all.
        given = born("F", 1965) if len(names) == 2 else 1.0
        p = chance(frame if len(names) == 2 else frame.select(names)).to_numpy() / given
        seen = frame.select((pl.len().over(names) == 1).mean()).item()
        assert alone(p, n).mean() == pytest.approx(seen, abs=0.01)

"""The figures that notebook 1 prints are those of the generator today, at the size of the real file."""

import polars as pl
import pytest

import breachkit as bk
from breachkit.locale import percent
from tests.notebooks.test_built import NOTEBOOKS, cells

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]
SIZE, SEED = 491_840, 2021
KNOWN = ["sex", pl.col("birth_date").dt.year().alias("year"), "postcode"]


def alone(people):
    """Share of people alone with these values, as the notebook counts it."""
    sizes = people.group_by(people.columns).len()
    return (sizes["len"] == 1).sum() / people.height


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_uniqueness_at_full_size_is_what_the_text_says(lang):
    faker = pytest.importorskip("faker", reason="the naive file needs Faker")
    leak = bk.synthesize("leak-2021", patients=SIZE, seed=SEED)
    truth = leak.truth.people.select(KNOWN).collect()
    france = bk.synthesize("national", patients=SIZE, seed=SEED).truth.people.select(KNOWN).collect()
    faker.Faker.seed(SEED)
    fake = faker.Faker("fr_FR")
    naive = truth.with_columns(postcode=pl.Series([fake.postcode() for _ in range(SIZE)]))
    invented = pl.DataFrame([(fake.last_name(), fake.first_name()) for _ in range(SIZE)], orient="row")
    named = leak.truth.people.select("usual_name", "first_name").collect()
    text = "\n".join("".join(c["source"]) for c in cells(NOTEBOOKS / lang / "01-the-leak.ipynb", "markdown"))
    for people in (naive, france, truth, invented, named):
        assert f"**{percent(alone(people), lang)}**" in text

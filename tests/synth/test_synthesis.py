import polars as pl
import pytest

from breachkit import identifiers, progress
from breachkit.errors import BreachkitError
from breachkit.leak import FACT_SCHEMA, TRUE_DAMAGE_SCHEMA
from breachkit.synth import profiles, synthesize, verify
from breachkit.synth.generation import generate
from breachkit.synth.manifest import ContentHash
from breachkit.synth.plan import plan
from breachkit.synth.profile import load

N = 40_000
PUBLISHED = {
    "NIR": 489_838,
    "TEL_FIXE": 270_569,
    "TEL_MOBILE": 159_591,
    "MOT_DE_PASSE": 14_997,
}
TITLES = {"MME": 268_983, "M": 195_828, "ENFANT": 13_478, "BEBE": 425, "SOEUR": 265}


@pytest.fixture(scope="module")
def leak():
    return synthesize(patients=N)


@pytest.fixture(scope="module")
def table(leak):
    return leak.tables["patients"].collect()


@pytest.fixture(scope="module")
def people(leak):
    return leak.truth.people.collect()


def content(size, start=0, stop=20_000, damage="none"):
    digest = ContentHash()
    for chunk in generate(plan(load("leak-2021"), 7), start, stop, damage=damage, size=size):
        digest.add("patients", chunk.frame)
    return digest.hexdigest()


def test_all_text_and_a_row_number(table):
    assert table["_row"].to_list() == list(range(N))
    assert {dtype for name, dtype in table.schema.items() if name != "_row"} == {pl.String}


def test_truth_has_the_agreed_shape(leak):
    assert leak.truth.facts.collect_schema() == FACT_SCHEMA
    assert leak.truth.damage.collect_schema() == TRUE_DAMAGE_SCHEMA
    assert leak.truth.households.select(pl.col("members").sum()).collect().item() == N


@pytest.mark.parametrize("damage", ["none", "heavy"])
def test_content_does_not_depend_on_chunks(damage):
    assert len({content(size, damage=damage) for size in (500_000, 8192, 3_333)}) == 1


def test_any_row_range_gives_the_same_rows(table):
    part = synthesize(patients=N, start=12_345, stop=13_000).tables["patients"].collect()
    assert part.equals(table.slice(12_345, 655))


def test_another_seed_gives_other_people(table):
    other = synthesize(patients=100, seed=1).tables["patients"].collect()
    assert not other["NIR"].equals(table["NIR"].head(100))


def within(found, published, n):
    """Max of 1 % and three sigma, at n rows."""
    expected = published / 491_840 * n
    # landlines are shared by a household, which widens their spread
    return abs(found - expected) <= max(0.01 * expected, 4.5 * expected**0.5)


@pytest.mark.parametrize("column", PUBLISHED)
def test_fill_as_published(table, column):
    assert within(table[column].count(), PUBLISHED[column], N)


@pytest.mark.parametrize("title", TITLES)
def test_titles_as_published(table, title):
    assert within((table["TITRE"] == title).sum(), TITLES[title], N)


def test_every_identifier_is_fictive_and_usable(table):
    for kind, column in [
        ("nir", "NIR"),
        ("rpps", "MEDECIN_RPPS"),
        ("phone", "TEL_FIXE"),
        ("phone", "TEL_MOBILE"),
        ("phone", "MEDECIN_TEL"),
        ("email", "EMAIL"),
        ("email", "MEDECIN_EMAIL"),
    ]:
        judged = identifiers.check(kind, table[column].drop_nulls())
        assert judged["fictive"].all() and judged["form"].all(), column
        assert judged["key"].fill_null(True).all(), column


def test_nir_agrees_with_its_bearer(table, people):
    own = people.filter(pl.col("nir_of") == pl.col("person_id"))
    agreed = identifiers.nir.agrees(own["nir"], sex=own["sex"], birth_date=own["birth_date"])
    assert agreed.all()
    carried = table.select("NIR", person_id="_row").join(people, on="person_id").drop_nulls("NIR")
    assert (carried["NIR"] == carried["nir"]).all()


def test_children_carry_a_parents_nir(people):
    children = people.filter("child")
    parents = people.select(nir_of="person_id", parent="nir", at="household_id")
    both = children.join(parents, on="nir_of")
    assert both.height > 0.9 * children.height
    assert (both["nir"] == both["parent"]).all() and (both["household_id"] == both["at"]).all()


def test_twins_share_their_birthday(people):
    twins = people.filter("twin").group_by("household_id").agg(pl.col("birth_date").n_unique(), pl.len())
    assert twins.filter(pl.col("len") == 2)["birth_date"].to_list().count(1) > 0
    assert twins["birth_date"].max() == 1


def test_towns_and_postcodes_are_true(table):
    from breachkit.synth.vocabulary import vocabulary

    known = vocabulary().places.select(CODE_POSTAL="postcode", VILLE="name").unique()
    living = table.select("CODE_POSTAL", "VILLE").drop_nulls()
    assert living.join(known, on=["CODE_POSTAL", "VILLE"], how="anti").is_empty()


def test_visits_fall_between_birth_and_october_2020(people):
    assert (people["visit_date"] > people["birth_date"]).all()
    assert str(people["visit_date"].max()) <= "2020-10-31" and str(people["visit_date"].min()) >= "2015-01-01"


def test_spans_hold_what_they_say(leak, table):
    facts = leak.truth.facts.filter(pl.col("start").is_not_null()).collect()
    texts = table.select("COMMENTAIRE_P", "COMMENTAIRE_D", row="_row")
    for fact in facts.join(texts, on="row").head(300).to_dicts():
        said = fact[fact["column"]][fact["start"] : fact["end"]]
        assert said and said == said.strip()
    assert set(facts["half"]) == {"dev", "holdout"}


def test_every_noise_is_recorded_with_the_true_value():
    clean = synthesize(patients=8000)
    dirty = synthesize(patients=8000, damage="heavy")
    before, after = (leak.tables["patients"].collect() for leak in (clean, dirty))
    truth = dirty.truth.damage.collect()
    same = ~pl.Series(range(8000)).is_in(truth.filter(pl.col("noise") == "duplicate")["row"].to_list())
    for column in before.columns:
        differs = before[column].ne_missing(after[column]) & same
        known = truth.filter(pl.col("column") == column)
        swapped = truth.filter(pl.col("noise") == "swapped_names") if column == "NOM_NAISSANCE" else known
        rows = set(known["row"]) | set(swapped["row"])
        assert set(before["_row"].filter(differs)) <= rows, column
    cell = truth.filter((pl.col("column") == "PRENOM") & (pl.col("noise") == "accents")).row(0, named=True)
    assert before["PRENOM"][cell["row"]] == cell["true_value"] != after["PRENOM"][cell["row"]]


@pytest.mark.parametrize("format_", ["parquet", "csv", "csv-cp1252"])
def test_what_is_written_is_what_was_made(tmp_path, format_):
    made = synthesize(patients=3000, damage="light").tables["patients"].collect()
    leak = synthesize(patients=3000, damage="light", out=tmp_path / "leak", format=format_)
    assert leak.tables["patients"].collect().select(made.columns).equals(made)
    assert verify(tmp_path).ok
    assert not list(tmp_path.glob(".*.part"))


def test_verify_sees_a_changed_value(tmp_path):
    synthesize(patients=50, out=tmp_path / "leak", format="csv")
    file = tmp_path / "leak" / "patients.csv"
    file.write_text(
        file.read_text(encoding="utf-8").replace("LABORATOIRE", "LABORATOIRES", 1), encoding="utf-8"
    )
    seen = verify(tmp_path / "leak")
    assert not seen.ok
    assert seen.card("en").sentences == ("1 failure: the data changed or an identifier is not fictive.",)


def test_progress_is_told(tmp_path):
    seen = []
    with progress.listening(lambda *told: seen.append(told)):
        synthesize(patients=500, out=tmp_path / "leak")
    assert seen[-1] == ("synth", 500, 500)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"profile": "leek-2021"}, "leak-2021"),
        ({"patients": 0}, "patients"),
        ({"patients": 2.5}, "patients"),
        ({"patients": 10, "start": 5, "stop": 3}, "start"),
        ({"patients": 10, "stop": 11}, "stop"),
        ({"format": "xlsx"}, "parquet"),
        ({"damage": "total"}, "heavy"),
        ({"seed": "a"}, "seed"),
    ],
)
def test_bad_input_names_the_field(given, said):
    with pytest.raises(BreachkitError, match=said):
        synthesize(**{"patients": 10} | given)


def test_a_folder_of_something_else_is_left_alone(tmp_path):
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(BreachkitError, match="not a synthetic"):
        synthesize(patients=10, out=tmp_path)
    assert (tmp_path / "mine.txt").read_text() == "mine"


def test_an_unwritable_folder_is_an_error(tmp_path):
    (tmp_path / "file").write_text("x")
    with pytest.raises(BreachkitError, match="Cannot write"):
        synthesize(patients=10, out=tmp_path / "file" / "leak")


def test_shipped_profiles_load():
    assert "leak-2021" in profiles()
    for name in profiles():
        assert load(name).name == name


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "extends: leak-2021\nname: x\nrates: {nir: {value: 1.2, source: a, licence: b, grade: C}}",
            "rates.nir",
        ),
        ("extends: leak-2021\nname: x\nrates: {shoe: {value: 0.2, source: a, licence: b, grade: C}}", "shoe"),
        ("extends: leak-2021\nname: x\nrates: {nir: {value: 0.2}}", "source"),
        ("extends: nothing\nname: x", "leak-2021"),
        ("name: x", "missing"),
        ("- a", "mapping"),
        ("extends: leak-2021\nname: x\ncolour: red", "colour"),
        ("extends: leak-2021\nname: x\npadding: -1", "padding"),
        (
            "extends: leak-2021\nname: x\nprescribers: {value: 0, source: x, licence: x, grade: C}",
            "prescribers",
        ),
    ],
)
def test_a_bad_profile_names_the_field(tmp_path, text, said):
    path = tmp_path / "mine.yaml"
    path.write_text(text)
    with pytest.raises(BreachkitError, match=said):
        synthesize(path, patients=10)


def test_a_profile_needs_no_code(tmp_path):
    path = tmp_path / "mine.yaml"
    path.write_text(
        "extends: leak-2021\nname: mine\nrates: {password: {value: 1, source: x, licence: x, grade: C},"
        " login: {value: 1, source: x, licence: x, grade: C}}"
    )
    assert synthesize(path, patients=50).tables["patients"].collect()["MOT_DE_PASSE"].null_count() == 0


def unique_share(people):
    groups = people.group_by("sex", pl.col("birth_date").dt.year(), "postcode").len()
    return groups.filter(pl.col("len") == 1).height / people.height


@pytest.mark.slow
@pytest.mark.parametrize(("profile", "low", "high"), [("leak-2021", 0.015, 0.05), ("national", 0.35, 0.55)])
def test_uniqueness_at_full_size(profile, low, high):
    assert low <= unique_share(synthesize(profile).truth.people.collect()) <= high


@pytest.mark.slow
def test_published_counts_at_full_size():
    table = synthesize().tables["patients"].collect()
    for column, count in PUBLISHED.items():
        assert abs(table[column].count() - count) <= max(0.01 * count, 3 * count**0.5)
    for title, count in TITLES.items():
        assert abs((table["TITRE"] == title).sum() - count) <= max(0.01 * count, 3 * count**0.5)
    assert abs(table["EMAIL"].drop_nulls().n_unique() - 55_738) <= 0.01 * 55_738
    assert abs(table["MEDECIN_EMAIL"].drop_nulls().n_unique() - 337) <= 3 * 337**0.5


def test_padding_widens_the_file_with_almost_empty_columns(tmp_path):
    path = tmp_path / "wide.yaml"
    path.write_text("extends: leak-2021\nname: leak-2021\npadding: 93\n")
    table = synthesize(path, patients=200).tables["patients"].collect()
    plain = synthesize(patients=200).tables["patients"].collect()
    assert table.width == 151
    assert table.select(plain.columns).equals(plain)

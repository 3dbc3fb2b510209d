import polars as pl
import pytest

from breachkit import taxonomy
from breachkit.synth import synthesize, verify
from breachkit.synth.plan import plan
from breachkit.synth.profile import load
from breachkit.synth.synthesis import generate


@pytest.fixture(scope="module")
def leak():
    return synthesize("lab-full", patients=12_000)


def test_tables_hang_together(leak):
    tables = {name: frame.collect() for name, frame in leak.tables.items()}
    assert list(tables) == ["patients", "visits", "acts", "results"]
    assert tables["visits"].join(tables["patients"], on="NUM_DOSSIER", how="anti").is_empty()
    assert tables["acts"].join(tables["visits"], on="NUM_VISITE", how="anti").is_empty()
    assert tables["acts"].height == tables["results"].height > tables["visits"].height
    assert tables["visits"]["NUM_VISITE"].is_unique().all()


def test_facts_point_at_codes_that_say_them(leak):
    facts = leak.truth.facts.filter(pl.col("table") == "acts").collect()
    acts = leak.tables["acts"].collect()
    for fact in facts.head(200).to_dicts():
        code = acts["CODE_ACTE"][fact["row"]]
        assert (fact["category"], fact["status"]) in {x[:2] for x in taxonomy.code_category("nabm", code)}


def test_sex_agrees_with_acts(leak):
    sex = leak.tables["patients"].select("NUM_DOSSIER", "SEXE").collect()
    acts = leak.tables["acts"].collect().join(sex, on="NUM_DOSSIER")
    assert set(acts.filter(pl.col("CODE_ACTE") == "7318")["SEXE"]) == {"M"}
    assert set(acts.filter(pl.col("CODE_ACTE").is_in(["7402", "4005"]))["SEXE"]) == {"F"}


def test_the_extraction_matters(leak):
    """Article 29: the same people, far more revealed once acts and results are extracted too."""
    facts = leak.truth.facts.collect()
    narrow = facts.filter((pl.col("table") == "patients") & pl.col("category").is_in(["hiv", "pregnancy"]))
    wide = facts.filter(pl.col("category").is_in(["hiv", "pregnancy"]))
    assert wide["person_id"].n_unique() > 10 * max(1, narrow["person_id"].n_unique())


def test_chunks_and_disk_agree(leak, tmp_path):
    written = synthesize("lab-full", patients=12_000, out=tmp_path / "lab")
    for name, frame in leak.tables.items():
        made = frame.collect()
        assert written.tables[name].collect().select(made.columns).equals(made)
    assert verify(tmp_path / "lab").ok


def test_facts_keep_their_rows_over_chunks():
    compiled = plan(load("lab-full"), 3)
    one, many = (list(generate(compiled, 0, 9000, size=size)) for size in (500_000, 4096))
    for name in ("people", "facts"):
        whole = pl.concat([getattr(chunk, name) for chunk in one])
        parts = pl.concat([getattr(chunk, name) for chunk in many])
        keys = [column for column in ("table", "row", "column", "start") if column in whole.columns]
        assert parts.sort(keys, maintain_order=True).equals(whole.sort(keys, maintain_order=True))

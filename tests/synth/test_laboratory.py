import polars as pl
import pytest

from breachkit import taxonomy
from breachkit.synth import synthesize, verify
from breachkit.synth.generation import generate
from breachkit.synth.plan import plan
from breachkit.synth.profile import load


@pytest.fixture(scope="module")
def leak():
    return synthesize("lab-full", patients=12_000)


def test_tables_hang_together(leak):
    tables = {name: frame.collect() for name, frame in leak.tables.items()}
    assert list(tables) == ["patients", "visits", "prescriptions", "acts", "results"]
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


def test_prescriptions_agree_with_people_and_visits(leak):
    tables = {name: frame.collect() for name, frame in leak.tables.items()}
    orders, visits = tables["prescriptions"], tables["visits"]
    assert set(orders["NUM_VISITE"]) == set(visits["NUM_VISITE"])
    dates = orders.join(visits, on="NUM_VISITE").select(
        pl.col("DATE_ORDONNANCE", "DATE_VISITE").str.to_date("%d/%m/%Y")
    )
    assert (dates["DATE_ORDONNANCE"] <= dates["DATE_VISITE"]).all()
    assert orders["CODE_ATC"].count() == orders["TRAITEMENT"].count() > 0.1 * orders.height
    both = orders.join(tables["patients"].select("NUM_DOSSIER", "SEXE"), on="NUM_DOSSIER")
    assert set(both.filter(TRAITEMENT="BICALUTAMIDE")["SEXE"]) <= {"M"}
    assert set(both.filter(TRAITEMENT="ACIDE FOLIQUE")["SEXE"]) == {"F"}


def test_lithium_is_measured_in_those_who_take_it(leak):
    acts = leak.tables["acts"].filter(CODE_ACTE="0557").select("NUM_DOSSIER").collect()
    takers = leak.tables["prescriptions"].filter(CODE_ATC="N05AN01").select("NUM_DOSSIER").collect()
    assert acts.join(takers, on="NUM_DOSSIER", how="semi").height > 0.7 * acts.height > 0


def test_comments_agree_with_results():
    """A row whose comment says HIV positive has no negative HIV test, and the other way round."""
    leak = synthesize("lab-full", patients=40_000)
    facts = leak.truth.facts.filter(pl.col("table") == "patients", pl.col("category") == "hiv").collect()
    numbers = leak.tables["patients"].select("NUM_DOSSIER", row="_row").collect()
    tests = leak.tables["results"].filter(LIBELLE_ANALYSE="Dépistage VIH 1 et 2").collect()
    said = facts.join(numbers, on="row").join(tests, on="NUM_DOSSIER").select("status", "VALEUR")
    assert set(said.filter(status="asserted")["VALEUR"]) <= {"Positif"}
    assert set(said.filter(status="negated")["VALEUR"]) <= {"Négatif"}
    loads = leak.tables["acts"].filter(CODE_ACTE="4122").select("NUM_DOSSIER").collect()
    ill = facts.filter(status="asserted").join(numbers, on="row").join(loads, on="NUM_DOSSIER", how="semi")
    assert ill.height > 0


def test_damage_beside_the_patients_does_not_depend_on_chunks_and_is_recorded():
    compiled = plan(load("lab-full"), 3)
    one, many = (list(generate(compiled, 0, 9000, size=size, damage="heavy")) for size in (500_000, 4096))
    for name in ("people", "facts", "damage"):
        whole = pl.concat([getattr(chunk, name) for chunk in one])
        parts = pl.concat([getattr(chunk, name) for chunk in many])
        keys = [key for key in ("table", "row", "column", "noise", "start") if key in whole.columns]
        assert parts.sort(keys, maintain_order=True).equals(whole.sort(keys, maintain_order=True))
    dirty = pl.concat([chunk.tables["acts"] for chunk in many])
    assert dirty.equals(one[0].tables["acts"])
    clean = pl.concat([c.tables["acts"] for c in generate(compiled, 0, 9000, known=False)])
    truth = one[0].damage.filter(table="acts", column="DATE_ACTE", noise="day_month")
    hurt = truth.row(0, named=True)
    assert dirty["DATE_ACTE"][hurt["row"]] != hurt["true_value"]
    assert {"prescriptions", "visits", "acts", "results"} <= set(one[0].damage["table"])
    assert clean.height > 0


def test_a_profile_may_leave_tables_out(tmp_path):
    path = tmp_path / "mine.yaml"
    path.write_text("extends: lab-full\nname: lab-full\ntables: [patients, visits, results]\n")
    leak = synthesize(path, patients=500)
    assert list(leak.tables) == ["patients", "visits", "results"]
    assert set(leak.truth.facts.collect()["table"]) <= {"patients", "results"}

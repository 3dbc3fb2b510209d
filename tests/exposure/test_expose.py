"""Who is found, by hand: five people whose look-alikes can be counted on one's fingers."""

import datetime as dt

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import breachkit as bk
from breachkit.exposure.adversaries import Adversary, parse_knowledge
from breachkit.exposure.exposure import PLOTS
from tests.people_by_hand import BORN, people, person


def woman(year, name="MARIE", **more):
    return person(
        qi_sex="F", qi_birth_date=dt.date(year, 3, 1), qi_first_name=name, qi_commune="VANNES", **more
    )


FIVE = people(
    woman(1960, hiv=7),  # two look-alikes for the neighbour: 1960 and 1962
    woman(1962),  # 1960, 1962, 1964: three
    woman(1964, hiv=5),  # 1962 and 1964: two
    woman(1960, "ANNE", pregnancy=2),  # alone
    person(
        qi_sex="M", qi_first_name="PAUL", qi_commune="VANNES", hiv=1
    ),  # no birth date: alone with his null
)


def cell(exposure, adversary, category, direct=True):
    return exposure.matrix.filter(adversary=adversary, category=category, direct=direct).row(0, named=True)


def test_the_neighbour_counts_an_age_window():
    exposure = bk.expose(FIVE, adversaries=["neighbour"])
    everyone, hiv = cell(exposure, "neighbour", "anyone"), cell(exposure, "neighbour", "hiv")
    assert (everyone["people"], everyone["findable"]) == (5, 4)
    assert everyone["expected"] == pytest.approx(1 / 2 + 1 / 3 + 1 / 2 + 1 + 1)
    assert (hiv["people"], hiv["findable"], hiv["own"]) == (3, 3, 1)
    assert exposure.n_revealed == 4


def test_without_names_fewer_are_found():
    exposure = bk.expose(FIVE, adversaries=["neighbour"])
    with_names, without = (cell(exposure, "neighbour", "anyone", direct) for direct in (True, False))
    assert without["findable"] <= with_names["findable"]
    assert without["expected"] < with_names["expected"]


def test_an_adversary_with_nothing_to_match_on_is_unable_not_zero():
    exposure = bk.expose(FIVE, adversaries=["fraudster", "neighbour"])
    assert exposure.unable.filter(direct=False)["adversary"].to_list() == ["fraudster"]
    assert exposure.matrix.filter(adversary="fraudster", direct=False).is_empty()


def test_sentences_in_both_languages():
    exposure = bk.expose(FIVE, adversaries=["neighbour"])
    assert exposure.sentence("neighbour", "fr").startswith("Un voisin qui connaît le sexe")
    assert "finds 4 of 5 people (80.0%)" in exposure.sentence("neighbour", "en")
    with pytest.raises(bk.BreachkitError, match="Unknown adversary"):
        exposure.sentence("employer")


def test_per_person_is_lazy_and_says_why():
    named = people(
        woman(1960, has_nir=True, key_nir="2600356260001"),
        woman(1961, has_first_name=True, has_last_name=True, has_email=True),
        woman(1962),
    )
    per_person = bk.expose(named).per_person
    assert isinstance(per_person, pl.LazyFrame)
    found = per_person.sort("person_id").collect()
    assert found["ei"].to_list() == [1.0, 1.0, 1.0]
    assert found["reason"].to_list()[:2] == ["nir", "name_and_email"]
    assert found["reason"].to_list()[2].startswith("adversary:")


def test_per_person_says_what_is_learned_and_what_singles_out():
    found = bk.expose(FIVE, adversaries=["neighbour"]).per_person.sort("person_id").collect()
    assert found["reveals"].to_list() == [["hiv"], [], ["hiv"], ["pregnancy"], ["hiv"]]
    assert found["candidates_neighbour"].to_list() == [2, 3, 2, 1, 1]
    smallest = found["smallest"].to_list()
    # MARIE of 1960 shares her birth date with ANNE and her name with two others: it takes both columns.
    assert smallest[0] == ["qi_birth_date", "qi_first_name"]
    assert smallest[1] == ["qi_birth_date"] and smallest[3] == ["qi_first_name"] and smallest[4] == ["qi_sex"]
    assert found["rare_category"].to_list() == [True, False, True, True, True]


def test_nobody_has_no_row():
    assert bk.expose(people()).per_person.collect().is_empty()


def test_a_leak_that_reveals_nothing_sensitive():
    exposure = bk.expose(people(woman(1950), woman(1960)))
    assert exposure.n_revealed == 0
    assert exposure.matrix["category"].unique().to_list() == ["anyone"]
    assert "0 personne parmi 2" in exposure.card("fr").text()


def test_what_the_file_lacks_of_what_an_adversary_knows_is_said():
    knowledge = bk.expose(FIVE, adversaries=["employer"]).knowledge.row(0, named=True)
    assert knowledge["used"] == "first_name;birth_date"
    assert knowledge["missing"] == "last_name;nir;address;visit_date"


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_every_adversary_has_a_sentence_that_reads(lang):
    made = people(*(woman(1950 + i, qi_last_name="DURAND", qi_postcode="56000") for i in range(3)))
    exposure = bk.expose(made)
    said = exposure.sentences(lang)
    assert len(said) >= len(exposure.adversaries) + 1
    verb = {"fr": ("retrouve", "ne trouve"), "en": ("finds", "has no column")}[lang]
    for adversary, sentence in zip(exposure.adversaries, said[-len(exposure.adversaries) :], strict=True):
        assert adversary.reach(lang) in sentence and any(word in sentence for word in verb)
        assert sentence[0].isupper() and "{" not in sentence


def test_one_person_is_said_in_the_singular():
    assert "retrouve 1 personne sur 1 " in bk.expose(people(woman(1950))).sentence("neighbour", "fr")


def test_a_leak_with_nobody_and_one_with_one_person():
    nobody = bk.expose(people())
    assert nobody.n_people == 0 and nobody.matrix.is_empty()
    assert "personne" in nobody.card("fr").text()
    one = bk.expose(people(woman(1950, cancer=7)))
    assert cell(one, "neighbour", "cancer")["findable"] == 1


def test_small_counts_are_suppressed_and_a_second_one_with_a_lone_one():
    twelve = people(
        *(
            woman(1900 + 10 * i, cancer=7, diabetes=7 if i < 6 else 0, hiv=7 if i < 2 else 0)
            for i in range(12)
        )
    )
    shared = bk.expose(twelve, adversaries=["neighbour"]).shareable()
    counts = dict(shared.filter(direct=True).select("category", "people").iter_rows())
    assert counts["hiv"] is None and counts["diabetes"] is None
    assert counts["cancer"] == 12


def test_the_verdicts_carry_their_number():
    verdicts = bk.expose(FIVE, adversaries=["neighbour"]).verdicts
    assert verdicts["criterion"].to_list() == ["singling_out", "linkability", "inference"]
    assert verdicts["people"].to_list() == [4, 0, 3]


KNOWN = ["sex", "birth_date", "postcode", "commune", "first_name", "last_name"]
PERSON = st.fixed_dictionaries(
    {
        "qi_sex": st.sampled_from(["F", "M", None]),
        "qi_birth_date": st.sampled_from([BORN, dt.date(1960, 5, 18), None]),
        "qi_postcode": st.sampled_from(["56000", "45000", None]),
        "qi_commune": st.sampled_from(["VANNES", "ORLEANS"]),
        "qi_first_name": st.sampled_from(["MARIE", "PAUL", None]),
        "qi_last_name": st.sampled_from(["DURAND", "MARTIN"]),
        "hiv": st.sampled_from([0, 0, 5, 7]),
    }
)


def adversary(knows):
    return Adversary("x", "x", "x", parse_knowledge(";".join(knows), "x"), True, True, 1, "", "", "test", "C")


@settings(max_examples=25, deadline=None)
@given(st.lists(PERSON, min_size=1, max_size=12), st.permutations(KNOWN), st.integers(1, 5))
def test_knowing_more_never_finds_fewer(persons, order, size):
    import narwhals as nw

    from breachkit.exposure.matrix import matrix_rows, survey

    frame = people(*persons).frame
    held = frame.collect_schema().names()

    def found(knows):
        who = adversary(knows)
        counted = survey(nw.from_native(frame), who, ["hiv"], held, direct=True)
        return matrix_rows(who, counted, ["hiv"], direct=True)

    less, more = found(order[:size]), found(order[: size + 1])
    for a, b in zip(less, more, strict=True):
        assert b["findable"] >= a["findable"]
        assert b["expected"] >= a["expected"] - 1e-9


@pytest.mark.parametrize("kind", PLOTS)
@pytest.mark.parametrize("made", [FIVE, people()], ids=["five", "nobody"])
def test_every_plot_has_alternative_text_and_data(kind, made):
    plot = bk.expose(made).plot(kind, lang="fr")
    assert len(plot.alt) > 20
    assert plot.svg().startswith("<svg role=")

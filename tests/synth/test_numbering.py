import polars as pl

from breachkit import identifiers
from breachkit.synth import numbering
from breachkit.synth.cast import cast
from breachkit.synth.plan import plan
from breachkit.synth.profile import load


def test_nirs_are_those_of_the_identifiers_room():
    compiled = plan(load("national"), 3)
    people = cast(compiled, 0, 8192)
    departments = pl.Series(compiled.places["department"]).gather(people.nir_place)
    assert departments.is_in(["2A", "2B"]).any()
    built = identifiers.nir.build(
        pl.Series(["F" if woman else "M" for woman in people.nir_woman]),
        pl.Series(people.nir_year),
        pl.Series(people.nir_month),
        departments,
        pl.Series(people.nir_commune),
        pl.Series(people.nir_order),
    )
    assert numbering.nir(compiled, people).to_list() == built.to_list()


def test_digits_keep_their_zeros():
    assert bytes(numbering.digits(3)[7]) == b"007"

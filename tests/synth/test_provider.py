from faker import Faker

from breachkit import identifiers
from breachkit.synth import FrenchLabProvider, synthesize


def test_the_provider_gives_the_rows_of_the_leak():
    fake = Faker("fr_FR")
    fake.add_provider(FrenchLabProvider)
    row = synthesize(patients=10).tables["patients"].collect().row(3, named=True)
    assert fake.patient(3) == {key: value for key, value in row.items() if key != "_row"}


def test_single_values_are_fictive_and_seeded():
    fake = Faker("fr_FR")
    fake.add_provider(FrenchLabProvider)
    fake.seed_instance(4)
    first = [fake.nir(), fake.rpps(), fake.mobile(), fake.landline(), fake.lab_email()]
    kinds = ["nir", "rpps", "phone", "phone", "email"]
    for kind, value in zip(kinds, first, strict=True):
        assert identifiers.check(kind, [value])["fictive"].all()
    fake.seed_instance(4)
    assert fake.nir() == first[0]

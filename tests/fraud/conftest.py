import types

import numpy as np
import polars as pl
import pytest

SHARES = {
    "first_name": 0.97, "last_name": 0.97, "birth_date": 0.99, "nir": 0.99, "address": 0.95,
    "phone_mobile": 0.3,
    "phone_landline": 0.5, "email": 0.1, "password": 0.03, "facility_id": 1.0, "visit_date": 1.0,
}  # fmt: skip


def make(n=5_000, drop=()):
    generator = np.random.default_rng(0)
    frame = {f"has_{name}": generator.random(n) < share for name, share in SHARES.items()}
    frame |= {"hiv": np.where(generator.random(n) < 0.02, 7, 0).astype(np.int8)}
    data = pl.DataFrame(frame)
    data = data.with_columns(**{name: pl.lit(0 if name == "hiv" else False) for name in drop})
    doctors = pl.DataFrame({"has_first_name": [True] * 50, "has_last_name": True, "has_address": True})
    return types.SimpleNamespace(frame=data.lazy(), prescribers=doctors.lazy())


@pytest.fixture
def people():
    return make()

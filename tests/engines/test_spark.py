"""Labelling on Spark gives what labelling here gives."""

import polars as pl
import pytest

import breachkit as bk
from breachkit.classify.labelling import label_batch
from breachkit.classify.plan import plan_for
from breachkit.engines import on_spark

# pyspark warns about pandas 3 at every turn; that is its affair.
pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("default")]


def test_labels_are_the_same_on_spark():
    pytest.importorskip("pyspark", reason="the extra `spark` is not installed")
    from pyspark.sql import SparkSession

    leak = bk.synthesize(patients=2_000, seed=5)
    fields = bk.classify(leak)
    data = leak.tables["patients"].collect()
    plan, _ = plan_for("patients", data, fields)
    here = bk.label(leak, fields).frame.select("row", "hiv", "pregnancy", "has_nir").sort("row").collect()

    def function(part):
        return label_batch(part, plan).records.select("row", "hiv", "pregnancy", "has_nir")

    spark = SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false").getOrCreate()
    try:
        frame = spark.createDataFrame(data.to_pandas())
        done = on_spark(
            frame.repartition(3), function, "row long, hiv tinyint, pregnancy tinyint, has_nir boolean"
        )
        there = pl.DataFrame(done.toArrow()).sort("row")
    finally:
        spark.stop()
    assert there.equals(here)

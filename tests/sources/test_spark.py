"""PySpark frames pass through as Spark frames."""

import pytest

from breachkit.sources import read

# pyspark leaves a socket open and warns about pandas 3: that is its affair.
pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("default")]


def test_spark_stays_spark():
    sql = pytest.importorskip("pyspark.sql", reason="pyspark is not installed (breachkit[spark])")
    spark = sql.SparkSession.builder.master("local[1]").config("spark.ui.enabled", "false").getOrCreate()
    try:
        frame = spark.createDataFrame([("DUPONT", "01400", 1), (None, "29200", 2)], ["nom", "cp", "n"])
        made = read(frame, name="t").tables["t"]
        assert type(made).__module__.startswith("pyspark")
        assert dict(made.dtypes) == {"_row": "bigint", "nom": "string", "cp": "string", "n": "string"}
        assert sorted(tuple(row)[1:] for row in made.collect() if row["nom"]) == [("DUPONT", "01400", "1")]
    finally:
        spark.stop()

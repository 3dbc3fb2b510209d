"""Run a row-wise station on something bigger than this machine's memory.

Row-wise work (labelling, generating, normalising) is a pure function ``polars.DataFrame ->
polars.DataFrame``: it
gives the same rows for any batches. `in_batches` applies it batch by batch here, `on_spark` partition by
partition on a cluster. Grouping work is written on narwhals and needs no engine.
"""

from breachkit.engines.local import in_batches, to_parquet
from breachkit.engines.spark import on_spark

__all__ = ["in_batches", "on_spark", "to_parquet"]

"""Every figure of `measure` against its definition, person by person, on small tables."""

import math

import duckdb
import pandas as pd
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from breachkit import BreachkitError
from breachkit.exposure import individual_risk, measure, subsets

QIS = ["a", "b", "c"]
value = st.sampled_from([None, "x", "y", "z"])
rows = st.lists(st.tuples(value, value, value, value), min_size=2, max_size=14)


def table(drawn):
    return pl.DataFrame(drawn, schema=dict.fromkeys([*QIS, "s"], pl.String), orient="row")


def flat(figures):
    both = figures.to_frame().fill_null(float("nan"))
    return both["value"].to_list() + both["wildcard"].to_list()


def brute(drawn, alike):
    n = len(drawn)
    values = sorted({row[3] for row in drawn}, key=lambda v: (v is not None, v or ""))
    p = {v: sum(row[3] == v for row in drawn) / n for v in values}
    worst = dict.fromkeys(("alpha", "t_equal", "t_ordered", "beta", "beta_enhanced", "delta"), 0.0)
    sizes, kinds, entropies, counted = [], [], [], []
    for row in drawn:
        inside = [
            other[3] for other in drawn if all(alike(x, y) for x, y in zip(row[:3], other[:3], strict=True))
        ]
        q = {v: inside.count(v) / len(inside) for v in values}
        moved = [abs(sum(q[w] - p[w] for w in values[: i + 1])) for i in range(len(values))]
        gains = {v: (q[v] - p[v]) / p[v] for v in values}
        here = {
            "alpha": max(q.values()),
            "t_equal": sum(abs(q[v] - p[v]) for v in values) / 2,
            "t_ordered": sum(moved) / (len(values) - 1) if len(values) > 1 else 0,
            "beta": max(gains.values()),
            "beta_enhanced": max(min(gains[v], -math.log(p[v])) for v in values),
            "delta": max(abs(math.log(q[v] / p[v])) for v in values if q[v]),
        }
        worst = {name: max(worst[name], here[name]) for name in worst}
        sizes.append(len(inside))
        kinds.append(len(set(inside)))
        entropies.append(-sum(x * math.log(x) for x in q.values() if x))
        counted.append(sorted((inside.count(v) for v in values), reverse=True))
    least = min(kinds)
    return worst | {
        "k": min(sizes),
        "uniqueness": sizes.count(1) / n,
        "prosecutor_max": 1 / min(sizes),
        "prosecutor_mean": sum(1 / f for f in sizes) / n,
        "l_distinct": least,
        "l_entropy": math.exp(min(entropies)),
        "l_recursive": max(r[0] / sum(r[least - 1 :]) for r in counted),
        "homogeneity": kinds.count(1) / n,
        "separation": 1 - sum(f - 1 for f in sizes) / (n * (n - 1)),
    }


@given(rows)
@settings(max_examples=60, deadline=None)
def test_every_figure_is_its_definition(drawn):
    found = measure(table(drawn), QIS, "s")
    wild = lambda x, y: x is None or y is None or x == y  # noqa: E731
    for figures, alike in ((found, lambda x, y: x == y), (found.wildcard, wild)):
        for name, expected in brute(drawn, alike).items():
            assert getattr(figures, name) == pytest.approx(expected, abs=1e-9), name
    assert (found.histogram["people"] / found.histogram["f"]).sum() == pytest.approx(found.classes)


@given(rows)
@settings(max_examples=20, deadline=None)
def test_knowing_more_never_finds_fewer_and_order_and_copies_change_nothing(drawn):
    frame = table(drawn).with_row_index("id")
    found = measure(frame, QIS, "s", person="id")
    assert found.uniqueness >= measure(frame, ["a", "b"]).uniqueness
    again = measure(pl.concat([frame, frame]).reverse(), QIS, "s", person="id")
    assert flat(again) == pytest.approx(flat(found), nan_ok=True)


def test_recursive_sorts_descending():
    frame = pl.DataFrame({"q": ["x"] * 10, "s": ["a"] * 8 + ["b", "c"]})
    assert (measure(frame, "q", "s").l_distinct, measure(frame, "q", "s").l_recursive) == (3, 8)


def test_engines_agree():
    frame = pl.DataFrame(
        {"a": ["x", None, "x", "y"], "b": [True, False, True, None], "s": ["u", "v", "u", "u"]}
    )
    expected = flat(measure(frame, ["a", "b"], "s"))
    relation = duckdb.from_arrow(frame.to_arrow())
    for other in (frame.lazy(), frame.to_pandas(), frame.to_arrow(), relation):
        assert flat(measure(other, ["a", "b"], "s")) == pytest.approx(expected, nan_ok=True)


def test_a_register_and_who_is_not_in_it():
    frame = pl.DataFrame({"q": ["x", "x", "y", "z"]})
    found = measure(frame, "q", population=pl.DataFrame({"q": ["x"] * 4 + ["y"] * 2}))
    assert (found.journalist_max, found.unmatched) == (1.0, 1)
    assert found.marketer == pytest.approx((2 / 4 + 1 / 2 + 1) / 4)


def test_the_card_names_columns_in_the_readers_words():
    frame = pl.DataFrame({"qi_sex": ["F", "M"], "qi_birth_date": ["1980", "1981"], "mine": [1, 2]})
    card = measure(frame, ["qi_sex", "qi_birth_date", "mine"]).card("fr")
    assert card.sentences[0] == "2 personnes comparées sur\u00a0: sexe, date de naissance, mine."
    assert card.table["colonne"].to_list() == ["sexe", "date de naissance", "mine"]


def test_nobody_has_no_figure():
    found = measure(pl.DataFrame(schema={"q": pl.String, "s": pl.String}), "q", "s")
    assert (found.n, found.k, found.uniqueness, found.below[2]) == (0, None, None, None)
    assert "no figure" in found.card("en").text()


def test_all_missing_one_class_one_value():
    found = measure(
        pl.DataFrame({"q": [None, None], "s": [1, 1]}, schema={"q": pl.String, "s": pl.Int64}), "q", "s"
    )
    assert (found.k, found.t_ordered, found.homogeneity, found.wildcard.k) == (2, 0, 1, 2)


def test_bad_columns_are_named_with_what_there_is():
    frame = pl.DataFrame({"sex": ["F"]})
    with pytest.raises(BreachkitError, match=r"Unknown column 'sexe'.*sex"):
        measure(frame, ["sexe"])
    with pytest.raises(BreachkitError, match="twice"):
        measure(frame, ["sex", "sex"])


def test_many_columns_warn_and_end():
    frame = pl.DataFrame(
        {f"c{i}": [str(j % (i + 2)) if (i + j) % 3 else None for j in range(200)] for i in range(12)}
    )
    with pytest.warns(UserWarning, match="12 quasi-identifiers"):
        assert measure(frame, frame.columns).n == 200


def test_nan_is_a_value_and_null_is_missing():
    nan = float("nan")
    frame = pl.DataFrame({"q": [nan, nan, None, 1.0], "s": ["a", "b", "a", "a"]})
    found = measure(frame, "q", "s")
    assert (found.classes, found.k, found.uniqueness) == (3, 1, 0.5)
    assert found.wildcard.uniqueness == 0  # the null may be any of the others; 1.0 has it beside itself
    values = pl.DataFrame({"q": ["x"] * 3, "s": [nan, None, 1.0]})
    assert measure(values, "q", "s").l_distinct == 3
    one = measure(frame.with_columns(id=pl.Series([1, 1, 2, 3])), "q", "s", person="id")
    assert (one.n, one.classes) == (3, 3)


@pytest.mark.parametrize("engine", [pl.DataFrame, pl.LazyFrame, pd.DataFrame])
@pytest.mark.parametrize(
    ("weights", "said"),
    [
        (["a", "b"], "not numeric"),
        ([-1.0, 1.0], "above 0"),
        ([0.0, 1.0], "above 0"),
        ([2.0, float("inf")], "finite"),
        ([2.0, float("nan")], "missing|finite"),
        ([2.0, None], r"missing \(1\)"),
    ],
)
def test_impossible_weights(engine, weights, said):
    with pytest.raises(BreachkitError, match=said):
        measure(engine({"q": ["x", "x"], "w": weights}), "q", weights="w")


@pytest.mark.slow
@pytest.mark.filterwarnings("default")
def test_spark_gives_the_same_figures(tmp_path):
    spark_sql = pytest.importorskip("pyspark.sql", reason="PySpark is not installed (breachkit[spark])")
    frame = pl.DataFrame(
        {"id": [1, 1, 2, 3, 4], "a": ["x", "x", None, "x", "y"], "b": [True, True, False, True, None]}
    ).with_columns(s=pl.Series(["u", "u", "v", "u", "u"]))
    builder = spark_sql.SparkSession.builder.master("local[1]").config("spark.ui.enabled", "false")
    builder = builder.config("spark.driver.bindAddress", "127.0.0.1").config("spark.driver.host", "127.0.0.1")
    spark = builder.config("spark.sql.warehouse.dir", str(tmp_path)).getOrCreate()
    try:
        other = spark.createDataFrame(frame.rows(), "id long, a string, b boolean, s string")
        for options in ({}, {"person": "id"}):
            expected = flat(measure(frame, ["a", "b"], "s", **options))
            assert flat(measure(other, ["a", "b"], "s", **options)) == pytest.approx(expected, nan_ok=True)
    finally:
        spark.stop()


def broken():
    return pl.LazyFrame({"sex": ["F"], "s": ["SECRET"]}).with_columns(pl.col("s").cast(pl.Int64))


@pytest.mark.parametrize("ask", [measure, individual_risk, subsets])
def test_an_engines_error_shows_no_value(ask):
    more = {individual_risk: ["s"]}.get(ask, [])
    with pytest.raises(BreachkitError, match="could not be computed") as error:
        ask(broken(), ["s"] if ask is not individual_risk else ["sex"], *more)
    assert "SECRET" not in str(error.value) and error.value.__cause__ is None


def test_frames_that_cannot_be_counted_say_so():
    pandas = pytest.importorskip("pandas")
    with pytest.raises(BreachkitError, match="one name"):
        measure(pandas.DataFrame([[1, 2]], columns=["a", "a"]), "a")
    with pytest.raises(BreachkitError, match="not text"):
        measure(pandas.DataFrame([[1, 2]]), "a")
    with pytest.raises(BreachkitError, match="own"):
        measure(pl.DataFrame({"__people": [1]}), "__people")
    with pytest.raises(BreachkitError, match=r"not NoneType.*a"):
        measure(pl.DataFrame({"a": [1]}), None)
    with pytest.raises(BreachkitError, match="Unknown column"):
        measure(pl.DataFrame({"a": [1], "s": [1]}), "a", ["s"])
    with pytest.raises(BreachkitError, match="another part"):
        measure(pl.DataFrame({"a": [1], "w": [1.0]}), "a", "w", weights="w")


def test_a_person_number_that_is_nan_is_missing():
    frame = pl.DataFrame({"id": [float("nan"), float("nan"), 1.0, 1.0], "q": ["x"] * 4})
    found = measure(frame, "q", person="id")
    assert (found.n, found.notes) == (3, (("unidentified", 2),))

"""Any bytes give a leak or a `BreachkitError`; no value of the leak gets out on the way."""

import logging

import polars as pl
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from breachkit.errors import BreachkitError
from breachkit.leak import Leak
from breachkit.sources import read

SOUP = st.lists(
    st.sampled_from(
        [
            b";",
            b",",
            b"\t",
            b'"',
            b"'",
            b"\n",
            b"\r\n",
            b"\r",
            b"\0",
            b"A",
            b"\xe9",
            b"\xc3\xa9",
            b"{",
            b"[",
            b"1",
        ]
    ),
    max_size=60,
).map(b"".join)
HEADS = st.sampled_from(
    [
        b"",
        b"PAR1",
        b"PK\x03\x04",
        b"\x1f\x8b\x08",
        b"SQLite format 3\0",
        b"MSH|^~\\&|",
        b"H|",
        b'{"a":',
        b"\xff\xfe",
        b"\xef\xbb\xbf",
    ]
)
CANARY = "ZZCANARIZZ"


def outcome(path, content, **options):
    path.write_bytes(content)
    try:
        leak = read(path, **options)
    except BreachkitError as error:
        return error
    for frame in leak.tables.values():
        frame.collect()
    return leak


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(HEADS, st.one_of(st.binary(max_size=300), SOUP))
@example(b"", b'"\n' * 30)
@example(b"\xff\xfe", b"a")
@example(b"", b'A\r\r\n"B\r\n";1\r\n\r\n')
def test_any_bytes(tmp_path, head, body):
    assert isinstance(outcome(tmp_path / "any.csv", head + body), Leak | BreachkitError)


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.lists(
            st.text(st.characters(codec="utf-8", exclude_characters="\0\r\ufffd\ufeff"), max_size=8),
            min_size=3,
            max_size=3,
        ),
        min_size=1,
        max_size=6,
    )
)
def test_what_was_written_well_is_read_back(tmp_path, rows):
    rows = [["x" + cell for cell in row] for row in rows]
    quoted = ["|".join('"' + cell.replace('"', '""') + '"' for cell in row) for row in rows]
    leak = outcome(
        tmp_path / "well.csv",
        ("\n".join(quoted) + "\n").encode(),
        delimiter="|",
        header=False,
        quote='"',
        encoding="utf-8",
    )
    frame = leak.tables["well"].collect()
    found = [list(row) for row in frame.drop("_row").iter_rows()][: len(rows)]
    if found != rows:
        # Text that is wrong by chance (``Â°``) is repaired, said to be, and kept as it was.
        held = leak.quarantined_lines(reveal=True).filter(reason="mojibake")["raw"].to_list()
        altered = [";".join(row) for row, other in zip(rows, found, strict=True) if row != other]
        assert altered == held


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(HEADS, SOUP, SOUP)
def test_no_output_shows_a_value(tmp_path, caplog, capfd, head, before, after):
    caplog.set_level(logging.DEBUG)
    result = outcome(
        tmp_path / "canary.csv", head + before + CANARY.encode() + after + CANARY.encode(), header=False
    )
    shown = str(result) + repr(result) + caplog.text + "".join(capfd.readouterr())
    if isinstance(result, Leak):
        shown += result._repr_html_() + str(result.to_dict()) + str(result.quarantine) + str(result.damage)
        shown += "".join(str(frame) for frame in result.tables.values() if isinstance(frame, pl.LazyFrame))
    assert CANARY not in shown

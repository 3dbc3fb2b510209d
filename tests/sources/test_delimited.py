import polars as pl
import pytest

from breachkit.errors import BreachkitError
from breachkit.sources import parse, text

HEADER = "nom;prenom;cp;ville\n"


def table(leak, name="table"):
    return leak.tables[name].collect().drop("_row")


def test_200_cut_lines_among_200_000_are_found_exactly(leak_of):
    row = "DUPONT;ZOÉ;01400;NEUVILLE-LES-DAMES"
    lines = [row[:12] if i % 1000 == 7 else row for i in range(200_000)]
    leak = leak_of((HEADER + "\n".join(lines) + "\n").encode("cp1252"))
    short = leak.damage.filter(pl.col("kind") == "short_line")
    assert short["count"].sum() == 200
    assert short["line"].to_list() == list(range(9, 200_002, 1000))
    assert leak.quarantine["line"].to_list() == short["line"].to_list()
    assert table(leak).height == 200_000


def test_a_cut_line_stays_in_the_table_or_goes_by_choice(leak_of):
    content = HEADER + "A;B;01400;V\nC;D\n"
    kept = leak_of(content)
    assert table(kept).row(1) == ("C", "D", None, None)
    assert kept.damage["action"].to_list() == ["padded"]
    apart = leak_of(content, short_lines="quarantine")
    assert table(apart).height == 1
    assert apart.damage["action"].to_list() == ["quarantined"]
    assert apart.quarantined_lines(reveal=True)["raw"].to_list() == ["C;D"]


def test_surplus_cells_are_kept_in_overflow(leak_of):
    leak = leak_of(HEADER + "A;B;C;D;E;F\nA;B;C;D\n")
    assert table(leak)["overflow"].to_list() == ["E;F", None]


def test_postcodes_keep_their_zero(leak_of):
    assert table(leak_of(HEADER + "A;B;01400;V\n"))["cp"].to_list() == ["01400"]


def test_two_stray_quotes_do_not_swallow_the_people_between(leak_of):
    leak = leak_of(HEADER + 'A;"B;C;D\n' + "E;F;G;H\n" * 5 + 'I;J;K";L\n')
    assert table(leak).height == 7


def test_a_quoted_cell_may_span_blocks(leak_of, monkeypatch):
    monkeypatch.setattr(text, "BLOCK", 64)
    rows = "".join(f'n{i};"p\n\nq;""{i}""";01400;v\n' for i in range(100))
    leak = leak_of(HEADER + rows)
    assert table(leak)["prenom"].to_list() == [f'p\n\nq;"{i}"' for i in range(100)]
    assert leak.damage.filter(kind="embedded_newline")["count"].sum() == 100


def test_line_numbers_count_every_physical_line(leak_of):
    leak = leak_of('titre\r\n\r\nnom;prenom;cp\r\nA;"x\r\ny";1\r\n\r\nB;2\r\n')
    assert leak.quarantine.rows() == [("table", 1, "preamble"), ("table", 7, "short_line: 2/3")]


@pytest.mark.parametrize("delimiter", ["||", "§", "\x01", "^", "é"])
def test_any_delimiter(leak_of, delimiter):
    content = delimiter.join(["nom", "cp"]) + "\n" + delimiter.join(["DUPONT", "01400"]) + "\n"
    assert table(leak_of(content, delimiter=delimiter)).rows() == [("DUPONT", "01400")]


def test_ten_thousand_columns(leak_of):
    leak = leak_of(";".join(f"code_{i}" for i in range(10_000)) + "\n" + ";".join(["x"] * 10_000) + "\n")
    assert table(leak).shape == (1, 10_000)


def test_one_giant_line(leak_of):
    assert table(leak_of("x" * 5_000_000)).shape == (1, 1)
    with pytest.raises(BreachkitError, match="200001 cells"):
        leak_of("x;" * 200_000)


def test_header_given_wins_over_the_decision(leak_of):
    assert table(leak_of("DUPONT;ZOE\nMARTIN;LEA\n", header=True)).columns == ["DUPONT", "ZOE"]
    assert table(leak_of("nom;cp\nDUPONT;01400\n", header=False)).height == 2


def test_a_headerless_patient_is_data_even_with_words_in_the_address(leak_of):
    leak = leak_of("DUPONT;12 RUE DU PORT;MME\nMARTIN;3 RUE DU SITE;M\n")
    assert table(leak).columns == ["column_1", "column_2", "column_3"]
    assert table(leak).height == 2


def test_unknown_choices_are_named(leak_of):
    with pytest.raises(BreachkitError, match="Choices: keep, quarantine"):
        leak_of("a;b\n", short_lines="drop")
    with pytest.raises(BreachkitError, match="Unknown encoding"):
        leak_of("a;b\n", encoding="utf-99")
    for wrong in ({"delimiter": "\n"}, {"delimiter": ";", "quote": ";"}):
        with pytest.raises(BreachkitError, match="must differ from the quote"):
            leak_of("a;b\n", **wrong)
    with pytest.raises(BreachkitError, match="one ASCII character"):
        leak_of("a;b\n", quote="«»")


def test_the_parser_is_checked_not_believed(leak_of, monkeypatch):
    monkeypatch.setattr(parse.pl, "read_csv", lambda *_, **__: pl.DataFrame())
    assert table(leak_of(HEADER + 'A;"B;b";C;D\n')).rows() == [("A", "B;b", "C", "D")]


def test_where_the_blocks_end_changes_nothing(leak_of, monkeypatch):
    """CR LF, cut lines, quotes, NULs, bad bytes and wrong text, read in blocks of 4 KiB and in one."""
    odd = [b"C;D", b'E;"f\r\ng";h;i', b"", b"J;K\0;l;m", b"N;\x81;o;p", b'Q;12" pouces;r;s', b"T;u;v;w;x"]
    odd += [b'Y;"a ""b"" c";d;e', b'Z;"a ""b""\r\nc";d;e']
    lines = [b"Dupont;Zo\xe9 %d;01400;V" % i if i % 9 else odd[i // 9 % len(odd)] for i in range(1500)]
    lines += [b"A;" + "HÃ©lÃ¨ne".encode("cp1252") + b";01400;V"] * 400
    content = b"nom;prenom;cp;ville\r\n" + b"\r\n".join(lines) + b"\r\n"
    whole = leak_of(content, encoding="cp1252")
    monkeypatch.setattr(text, "BLOCK", 4096)
    pieces = leak_of(content, encoding="cp1252")
    assert table(whole).equals(table(pieces))
    # Doubled quotes have no line of their own: they are counted block by block.
    total = pl.col("count").sum()
    counted = [
        leak.damage.group_by("line", "kind").agg(total).sort("line", "kind") for leak in (whole, pieces)
    ]
    assert counted[0].equals(counted[1])
    reveal = whole.quarantined_lines(reveal=True), pieces.quarantined_lines(reveal=True)
    assert reveal[0].equals(reveal[1])
    kinds = (
        "blank_line embedded_newline embedded_quote long_line mojibake nul short_line stray_quote undecodable"
    )
    assert sorted(set(whole.damage["kind"])) == kinds.split()


def test_a_file_with_mixed_line_ends_reads_as_one_with_plain_ones(leak_of):
    rows = 'nom;prenom\nA;"b;b"\n"C";""\nD;\n;E\n"F";"g""h"\n'
    plain = table(leak_of(rows))
    for end in ("\r\n", "\r\r\n"):
        assert table(leak_of(rows.replace("\n", end))).equals(plain)
    mixed = rows.replace('b"\n', 'b"\r\n').replace("D;\n", "D;\r\r\n")
    assert table(leak_of(mixed)).equals(plain)

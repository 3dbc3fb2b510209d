"""What programs write around a table is none of its rows, and is counted."""

import polars as pl
import pytest

from breachkit.errors import BreachkitError

HEADER = "nom;prenom;cp\n"
ROWS = "".join(f"DUPONT;ANNE;0140{i}\n" for i in range(10))


def kinds(leak):
    counts = leak.damage.group_by("kind").agg(pl.col("count").sum()).sort("kind")
    return " ".join(f"{kind}={count}" for kind, count in counts.iter_rows())


@pytest.mark.parametrize(
    ("content", "damage"),
    [
        (HEADER + "---;------;--\n" + ROWS + "\n(10 rows affected)\n", "blank_line=1 footer=1 rule_line=1"),
        (HEADER + ROWS[:90] + HEADER + ROWS[90:], "repeated_header=1"),
        ((HEADER + ROWS + HEADER).replace("\n", "\r\n") + "\x1a", "footer=1 repeated_header=1"),
        (
            (" nom | prenom | cp\n-----+-----\n" + ROWS + "(10 rows)\n").replace(";", " | "),
            "footer=1 rule_line=1",
        ),
        (
            ("+---+---+\n| nom | prenom | cp |\n+---+---+\n" + ROWS.replace("DUP", "| DUP") + "+---+---+\n")
            .replace(";", " | ")
            .replace("\nDU", "\n| DU"),
            "preamble=1 renamed_column=1 rule_line=2",
        ),
    ],
)
def test_ten_people_stay_ten(leak_of, content, damage):
    leak = leak_of(content)
    frame = leak.tables["table"].collect()
    assert frame.height == 10
    assert kinds(leak) == damage
    assert leak.quarantine.height == sum(int(part[-1]) for part in damage.split() if "_column" not in part
                                         and "blank" not in part)  # fmt: skip


def test_single_carriage_returns_hide_nobody(leak_of):
    lines = ROWS.splitlines()
    leak = leak_of(HEADER + "\n".join(lines[:5]) + "\n" + "\r".join(lines[5:]) + "\n")
    assert leak.tables["table"].collect()["cp"].to_list() == [f"0140{i}" for i in range(10)]
    assert kinds(leak) == "lone_return=4"


def test_quotes_escaped_by_a_backslash_are_quotes(leak_of):
    rows = "".join(f'"D{i}","il dit \\"oui\\", puis non","C:\\\\"\n' for i in range(9))
    leak = leak_of("nom,commentaire,cp\n" + rows)
    assert leak.tables["table"].collect().row(0) == (0, "D0", 'il dit "oui", puis non', "C:\\\\")
    assert "backslash" in leak.provenance[0].decided_by["escape"]


def test_semicolons_in_the_text_are_not_the_delimiter(leak_of):
    leak = leak_of("nom|prenom|commentaire\n" + "D|A|vu; puis; non; revu\n" * 30)
    assert leak.provenance[0].delimiter == "|"
    assert leak.tables["table"].collect().row(0) == (0, "D", "A", "vu; puis; non; revu")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (
            "-- MySQL dump\nCREATE TABLE `p` (\n`nom` text);\nINSERT INTO `p` VALUES (1,'DUPONT');\n",
            "SQL dump",
        ),
        ("SET x=1;\nCOPY public.p (id, nom) FROM stdin;\n1\tDUPONT\n\\.\n", "SQL dump"),
        ("<html><table><tr><td>DUPONT</td></tr></table></html>", "HTML page"),
        ("<?xml version='1.0'?><p><nom>DUPONT</nom></p>", "XML document"),
    ],
)
def test_what_is_written_for_other_readers_is_refused_with_what_to_do(leak_of, content, said):
    with pytest.raises(BreachkitError, match=said) as caught:
        leak_of(content, "dump.sql")
    assert caught.value.hint and "DUPONT" not in str(caught.value)

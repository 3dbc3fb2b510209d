import pytest
from hypothesis import given
from hypothesis import strategies as st

from breachkit.sources.mojibake import original

HEADER = "nom;note\n"


def cells(leak, column="note"):
    return leak.tables["table"].collect()[column].to_list()


def wrong(text, times=1):
    for _ in range(times):
        text = "".join(
            bytes([b]).decode("cp1252", "replace") if b not in UNDEFINED else chr(b) for b in text.encode()
        )
    return text


UNDEFINED = {0x81, 0x8D, 0x8F, 0x90, 0x9D}


@given(st.text(st.sampled_from("abé èàçœŒ’€«»ÉÀâîï…–"), min_size=1, max_size=12), st.integers(1, 3))
def test_wrong_one_to_three_times_over_comes_back(text, times):
    assert original(wrong(text, times)) == (None if text.isascii() else text)


@pytest.mark.parametrize(
    "genuine", ["JOÃO", "MANHÃ", "Ålesund", "CAFÉ »", "ÄRZTE", "Â qui", "Hélène", "naïve"]
)
def test_genuine_text_is_never_taken_for_wrong(genuine):
    assert original(genuine) is None


def test_a_column_that_shows_it_is_repaired_and_its_lines_kept(leak_of):
    leak = leak_of(HEADER + "A;HÃ©lÃ¨ne\n" * 5 + "B;Zoé\nC;x\n")
    assert cells(leak) == ["Hélène"] * 5 + ["Zoé", "x"]
    assert leak.damage.select("line", "kind", "count", "action").row(0) == (2, "mojibake", 2, "repaired")
    assert leak.quarantined_lines(reveal=True)["raw"][0] == "A;HÃ©lÃ¨ne"


def test_a_rare_look_alike_in_a_sound_column_stays_and_is_reported(leak_of):
    rows = "".join(f"A{i};café\n" for i in range(50)) + "B;PÅ’\n"
    leak = leak_of(HEADER + rows)
    assert cells(leak)[-1] == "PÅ’"
    assert leak.damage.select("kind", "count", "action").rows() == [("mojibake", 1, "kept")]


def test_one_sound_column_does_not_speak_for_another(leak_of):
    rows = "".join(f"HÉLÈNE {i};dÃ©pistage\n" for i in range(20))
    assert cells(leak_of(HEADER + rows)) == ["dépistage"] * 20


def test_a_letter_that_cp1252_lacks_is_no_evidence(leak_of):
    assert cells(leak_of(HEADER + "A;BLÅ»\n")) == ["BLÅ»"]
    assert cells(leak_of(HEADER + "A;BLÅ»\n", repair_mojibake=True)) == ["BLŻ"]


def test_the_choice_is_the_users(leak_of):
    leak = leak_of(HEADER + "A;HÃ©lÃ¨ne\n", repair_mojibake=False)
    assert cells(leak) == ["HÃ©lÃ¨ne"]
    assert leak.damage["action"].to_list() == ["kept"]


def test_lines_are_counted_through_damage(leak_of):
    leak = leak_of('titre\n\nnom;note;cp\n"a\nb";Ã©;1\n\nB;Ã©;1\nC;Ã©\n')
    named = leak.damage.filter(kind="mojibake")["line"].to_list()
    assert named == [4, 7, 8]

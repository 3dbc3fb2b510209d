import numpy as np

from breachkit.synth.words import Source, alias, below, chance


def test_a_word_has_an_address():
    source = Source(1, "p")
    assert (source.words("a", 0, 10).to_numpy()[3:7] == source.words("a", 3, 7).to_numpy()).all()
    assert not (source.words("a", 0, 10)[0] == source.words("b", 0, 10)[0]).all()


def test_words_never_change():
    """The first words of seed 2021 for ever: a change here changes every data set ever made."""
    assert Source(2021, "leak-2021").words("nir", 0, 1).to_numpy()[0, :2].tolist() == FIRST


FIRST = [4200031289, 59021741]


def test_alias_draws_by_weight():
    words = Source(1, "p").words("x", 0, 40_000)
    table = alias([6, 3, 1])
    shares = np.bincount(table.draw(words[0], words[1])) / 40_000
    assert np.abs(shares - [0.6, 0.3, 0.1]).max() < 0.01


def test_below_and_chance_at_the_edges():
    word = np.array([0, 2**32 - 1], dtype=np.uint64)
    assert below(word, 10).tolist() == [0, 9]
    assert chance(word, 0.0).tolist() == [False, False] and chance(word, 1.0).tolist() == [True, True]


def test_chosen_words_are_those_of_their_rows():
    draws = Source(1, "p").words("a", 0, 10)
    assert (draws.take(np.array([7, 2]))[5] == draws[5][[7, 2]]).all()

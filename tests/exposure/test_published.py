"""Figures that others have published for tables small enough to carry; each with its source.

Those printed in full are met to 1e-9, those printed to a few digits to their last digit.
"""

import numpy as np
import polars as pl
import pytest

from breachkit.exposure import individual_risk, measure, smallest_singling_out
from breachkit.exposure.superpopulation import pitman, pitman_likelihood, pitman_uniques


def table(text, names):
    rows = [[cell if cell != "-" else None for cell in line.split()] for line in text.strip().splitlines()]
    return pl.DataFrame(rows, schema=names.split(), orient="row")


# sdcMicro 5.7.9, data set francdat (Capobianchi, Polettini and Lucarelli): pages freqCalc and indivRisk.
FRANCDAT = """
1 2 5 1 18
1 2 1 1 45.5
1 2 1 1 39
3 3 1 5 17
4 3 1 4 541
4 3 1 1 8
6 2 1 5 5
1 2 5 1 92
"""
KEYS = ["Key1", "Key2", "Key3", "Key4"]


def francdat():
    return table(FRANCDAT, "Key1 Key2 Key3 Key4 w").with_columns(pl.col("w").cast(pl.Float64))


def test_sdcmicro_francdat():
    found = individual_risk(francdat(), KEYS, "w")
    assert found["f"].to_list() == [2, 2, 2, 1, 1, 1, 1, 2]
    assert found["population"].to_list() == [110, 84.5, 84.5, 17, 541, 8, 5, 110]
    printed = [0.01714426, 0.02204233, 0.02204233, 0.17707583, 0.01165448, 0.29706308, 0.40235948, 0.01714426]
    assert found["risk"].to_list() == pytest.approx(printed, abs=5.1e-9)
    figures = measure(francdat(), KEYS, weights="w")
    assert (figures.below[2] * figures.n, figures.below[3] * figures.n) == (4, 8)
    assert figures.journalist_max == pytest.approx(1 / 5, abs=1e-9)


def test_sdcmicro_francdat_with_missing_values():
    """Page freqCalc: a missing value matches anything, fk = 3 2 4 3 3 2 2 3."""
    gaps = table(FRANCDAT, "Key1 Key2 Key3 Key4 w").with_row_index("row")
    for row, key in ((2, "Key3"), (3, "Key1"), (3, "Key2"), (4, "Key4"), (5, "Key1")):
        gaps = gaps.with_columns(pl.when(pl.col("row") != row).then(key).alias(key))
    histogram = measure(gaps, KEYS).wildcard.histogram
    assert dict(histogram.select("f", "people").iter_rows()) == {2: 3, 3: 4, 4: 1}


# IHSN, SDC Practice Guide: tables 4.1 to 4.5, examples 4.2 to 4.7.
GUIDE = """
Urban Female Secondary-incomplete Employed 180 yes
Urban Female Secondary-incomplete Employed 180 yes
Urban Female Primary-incomplete Non-LF 215 yes
Urban Male Secondary-complete Employed 76 yes
Rural Female Secondary-complete Unemployed 186 yes
Urban Male Secondary-complete Employed 76 no
Urban Female Primary-complete Non-LF 180 no
Urban Male Post-secondary Unemployed 215 yes
Urban Female Secondary-incomplete Non-LF 186 no
Urban Female Secondary-incomplete Non-LF 76 yes
"""
FOUR = ["residence", "gender", "education", "labour"]


def guide():
    frame = table(GUIDE, "residence gender education labour weight health")
    return frame.with_columns(pl.col("weight").cast(pl.Float64))


def test_sdc_practice_guide():
    found = individual_risk(guide(), FOUR, "weight")
    assert found["f"].to_list() == [2, 2, 1, 2, 1, 2, 1, 1, 2, 2]
    assert found["population"].to_list() == [360, 360, 215, 152, 186, 152, 180, 215, 262, 262]
    printed = [0.005424520, 0.025096439, 0.012563425, 0.028247279, 0.029010932, 0.007403834]
    assert [found["risk"][i] for i in (0, 2, 3, 4, 6, 8)] == pytest.approx(printed, abs=5.1e-10)
    figures = measure(guide(), FOUR, "health")
    assert (figures.below[2], figures.below[3], figures.l_distinct) == (0.4, 1.0, 1)
    # l per record 1 1 1 2 1 2 1 1 2 2: six people are in a class of one value.
    assert figures.homogeneity == pytest.approx(0.6, abs=1e-9)


def test_sdc_practice_guide_suda():
    """Records 3, 5, 7, 8 have a minimal sample unique of one column; no other record has any."""
    sizes = smallest_singling_out(guide(), FOUR).collect()
    assert sizes["size"].to_list() == [None, None, 1, None, 1, None, 1, 1, None, None]
    assert sizes["columns"][4].to_list() == ["residence"]


def test_sdc_practice_guide_missing_value():
    """Table 4.2: f = 2, 2, 3 for the complete, the incomplete and the unknown education."""
    rows = pl.DataFrame({"education": ["complete", "incomplete", None], "sex": ["M"] * 3})
    histogram = measure(rows, ["education", "sex"]).wildcard.histogram
    assert dict(histogram.select("f", "people").iter_rows()) == {2: 2, 3: 1}


# pyCANON, StudentsMath_Score.csv and tests/test_anonymity.py: teacher, gender, ethnic group, lunch, score.
STUDENTS = """
RFAF76 RFHP56 RFBF34 RFAP59 RMHF73 RMCP58 RFBP62 RMHF40 RFBF82 RMBP78 RMBP64 RFAP68 RMHF39 RMCF48 RFCF66
RMAF68 RFHP72 RFBF60 RMCF54 RMAP34 RFHP30 RMAF43 RFHP73 RMBF44 RMAF39 RMBF67 RFHP37 RMCF67 RMHP32 RMCP64
RFAF42 RMHF58 RMAP33 RMCF47 RFBP39 RMCP65 RFHF36 RMCP50 RFCF67 RFBP74 RFAF75 RMHP69 RMHP74 RMBF32 RFHP52
RMBP36 RMHP80 RFAF30 RFHF51 RFHF65 RFHP71 RMCP40 RMHP50 RFAF30 RFBF57 RMHP34 RMAF72 RMBF68 RMHF76 RMHP54
RFBF56 RMHP59 RFAF72 RFHF77 RMBP38 RMHP33 RFAF55 RMBP51 RFAP69 RMAP48 RFBP52 SMAP60 SFHP47 SMBF62 SMCP55
SFHP50 SMHF69 SMBP72 SMBF80 SMAF85 SFBP68 SMHF45 SFHF82 SMAP51 SMCF49 SFBF72 SFCP89 SMBP65 SFAP85 SMBP80
SFCF65 SMHF91 SFCP79 SMHF79 SMHP62 SMAP87 SMBP46 SMAP48 SMAP87 SMAP95 SFAP91 SFCP53 SFCP83 SMBF77 SMBF67
SMCP52 SMHF57 SFHF69 SFHF92 SFBF68 SFAP48 SFCP61 SFAF57 SFBP91 SFCF84 SMHP71 SMAP64 SFCP51 SMBF95 SMAP84
SMHP79 SFHP66 SMAF76 SMBF87 SMCF73 SFHP74 SMCF60 SMAP53 SFCP60 SMAF65 SMAP52 SMBP48 SFCP95 SFAP86 SMHP82
SMBF60 SFHP84 SMAP53 SFAP71 SMHF59 WMCP51 WMHF71 WMBF77 WFAP85 WFCP89 WMAF62 WMHF59 WMAF61 WMBF89 WMBP61
WMBF93 WMCF70 WFCF61 WMBP46 WFHF52 WFAF82 WMCF59 WFHP78 WMBF73 WFAF93 WFHF88 WMCF63 WMAF79 WMHP57 WFCP91
WFHF76 WMCF68 WMBP85 WFHF53 WMBP48 WMHF53 WMAF66 WFHP83 WFAF65 WFHF58 WMHP67 WMHP57 WFAF82 WFCP58 WFBF87
WFHF68 WFAF70 WFBF63 WMAF52 WMHF72 WFBF83 WMCF45 WMHP81 WFBP65 WMBF89 WFCP64 WFAP85 WMCP90 WFHF64 WFCP68
WFHP84 WFBF83 WFAP93 WMCP47 WFHF83 WFAF53 WMCP79 WMAF87 WMBP89 WFAP56 WFHP83 WMCP45 WMCP75 WFCF58 WFBF72
WMCP79 WMBP56 WMHF94 WMHP91 WFBP53 WMHP57
"""


def test_pycanon_students():
    rows = [(*row[:4], "W" if row[0] == "W" else "RS", float(row[4:])) for row in STUDENTS.split()]
    names = ["teacher", "gender", "ethnic", "lunch", "wesson"]
    found = measure(pl.DataFrame(rows, schema=[*names, "score"], orient="row"), names, "score")
    assert (found.n, found.k, found.l_distinct, found.alpha) == (216, 1, 1, 1)
    assert found.beta == pytest.approx(71.0, abs=1e-9)
    assert found.beta_enhanced == pytest.approx(5.375278407684164, abs=1e-9)
    assert found.delta == pytest.approx(4.276666119016055, abs=1e-9)
    assert found.t_ordered == pytest.approx(0.4165919952210274, abs=1e-9)
    # Its mean risk is over classes (0.270); the mean over people is classes / n.
    assert found.prosecutor_mean == pytest.approx(46 / 216, abs=1e-9)


def test_t_closeness_of_li():
    """Li, Li and Venkatasubramanian 2007: {3, 4, 5} against {3..11} is .375 away, {6, 8, 11} is .167.

    The six others are half as far.
    """
    for salaries, printed in (((3, 4, 5), 3 / 8), ((6, 8, 11), 1 / 6)):
        others = [salary for salary in range(3, 12) if salary not in salaries]
        frame = pl.DataFrame({"zip": ["x"] * 3 + ["y"] * 6, "salary": [*salaries, *others]})
        assert measure(frame, "zip", "salary").t_ordered == pytest.approx(printed, abs=1e-9)


def test_t_closeness_of_lis_table_5():
    """Its 0.167-close table: salaries by postcode and age."""
    rows = [("4767", 3), ("4767", 5), ("4767", 9), ("4790", 6), ("4790", 11), ("4790", 8)]
    rows += [("4760", 4), ("4760", 7), ("4760", 10)]
    frame = pl.DataFrame(rows, schema=["zip", "salary"], orient="row")
    assert measure(frame, "zip", "salary").t_ordered == pytest.approx(1 / 6, abs=1e-9)


def test_l_diversity_of_machanavajjhala():
    """Machanavajjhala et al. 2007, figures 2 and 3: 4-anonymous with a class all cancer; then 3-diverse."""
    homogeneous = ["heart", "heart", "viral", "viral"], ["cancer", "heart", "viral", "viral"], ["cancer"] * 4
    diverse = [["heart", "viral", "cancer", "cancer"], ["cancer", "heart", "viral", "viral"]]
    for classes, least, alone in ((homogeneous, 1, 1 / 3), ([*diverse, diverse[0]], 3, 0)):
        rows = [(i, value) for i, values in enumerate(classes) for value in values]
        found = measure(pl.DataFrame(rows, schema=["class", "condition"], orient="row"), "class", "condition")
        assert (found.k, found.l_distinct) == (4, least)
        assert found.homogeneity == pytest.approx(alone, abs=1e-9)


def test_k_anonymity_of_sweeney():
    """Sweeney 2002, figure 2: race, birth, gender, ZIP of eleven people; k = 2."""
    text = "Black/1965/m/0214* " * 2 + "Black/1965/f/0213* " * 2 + "Black/1964/f/0213* " * 2
    text += "White/1964/m/0213* " * 3 + "White/1967/m/0213* " * 2
    frame = pl.DataFrame([row.split("/") for row in text.split()], schema=list("abcd"), orient="row")
    found = measure(frame, list("abcd"))
    assert (found.n, found.classes, found.k, found.uniqueness) == (11, 5, 2, 0)


def test_distinct_and_separation_ratios_of_motwani_and_xu():
    """Motwani and Xu 2007: age is .6-distinct and .8-separation; sex and state .8 and .9."""
    frame = table("20 f CA\n30 f CA\n40 f TX\n20 m NY\n40 m CA", "age sex state")
    for names, distinct, separation in ((["age"], 0.6, 0.8), (["sex", "state"], 0.8, 0.9)):
        found = measure(frame, names)
        assert (found.distinction, found.separation) == pytest.approx((distinct, separation), abs=1e-9)


def test_pitman_on_the_tomato_flower_library():
    """Lijoi, Mena and Pruenster 2007: n = 2586, 1825 classes; maximum at alpha .612, theta 741 as printed."""
    counts = {1: 1434, 2: 253, 3: 71, 4: 33, 5: 11, 6: 6, 7: 2, 8: 3, 9: 1, 10: 2, 11: 2}
    counts |= {12: 1, 13: 1, 14: 1, 16: 2, 23: 1, 27: 1}
    sizes, classes = (np.array(list(part), dtype=float) for part in (counts, counts.values()))
    assert ((sizes * classes).sum(), classes.sum()) == (2586, 1825)
    grid = [(alpha / 1000, float(theta)) for alpha in range(605, 620) for theta in range(720, 765)]
    best = max(grid, key=lambda point: pitman_likelihood(*point, sizes, classes))
    assert best == (0.612, 741.0)
    # Theta is printed to three digits: the uniques agree as far as that lets them.
    assert pitman(sizes, classes, 1e5) == pytest.approx(pitman_uniques(0.612, 741, 1e5), rel=5e-4)

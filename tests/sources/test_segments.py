from breachkit.sources import read

HPRIM = (
    "H|~^\\&|||LABO~LABO DU PORT||ORU||||||P|H2.1~L|20210301\r"
    "P|1|IPP12|LAB77||DUPONT~ZOE||19600201|F||12 RUE DU PORT~~BREST~~29200||0600000000|D1~MARTIN~LEA\r"
    "OBR|1|C1|L1|0388~VIH 1 et 2|||20210228\r"
    "OBX|1|CE|0388~VIH||Négatif|||N\r"
    "C|1|L|prélèvement difficile\r"
    "P|2|IPP13|LAB78||BŒUF~LOÏC||19700101|M\r"
    "L|1\r"
)


def test_hprim_gives_patients_and_results(tmp_path):
    (tmp_path / "m.hpr").write_bytes(HPRIM.encode("cp1252"))
    leak = read(tmp_path / "m.hpr")
    patients = leak.tables["m_patients"].collect()
    assert patients["last_name"].to_list() == ["DUPONT", "BŒUF"]
    assert patients.row(0, named=True)["postcode"] == "29200"
    assert patients.row(0, named=True)["prescriber_last_name"] == "MARTIN"
    result = leak.tables["m_results"].collect().row(0, named=True)
    assert (result["patient_id"], result["act_code"], result["value"]) == ("IPP12", "0388", "Négatif")
    assert leak.provenance[0].format == "hprim" and leak.provenance[0].encoding == "cp1252"


def test_a_line_that_is_no_segment_is_counted(tmp_path):
    (tmp_path / "m.hpr").write_bytes((HPRIM + "suite du commentaire\r").encode("cp1252"))
    leak = read(tmp_path / "m.hpr")
    assert leak.damage.filter(kind="not_a_segment")["line"].to_list() == [8]
    assert leak.quarantine.height == 1

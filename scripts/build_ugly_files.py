"""Write the corpus of small ugly files in tests/data/sources."""

from __future__ import annotations

import gzip
import io
import tarfile
import zipfile
from pathlib import Path

HERE = Path(__file__).parent.parent / "tests" / "data" / "sources"
STAMP = (2021, 2, 23, 0, 0, 0)


def zipped(name: str, content: bytes, *, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Give a zip file with one member."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        archive.writestr(zipfile.ZipInfo(name, STAMP), content, method)
    return buffer.getvalue()


def tarred(name: str, content: bytes) -> bytes:
    """Give a tar file with one member."""
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as archive:
        info = tarfile.TarInfo(name)
        info.size = len(content)
        archive.addfile(info, io.BytesIO(content))
    return buffer.getvalue()


TABLE = "nom;prénom;cp\nDUPONT;Zoé;01400\nCŒUR;Léa;29200\n"
PLAIN = b"nom;prenom;cp\nDUPONT;ZOE;01400\nMARTIN;LEA;29200\n"
BUNDLE = b'{"resourceType":"Bundle","entry":[{"resource":{"resourceType":"Patient","id":"1"}}]}'
ORU = "MSH|^~\\&|LAB|X|||20200101||ORU^R01|1|P|2.5\rPID|1||123||DUPONT^ZOÉ||19800102|F\r"
ORU += "OBX|1|ST|0388^VIH||neg\r"
FILES: dict[str, bytes] = {
    "utf8.csv": TABLE.encode(),
    "utf8_bom.csv": b"\xef\xbb\xbf" + TABLE.encode(),
    "cp1252_crlf.csv": TABLE.replace("\n", "\r\n").encode("cp1252"),
    "utf16_bom.csv": TABLE.encode("utf-16-le").join([b"\xff\xfe", b""]),
    "utf16_be_no_bom.csv": TABLE.encode("utf-16-be"),
    "cp850.csv": "nom;prénom;cp\nDÉSIRÉ;Zoé à Orléans;01400\nMARTIN;Hélène;29200\n".encode("cp850"),
    "mojibake.csv": TABLE.encode().decode("cp1252", "replace").replace("\ufffd", "\x9d").encode(),
    "mixed_encoding.csv": TABLE.encode() * 1 + "MŒLLER;Zoé;35000\n".encode("cp1252"),
    "undecodable.csv": "nom;prénom;cp\nDUPONT;Zoé;01400\n".encode("cp1252") + b"B\x81;\xe9\xe8\xe0;29200\n",
    "nul.csv": b"nom;prenom;cp\nDU\0PONT;ZOE;01400\n",
    "comma.csv": PLAIN.replace(b";", b","),
    "tab.tsv": PLAIN.replace(b";", b"\t"),
    "pipe.txt": PLAIN.replace(b";", b"|"),
    "mac_line_ends.csv": PLAIN.replace(b"\n", b"\r"),
    "no_last_line_end.csv": PLAIN.rstrip(b"\n"),
    "headerless.csv": b"DUPONT;ZOE;12/03/1980;01400\nMARTIN;LEA;01/01/1990;29200\n",
    "headerless_names_only.csv": b"DUPONT;ZOE\nMARTIN;LEA\n",
    "doubled_names.csv": b"nom;nom;;_row\nA;B;C;D\n",
    "header_only.csv": b"nom;prenom;cp\n",
    "one_column.csv": b"nom\nDUPONT\nMARTIN\n",
    "short_line.csv": PLAIN + b"DURAND;PA\n",
    "long_line.csv": PLAIN + b"DURAND;PAUL;56000;x;y\n",
    "trailing_delimiter.csv": PLAIN + b"DURAND;PAUL;56000;\n",
    "embedded_newline.csv": PLAIN + b'DURAND;"PAUL\nJEAN";56000\n',
    "embedded_quote.csv": PLAIN + b'DURAND;"dit ""le grand""";56000\n',
    "stray_quote.csv": PLAIN + b'DURAND;12" pouces;56000\n',
    "unterminated_quote.csv": PLAIN + b'DURAND;"PAUL;56000\nPETIT;ANNE;22000\n',
    "two_stray_quotes.csv": PLAIN + b'DURAND;"PAUL;56000\nPETIT;ANNE;22000\nROUX;JEAN";27000\n',
    "blank_lines.csv": b"nom;prenom;cp\n\nDUPONT;ZOE;01400\n\n",
    "preamble.csv": b"Export du laboratoire\n\n" + PLAIN,
    "apostrophes.csv": b"'nom','cp'\n'DUPONT','01400'\n'MARTIN','29200'\n'X','22000'\n",
    "lines.ndjson": b'{"nom":"A","adresse":{"cp":"01400"}}\n{"nom":"B"}\n{"nom":',
    "array.json": b'[{"nom":"A","tel":["1","2"]},{"nom":"B"}]',
    "bundle.json": BUNDLE,
    "broken.json": b'[{"nom":"A"},{"nom":',
    "message.hl7": ORU.encode("cp1252"),
    "gzipped.csv.gz": gzip.compress(PLAIN, mtime=0),
    "zipped.zip": zipped("patients.csv", PLAIN),
    "tarred.tar": tarred("patients.csv", PLAIN),
    "zip_named.csv": zipped("patients.csv", PLAIN),
    "empty.csv": b"",
    "blank.csv": b" \n \n",
    "binary.csv": bytes(range(256)) * 8,
    "pdf_named.csv": b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n",
    "truncated.zip": zipped("patients.csv", PLAIN * 50)[:90],
    "truncated.gz": gzip.compress(PLAIN * 50, mtime=0)[:40],
    "climbing.zip": zipped("../../patients.csv", PLAIN),
    "climbing.tar": tarred("../patients.csv", PLAIN),
    "bomb.gz": gzip.compress(b"0" * 3_000_000, mtime=0),
    "bomb.zip": zipped("bomb.csv", b"0" * 3_000_000),
    "truncated.parquet": b"PAR1" + b"\0" * 60,
    "truncated.sqlite": b"SQLite format 3\x00" + b"\x10\x00" * 100,
}


def main() -> None:
    """Write the files."""
    HERE.mkdir(parents=True, exist_ok=True)
    for name, content in FILES.items():
        (HERE / name).write_bytes(content)


if __name__ == "__main__":
    main()

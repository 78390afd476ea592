"""Locked, read-only, full, unreachable: a sentence a person can act on, and nothing half-written."""

import errno
import os
import sqlite3
import threading

import psycopg
import pytest
from django.db import IntegrityError, OperationalError, connection, connections
from tests.application.conftest import MEI, hospital_with_people

from huiyin.application.filing import file_case
from huiyin.store import availability
from huiyin.store.availability import clear_failures
from huiyin.store.errors import StoreUnavailable
from huiyin.store.files import storage
from huiyin.store.files.storage import Upload
from huiyin.store.models import AttachmentRow, CaseRow, EventRow, OutboxRow

only_sqlite = pytest.mark.skipif("postgresql" in os.environ.get("HUIYIN_DATABASE", ""), reason="a trouble of SQLite files")


@pytest.mark.parametrize(
    ("message", "sentence"),
    [
        ("database is locked", availability.LOCKED),
        ("canceling statement due to lock timeout", availability.LOCKED),
        ("attempt to write a readonly database", availability.READ_ONLY),
        ("cannot execute INSERT in a read-only transaction", availability.READ_ONLY),
        ("database or disk is full", availability.FULL),
        ('could not extend file "base/1": No space left on device', availability.FULL),
        ("database disk image is malformed", availability.BROKEN),
        ("connection failed: Connection refused", availability.UNREACHABLE),
        ("no answer from the database within 20 s", availability.NO_ANSWER),
    ],
)
def test_each_trouble_has_its_sentence(message, sentence):
    with pytest.raises(StoreUnavailable) as unavailable, clear_failures():
        raise OperationalError(message)
    assert unavailable.value.message_zh == sentence


@pytest.mark.parametrize(
    "words", ["query_wait_timeout", "consuming input failed: EOF detected", "the database system is starting up"]
)
def test_whatever_a_server_says_while_it_cannot_be_had_is_no_mistake_of_ours(words):
    with pytest.raises(StoreUnavailable) as unavailable, clear_failures():
        raise OperationalError(words) from psycopg.OperationalError(words)
    assert unavailable.value.message_zh == availability.UNREACHABLE


@pytest.mark.parametrize(("number", "sentence"), [(errno.ENOSPC, availability.FULL), (errno.EROFS, availability.READ_ONLY)])
def test_so_has_each_trouble_of_the_disk(number, sentence):
    with pytest.raises(StoreUnavailable) as unavailable, clear_failures():
        raise OSError(number, os.strerror(number))
    assert unavailable.value.message_zh == sentence


def test_a_mistake_of_ours_is_not_called_unavailable():
    with pytest.raises(IntegrityError), clear_failures():
        raise IntegrityError("UNIQUE constraint failed")


def test_a_full_disk_takes_neither_file_nor_case(file, monkeypatch):
    def full(_descriptor):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(storage.os, "fsync", full)
    content = os.urandom(8).hex().encode()
    with pytest.raises(StoreUnavailable, match="磁盘空间已满"):
        file(uploads=[Upload("a.txt", content)])
    assert not CaseRow.objects.exists()
    assert not AttachmentRow.objects.exists()
    assert not [path for path in storage.path_of("0" * 64).parents[3].rglob(".*") if path.is_file()]


@only_sqlite
@pytest.mark.django_db(transaction=True)
def test_a_locked_database_is_said_to_be_busy_and_keeps_nothing(transactional_db, command):
    hospital = hospital_with_people()
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout = 50")
    other = sqlite3.connect(connection.settings_dict["NAME"])
    other.execute("BEGIN IMMEDIATE")
    try:
        with pytest.raises(StoreUnavailable) as unavailable:
            file_case(hospital, "service", MEI, command("一件"))
    finally:
        other.rollback()
        other.close()
    assert unavailable.value.message_zh == availability.LOCKED
    assert not EventRow.objects.exists()
    assert file_case(hospital, "service", MEI, command("一件")).number == "2026-0001"


@only_sqlite
@pytest.mark.django_db(transaction=True)
def test_a_read_only_database_is_said_to_be_so(transactional_db, command):
    hospital = hospital_with_people()
    trouble = []

    def in_a_connection_that_may_only_read():
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA query_only = ON")
        try:
            file_case(hospital, "service", MEI, command("一件"))
        except StoreUnavailable as unavailable:
            trouble.append(unavailable.message_zh)
        finally:
            connections.close_all()

    thread = threading.Thread(target=in_a_connection_that_may_only_read)
    thread.start()
    thread.join()
    assert trouble == [availability.READ_ONLY]
    assert not OutboxRow.objects.exists()

"""The lock files hold every package we ask for, with digests, and no trace of where they were fetched."""

import json
import re
from pathlib import Path

import pytest

PROJECT = Path(__file__).parent.parent


def asked_for(name: str) -> set[str]:
    lines = (PROJECT / name).read_text(encoding="utf-8").splitlines()
    return {re.split(r"[\[=<> ]", line)[0].lower() for line in lines if line and not line.startswith("#")}


@pytest.mark.parametrize(
    ("wanted", "lock"),
    [
        ("requirements.in", "requirements.txt"),
        ("requirements-build.in", "requirements.txt"),
        ("requirements-test.in", "requirements-test.txt"),
    ],
)
def test_every_package_is_locked_with_its_digests(wanted, lock):
    text = (PROJECT / lock).read_text(encoding="utf-8")
    entries = re.split(r"\n(?=\S)", text)
    locked = {re.split(r"[=\[]", entry)[0] for entry in entries if "--hash=sha256:" in entry}
    assert asked_for(wanted) <= locked


def test_the_lock_of_the_front_end_names_digests_and_no_place():
    packages = json.loads((PROJECT / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    assert not [name for name, package in packages.items() if "resolved" in package]
    fetched_on_linux = [p for p in packages.values() if not p.get("optional") and p.get("version") and "name" not in p]
    assert fetched_on_linux
    assert all("integrity" in package for package in fetched_on_linux)


def test_no_lock_names_a_registry():
    for name in ("requirements.txt", "requirements-test.txt"):
        assert "://" not in (PROJECT / name).read_text(encoding="utf-8")

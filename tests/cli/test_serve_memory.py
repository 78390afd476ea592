"""What the server keeps in memory: no library that only some act needs, and nothing twice that processes can share."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from tests.prepared import prepared

from huiyin.commands_line import serve
from huiyin.organisations import regimes
from huiyin.organisations.services import calendar_of, regime_in_force, regimes_in_force
from huiyin.regime import packs

SOURCE = str(Path(__file__).parents[2] / "src")
FOR_AN_ACT_ONLY = {
    "PIL", "apprise", "charset_normalizer", "docx", "icalendar", "lxml", "openpyxl", "prometheus_client", "python_calamine",
    "qrcode", "requests", "requests_hardened", "standardwebhooks", "urllib3", "weasyprint", "xlsxwriter",
    "huiyin.coverage", "huiyin.scenarios", "huiyin.site.sheet", "huiyin.trial",
}  # fmt: skip
"""Papers, sheets, codes, calendars and calls to others: loaded by whoever first makes one."""

LOOK = """
import sys
from huiyin.commands_line import ready, serve
ready.start_django()
serve.import_everything()
print(*sys.modules, sep="\\n")
"""


def test_pages_and_worker_start_without_the_libraries_of_single_acts(tmp_path):
    surroundings = {**os.environ, "HUIYIN_DATA": str(tmp_path / "data"), "PYTHONPATH": SOURCE}
    for name in ("HUIYIN_DATABASE", "DJANGO_SETTINGS_MODULE"):
        surroundings.pop(name, None)
    looked = subprocess.run([sys.executable, "-c", LOOK], env=surroundings, capture_output=True, text=True, check=True)
    loaded = set(looked.stdout.split())
    assert {"huiyin.portal.urls", "huiyin.workbench.urls", "huiyin.application.working", "granian"} - loaded == {"granian"}
    assert sorted(FOR_AN_ACT_ONLY & loaded) == []


@pytest.fixture
def demo_and_rehearsal(db):
    return prepared({"lab-appeals": packs()["lab-appeals"]})


@pytest.fixture
def as_started_now(monkeypatch):
    """Nothing is compiled yet."""
    monkeypatch.setattr(regimes, "_compiled", {})
    monkeypatch.setattr(regimes, "_by_content", {})


def test_organisations_with_the_same_regime_and_hours_share_them(demo_and_rehearsal):
    shown, rehearsal = demo_and_rehearsal
    assert regime_in_force(shown, "lab-appeals") is regime_in_force(rehearsal, "lab-appeals")
    assert calendar_of(shown) is calendar_of(rehearsal)


@pytest.mark.usefixtures("as_started_now")
def test_what_the_forks_need_is_made_before_them(demo_and_rehearsal, monkeypatch):
    serve.make_ready()
    monkeypatch.setattr(regimes, "_load", lambda version: pytest.fail(f"{version} is compiled once more"))
    for organisation in demo_and_rehearsal:
        assert [regime.id for regime in regimes_in_force(organisation)] == ["lab-appeals"]


@pytest.mark.usefixtures("as_started_now", "demo_and_rehearsal")
def test_a_regime_that_cannot_be_read_keeps_nobody_from_being_served(monkeypatch):
    def spoilt(version):
        raise ValueError(version.regime)

    monkeypatch.setattr(regimes, "_load", spoilt)
    serve.make_ready()

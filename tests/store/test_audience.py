"""The audience of a case is worked out again only when something changed that the access policy looks at."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from huiyin.cases.state import Case, Evidence, Signal
from huiyin.regime.loading import load
from huiyin.regime.packs import find_pack
from huiyin.store.projections.audience import same_audience

AT = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
OPEN = Case(
    id="c", organisation="o", regime="r", regime_version="1", number="2026-0001", kind="complaint", channel="web",
    passed_on_by="", received_at=AT, filed_at=AT,
)
LATE = replace(OPEN, signals={"conclude.overdue": Signal(1, AT, AT)})


@pytest.fixture(scope="module")
def by_content():
    """Keeps a name secret if the complainant asked for it: what has happened since does not matter."""
    return load(find_pack("efficiency-network"))


@pytest.fixture(scope="module")
def by_event():
    """Keeps archived cases to a few: whether one is archived depends on what has happened."""
    return load(find_pack("property-staff-service"))


def test_a_missed_limit_changes_nothing_where_rules_look_at_the_content_only(by_content):
    assert same_audience(by_content, OPEN, LATE)


def test_it_may_where_a_rule_asks_what_has_happened(by_event):
    assert not same_audience(by_event, OPEN, LATE)


@pytest.mark.parametrize("change", [
    {"handler": "mei"}, {"matter": {"confidential": True}}, {"recused": ("mei",)}, {"evidence": (Evidence("e-1", "photo", "照片"),)},
])
def test_content_and_people_always_matter(by_content, change):
    assert not same_audience(by_content, OPEN, replace(OPEN, **change))

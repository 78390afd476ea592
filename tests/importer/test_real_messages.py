"""The citizens' messages, where they are present: every row comes in, is routed, and the figures agree."""

import csv
from collections import Counter
from datetime import date, timedelta
from pathlib import Path

import chinese_calendar
import pytest
from tests.prepared import prepared

from huiyin.application.timeliness import Question, timeliness
from huiyin.cases.people import SYSTEM
from huiyin.importer.mapping import read_mapping
from huiyin.importer.running import run_import
from huiyin.store.models import CaseRow

PROJECT = Path(__file__).parents[2]
DATA = PROJECT.parent / "shared" / "data"
MAPPINGS = PROJECT / "tools" / "mappings"

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(not DATA.is_dir(), reason="the citizens' messages are not on this machine (../shared/data)"),
]


@pytest.fixture
def organisation(db):
    organisation, _rehearsal = prepared()
    return organisation


def read(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def moment(text: str) -> date:
    year, month, day = text.split(" ", maxsplit=1)[0].split("/")
    return date(int(year), int(month), int(day))


def answered_in_time(row: dict[str, str], workdays: int) -> bool:
    """Counted day by day with a published calendar that is not ours."""
    day, counted = moment(row["time"]), 0
    while counted < workdays:
        day += timedelta(days=1)
        counted += chinese_calendar.is_workday(day)
    return moment(row["reply_time"]) <= day


def test_every_message_becomes_a_case_and_goes_to_the_agency_of_its_category(organisation):
    mapping = read_mapping(MAPPINGS / "citizen-messages.yaml")
    *_, report = run_import(organisation, SYSTEM, DATA / "teddy2020_classification_dev.csv", mapping)
    rows = read("teddy2020_classification_dev.csv")
    assert report.refused == []
    assert report.filed == report.played == len(rows) == 2718
    wanted = Counter(mapping.category.values[row["label_l1"]] for row in rows)
    cases = CaseRow.objects.filter(regime="efficiency-network").exclude(handling_unit="")
    units = Counter(cases.values_list("category", "handling_unit"))
    assert Counter({category: number for (category, _unit), number in units.items()}) == wanted
    assert len({unit for _category, unit in units}) == 7


def test_the_shares_answered_in_time_equal_an_independent_count(organisation):
    mapping = read_mapping(MAPPINGS / "citizen-replies.yaml")
    *_, report = run_import(organisation, SYSTEM, DATA / "teddy2020_replies_dev.csv", mapping)
    rows = read("teddy2020_replies_dev.csv")
    assert report.refused == []
    assert report.played == len(rows) == 833
    figures = timeliness(organisation, SYSTEM, Question("efficiency-network"))
    assert figures.answered == 833
    assert figures.within == {n: sum(answered_in_time(row, n) for row in rows) for n in (5, 10, 15)}

"""A year that is announced later is entered, and provisional due times become final by an event."""

from datetime import UTC, datetime

import pytest
from tests.prepared import prepared

from huiyin.application.filing import file_case
from huiyin.application.past import PastAct, play_past
from huiyin.cases.commands import File, Perform
from huiyin.cases.people import SYSTEM
from huiyin.cli import main
from huiyin.organisations.models import HolidayArrangement, Organisation, WorkingTimeChange
from huiyin.store.models import CaseRow, EventRow

pytestmark = pytest.mark.django_db
YEAR_2027 = "year,holiday,off,work\n2027,元旦,2027-01-01..2027-01-03,2027-01-09\n"   # invented for this story


@pytest.fixture
def case():
    """A complaint of Christmas Day 2026 in the rehearsal, due in an unannounced January."""
    _organisation, rehearsal = prepared()
    Organisation.objects.filter(pk=rehearsal.pk).update(rehearsal_clock=datetime(2026, 12, 25, 2, 0, tzinfo=UTC))
    rehearsal.refresh_from_db()
    matter = {"subject": "transport", "title": "路灯不亮", "account": "南巷路灯坏了一个月"}
    receipt = file_case(
        rehearsal, "efficiency-network", SYSTEM, File(kind="complaint", channel="web", matter=matter)
    )
    acts = [PastAct(None, "", Perform(work="review"))]
    assert [outcome.refused for outcome in play_past(rehearsal, [(receipt.case_id, "review", acts)])] == [""]
    return CaseRow.objects.get(id=receipt.case_id)


def moved(case):
    return EventRow.objects.filter(case_id=case.id, kind="ObligationMoved")


def test_entering_a_year_sets_due_times_anew_by_an_event(case, tmp_path, capsys):
    (tmp_path / "2027.csv").write_text(YEAR_2027, encoding="utf-8")
    assert main(["calendar", "enter", str(tmp_path / "2027.csv")]) == 0
    assert "2027年放假安排" in capsys.readouterr().out
    assert "放假安排已公布" in moved(case).get().body
    change = WorkingTimeChange.objects.get(organisation_id=case.organisation_id)
    assert (change.state, change.changed, change.applied_by) == ("done", 1, None)


def test_a_dry_run_says_what_it_would_touch_and_enters_nothing(case, tmp_path, capsys):
    (tmp_path / "2027.csv").write_text(YEAR_2027, encoding="utf-8")
    assert main(["calendar", "enter", str(tmp_path / "2027.csv"), "--dry-run"]) == 0
    assert "将改变1件案件的到期日" in capsys.readouterr().out
    assert not HolidayArrangement.objects.exists()
    assert not moved(case).exists()


def test_a_different_arrangement_for_a_known_year_has_to_be_called_a_correction(case, tmp_path, capsys):
    (tmp_path / "2027.csv").write_text(YEAR_2027, encoding="utf-8")
    main(["calendar", "enter", str(tmp_path / "2027.csv")])
    (tmp_path / "2027.csv").write_text(YEAR_2027.replace("01-03", "01-04"), encoding="utf-8")
    capsys.readouterr()
    assert main(["calendar", "enter", str(tmp_path / "2027.csv")]) == 2
    assert "已有一份内容不同的安排" in capsys.readouterr().err
    assert main(["calendar", "enter", str(tmp_path / "2027.csv"), "--correct", "--reason", "通知更正"]) == 0
    assert "通知更正" in moved(case).last().body


def test_a_file_with_a_wrong_line_is_refused_and_changes_nothing(case, tmp_path, capsys):
    (tmp_path / "2027.csv").write_text("year,holiday,off,work\n2027,元旦,元月一日,\n", encoding="utf-8")
    assert main(["calendar", "enter", str(tmp_path / "2027.csv")]) == 2
    assert "不能录入" in capsys.readouterr().err
    assert not moved(case).exists()

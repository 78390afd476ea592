"""Whoever has to decide is told that something waits, and whoever asked what was decided."""

import pytest
from tests.portal.test_replies import CLERK, HEAD, WORDS, answered, asked
from tests.workbench.rehearsal import rehearsal_of

from huiyin.application.inbox import inbox
from huiyin.application.running import run
from huiyin.application.telling import tell_once
from huiyin.application.world import world_of
from huiyin.cases.commands import Approve, Reject
from huiyin.organisations.models import Staff
from huiyin.store.models import OutboxRow


@pytest.fixture
def office(db):
    return rehearsal_of("efficiency-network")


def told(organisation, actor):
    """What stands in the person's inbox about approvals: title and text, the newest first."""
    tell_once()
    staff = Staff.objects.get(organisation=organisation, person=actor.person)
    page = inbox(world_of(organisation), staff)
    rows = (each.row for each in page.items)
    return [(row.title, row.text) for row in rows if "审批" in row.title or "同意" in row.title]


def test_who_decides_is_told_and_who_asked_hears_that_it_was_granted(office):
    case_id = answered(office)
    assert told(office, HEAD) == []
    key = asked(office, case_id)
    [(title, text)] = told(office, HEAD)
    assert (title, text) == ("请审批：效能2026-00001", "公开答复")
    assert told(office, CLERK) == []
    run(office, HEAD, case_id, Approve(key=key))
    assert told(office, CLERK) == [("已经同意：效能2026-00001", "公开答复：已经同意")]
    assert len(told(office, HEAD)) == 1, "who decided needs no word of it"


def test_who_asked_reads_why_it_was_refused(office):
    case_id = answered(office)
    run(office, HEAD, case_id, Reject(key=asked(office, case_id), text="依据没有写"))
    assert told(office, CLERK) == [("没有同意：效能2026-00001", "公开答复：没有同意。依据没有写")]


def test_it_is_told_once_and_what_is_asked_for_stands_in_no_title(office):
    """Titles go over ways that others can read; a title of what is proposed may name a person."""
    asked(office, answered(office), **WORDS)
    rows = OutboxRow.objects.filter(kind="approval")
    assert [row.payload["title"] for row in rows] == ["请审批：效能2026-00001"]
    assert len(told(office, HEAD)) == len(told(office, HEAD)) == 1

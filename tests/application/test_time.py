"""Time passes: reminders, breaches, catching up; notices reach inbox and tracking page once."""

from datetime import timedelta

from django.db import connection
from tests.application.conftest import MONDAY

from huiyin.application.sweeping import due_cases, sweep
from huiyin.application.working import work_once
from huiyin.organisations.uuid7 import uuid7
from huiyin.store.delivery import LEASE, claim, deliver_once, notices_on_tracking_page
from huiyin.store.models import AnchorRow, CaseRow, EventRow, NoticeRow, OutboxRow


def kinds(receipt):
    return list(EventRow.objects.filter(case_id=receipt.case_id).order_by("sequence").values_list("kind", flat=True))


def test_after_a_long_pause_everything_missed_is_caught_up_once(assigned, at, hospital):
    receipt = assigned()
    assert sweep(hospital) == 0
    at(MONDAY + timedelta(days=30))
    assert sweep(hospital) == 1
    assert kinds(receipt).count("ObligationBreached") == 1
    assert CaseRow.objects.get(id=receipt.case_id).overdue
    before = kinds(receipt)
    assert sweep(hospital) == 0
    assert kinds(receipt) == before


def test_a_case_nobody_holds_comes_due_as_well(file, do, at, hospital):
    from tests.application.conftest import MEI

    receipt = file()
    do(MEI, receipt, "register")        # accepted, not assigned
    at(MONDAY + timedelta(days=30))
    sweep(hospital)
    assert "ObligationBreached" in kinds(receipt)


def test_the_handler_is_reminded_before_the_due_day(assigned, at, hospital):
    receipt = assigned()
    due = CaseRow.objects.get(id=receipt.case_id).next_due
    at(due - timedelta(days=1))
    work_once()
    reminders = NoticeRow.objects.filter(case_id=receipt.case_id, subject="person:gu", title__startswith="即将到期")
    assert reminders.count() == 1


def test_the_complainant_reads_on_the_tracking_page_that_the_complaint_is_accepted(assigned):
    receipt = assigned()
    work_once()
    texts = [notice.text for notice in notices_on_tracking_page(receipt.case_id)]
    assert any("受理" in text for text in texts)
    assert work_once().delivered == 0


def test_a_dead_worker_costs_time_and_no_notice(file):
    from django.utils import timezone

    file()
    now = timezone.now()
    taken = claim(now)
    assert taken
    assert claim(now) == []                             # leased to a worker that now dies
    assert deliver_once(now + timedelta(seconds=1)) == 0
    assert deliver_once(now + LEASE + timedelta(seconds=1)) == len(taken)
    assert not OutboxRow.objects.filter(done_at__isnull=True).exists()
    delivered = NoticeRow.objects.count()
    OutboxRow.objects.update(done_at=None, lease_until=None)      # as if the last worker died before it could say so
    deliver_once(now + LEASE * 3)
    assert NoticeRow.objects.count() == delivered


def test_an_effect_in_trouble_keeps_no_other_back_and_is_told_inside_all_the_same(assigned):
    assigned()
    first, *others = OutboxRow.objects.order_by("available_at", "id")
    assert others

    def plan(delivered, _now):
        if first.id in [row.id for row, _notices in delivered]:
            raise KeyError("regime")

    assert deliver_once(also=plan) == len(others)
    assert list(OutboxRow.objects.filter(done_at__isnull=True).values_list("id", "error")) == [(first.id, "KeyError")]
    told = {subject for row in (first, *others) for subject in row.payload["to"]}
    assert set(NoticeRow.objects.values_list("subject", flat=True)) == told


def test_finding_what_is_due_reads_one_index(assigned, hospital):
    assigned()
    row = CaseRow.objects.get()
    CaseRow.objects.bulk_create(_quiet_copy(row, number) for number in range(1, 1000))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    assert "store_case_attention" in due_cases(hospital.pk, MONDAY + timedelta(days=30)).explain()


def test_each_day_is_sealed_once_it_is_over(assigned, at, hospital):
    assigned()
    assert work_once().sealed == 0
    at(MONDAY + timedelta(days=1))
    assert work_once().sealed == 1
    assert work_once().sealed == 0
    assert str(CaseRow.objects.get().id) in AnchorRow.objects.get().heads


def _quiet_copy(row, number):
    """Another case like this one, that nothing is due of for years."""
    own = {"id": uuid7(), "number": f"{row.number}-{number}", "search_id": number, "attention_at": MONDAY + timedelta(days=3650)}
    return CaseRow(**{field.attname: own.get(field.attname, getattr(row, field.attname)) for field in CaseRow._meta.fields})

"""A query built once gives for each value what Django gives for it."""

from uuid import UUID

from huiyin.organisations.models import Staff
from huiyin.store.compiled_query import MARK, MARK_ID, CompiledInstances, CompiledQuery, rows_for_each
from huiyin.store.models import AudienceRow, CaseRow, TurnRow

PERSONS = ("person:mei", "person:gu", "nobody")


def test_each_value_gives_what_its_own_query_would(assigned):
    assigned()
    turns = TurnRow.objects.values_list("due_order", "case_id", "position").order_by("due_order")
    subjects = list(dict.fromkeys(TurnRow.objects.values_list("subject", flat=True)))
    found = list(rows_for_each(turns.filter(subject=MARK), subjects))
    assert found == [row for subject in subjects for row in turns.filter(subject=subject)]
    assert found != []


def test_text_and_id_go_to_their_own_places(assigned, hospital):
    receipt = assigned()
    rows = AudienceRow.objects.filter(subject=MARK, case_id=MARK_ID).values_list("organisation_id", "case_id")
    subject = AudienceRow.objects.values_list("subject", flat=True).first()
    assert list(CompiledQuery(rows).rows([{MARK: subject, MARK_ID: receipt.case_id}])) == [(hospital.pk, receipt.case_id)]
    assert list(CompiledQuery(rows).rows([{MARK: subject, MARK_ID: UUID(int=1)}])) == []


def test_a_value_cannot_break_out_of_its_place(assigned):
    assigned()
    rows = CaseRow.objects.filter(number=MARK).values_list("number")
    assert list(rows_for_each(rows, ["' OR 1=1 --"])) == []


def test_a_query_that_can_find_nothing_is_not_asked(db, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert list(rows_for_each(CaseRow.objects.filter(number__in=[]).values_list("id"), PERSONS)) == []


def test_instances_come_with_what_they_refer_to(hospital, django_assert_num_queries):
    staff = CompiledInstances(Staff.objects.select_related("unit", "user").filter(person=MARK).order_by())
    with django_assert_num_queries(2):
        gu, nobody = staff.first("gu"), staff.first("nobody")
        assert (gu.name, gu.unit.title, gu.user) == ("顾南乔", "东病区", None)
    assert nobody is None
    assert gu == Staff.objects.get(person="gu")

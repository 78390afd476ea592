"""How a case looks to the complainant that did not go its usual way, or is worked on again."""

from huiyin.application.filing import file_case
from huiyin.application.running import run
from huiyin.cases.commands import File, Merge, Perform, Terminate, Withdraw
from huiyin.cases.people import Actor

OFFICE = Actor("he-wanyin")


def page_after(rehearsal, visitor, filed, who, command):
    run(rehearsal, who, filed.case_id, command)
    return visitor.get("/track/case/").text


def test_an_ended_case_says_why_and_offers_no_second_look(rehearsal, visitor, filed):
    page = page_after(rehearsal, visitor, filed, OFFICE, Terminate(text="多次联系不上，无法核实"))
    assert "已经终止办理，理由在下面" in page
    assert "多次联系不上，无法核实" in page
    assert "要求再处理" not in page


def test_a_merged_case_says_that_both_are_answered_together(rehearsal, visitor, filed):
    command = File(kind="complaint", channel="phone", matter={"account": "同一件事", "subject": "service"})
    other = str(file_case(rehearsal, "patient-relations", OFFICE, command).case_id)
    page = page_after(rehearsal, visitor, filed, OFFICE, Merge(into=other, text="同一件事"))
    assert "已经并入正在办理的同一件事，一并答复您" in page


def test_a_withdrawn_case_says_so(rehearsal, visitor, filed):
    page = page_after(rehearsal, visitor, filed, Actor("complainant", kind="complainant"), Withdraw())
    assert "您已经撤回，这件事到此为止" in page
    assert "要求再处理" not in page


def test_while_it_is_worked_on_again_nothing_more_is_offered(rehearsal, visitor, answered):
    assert "要求再处理" in visitor.get("/track/case/").text
    page = page_after(
        rehearsal,
        visitor,
        answered,
        OFFICE,
        Perform(work="follow-up", outcome="dissatisfied", answers={"result": 1}),
    )
    assert "正在再次处理，您不用做什么" in page
    assert "要求再处理" not in page

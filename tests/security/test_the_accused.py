"""The accused never learns that there is a case: every window of the product shows the same with it and without it.

A person looks through all windows before a complaint is filed and again after it was filed, handled and answered. What
is shown must not differ by a letter. The same holds for staff who have nothing to do with the case.
"""

import json

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from tests.application.conftest import MEI, YAN, hospital_with_people, make_command
from tests.security.conftest import (
    ABOUT_THE_NURSE,
    ACCUSED,
    HANDLER,
    MANAGER,
    RECEIVER,
    ROLELESS,
    STRANGER,
    WORDS,
    page_of,
)

from huiyin.application.filing import file_case
from huiyin.application.running import run
from huiyin.cases.commands import Approve, Perform
from huiyin.cases.people import Actor, Respondent
from huiyin.organisations.models import Staff
from huiyin.store.files.storage import Upload
from huiyin.store.models import BookingRow, TurnRow

NUMBER = "YH2026-0001"
PAGES = (
    "/desk/", "/desk/?scope=unit", "/desk/?scope=all", "/desk/?paused=no", "/desk/cases/", "/desk/cases/?view=mine",
    "/desk/cases/?view=unit", "/desk/cases/?view=received", "/desk/cases/?state=closed", "/desk/cases/?overdue=yes",
    "/desk/cases/?since=2026-01-01", "/desk/cases/?unit=orthopaedics-ward", "/desk/approvals/", "/desk/ledgers/",
    "/desk/timeliness/", "/desk/timeliness/?regime=patient-relations", f"/desk/cases/?q={NUMBER}", f"/desk/cases/?q={WORDS[:4]}",
    "/desk/cases/?q=林晓雨", "/desk/cases/?q=13800005521", "/desk/cases/?q=5521", f"/desk/cases/{NUMBER}/",
    f"/desk/cases/{NUMBER}/?story=decision", f"/desk/cases/{NUMBER}/filed/", f"/desk/cases/{NUMBER}/receipt/",
    f"/desk/cases/{NUMBER}/papers/register-form-1/", f"/desk/cases/{NUMBER}/evidence/00000000-0000-0000-0000-000000000000/",
    f"/desk/cases/{NUMBER}/do/perform.propose/", f"/desk/cases/{NUMBER}/similar/",
)  # fmt: skip
FORMS = (
    ("/desk/intake/similar/", {"name": "林晓雨"}),
    ("/desk/intake/similar/", {"phone": "13800005521"}),
    ("/desk/intake/similar/", {"f-account": WORDS}),
    ("/desk/intake/similar/", {"unit": "orthopaedics-ward"}),
    ("/desk/intake/similar/", {"person": ACCUSED}),
    ("/desk/intake/patient-relations/forecast/", {
        "kind": "complaint", "channel": "phone", "f-account": WORDS, "f-subject": "service", "person": ACCUSED,
        "name": "林晓雨", "phone": "13800005521", "category": "service",
    }),
    (f"/desk/cases/{NUMBER}/look/", {"reason": "好奇"}),
    (f"/desk/cases/{NUMBER}/do/perform.propose/", {"text": "x"}),
)  # fmt: skip
CALLS = (
    "cases", "cases?view=unit", f"cases?q={NUMBER}", f"cases?q={WORDS[:4]}", "cases?q=5521", f"cases/{NUMBER}",
    "cases?respondent_unit=orthopaedics-ward", f"cases?handler={HANDLER}", "obligations", "obligations?scope=unit",
    "obligations?scope=all",
)  # fmt: skip


@pytest.fixture
def windows_of(desk_of, api_of):
    """`windows_of("su-yexi")` is everything that person is shown: address → status and page."""

    def look(person):
        desk, interface = desk_of(person), api_of(person)
        seen = {path: desk.get(path) for path in PAGES}
        seen |= {f"{path} {json.dumps(data)}": desk.post(path, data) for path, data in FORMS}
        seen |= {path: interface.get(f"/api/v1/{path}") for path in CALLS}
        return {path: (answer.status_code, page_of(answer)) for path, answer in seen.items()}

    return look


@pytest.fixture
def play(file, do):
    """The whole life of a complaint about the nurse, with a photograph, and an unfinished one of the same kind."""

    def play_(receiver=RECEIVER, office=MANAGER, about=ABOUT_THE_NURSE):
        for whole in (True, False):
            receipt = file(who=receiver, respondent=about, uploads=[Upload("伤口.png", b"\x89PNG\r\n\x1a\n" + b"\0" * 64)])
            do(receiver, receipt, "receive", outcome="guided")
            do(office, receipt, "register", fields={"damage_dispute": "no"})
            if whole:
                do(office, receipt, "assign", unit="nursing-office")
                do(HANDLER, receipt, "investigate", outcome="founded", fields={"point_finding": "属实"})
        return receipt

    return play_


def differing(before, after):
    """Addresses at which more can be learned than before."""
    return {path: after[path] for path in before if after[path] != before[path]}


@pytest.mark.parametrize("person", [ACCUSED, STRANGER, ROLELESS])
def test_nothing_shows_that_there_is_a_case(person, windows_of, play):
    before = windows_of(person)
    play()
    assert differing(before, windows_of(person)) == {}


def test_those_who_handle_it_see_that_there_is_one(windows_of, play):
    """The same windows with the same case: what the accused is not shown is there for others."""
    before = windows_of(MANAGER)
    play()
    changed = differing(before, windows_of(MANAGER))
    for window in ("/desk/?scope=all", "/desk/cases/", f"/desk/cases/?q={WORDS[:4]}", "/desk/cases/?q=5521", "/desk/timeliness/"):
        assert window in changed
    for path, data in (*FORMS[:3], FORMS[4]):  # by name, telephone, words and respondent
        assert f"{path} {json.dumps(data)}" in changed
    assert changed[f"cases/{NUMBER}"][0] == 200


def test_looking_after_all_complaints_does_not_open_the_one_about_oneself(windows_of, play):
    """蒋旭白 works in the office that sees every complaint, and is complained about himself."""
    before = windows_of(RECEIVER)
    play(receiver=MANAGER, about=Respondent(kind="person", unit="relations-office", person=RECEIVER))
    assert differing(before, windows_of(RECEIVER)) == {}


def test_a_number_that_exists_answers_like_one_that_does_not(matter, desk_of, api_of):
    desk, interface = desk_of(ACCUSED), api_of(ACCUSED)
    for path in ("cases/{}/", "cases/{}/filed/", "cases/{}/do/perform.propose/", "cases/{}/receipt/"):
        real, none = (desk.get("/desk/" + path.format(number)) for number in (matter.number, "YH2026-0999"))
        assert (real.status_code, page_of(real)) == (none.status_code, page_of(none))
    real, none = (interface.get(f"/api/v1/cases/{number}") for number in (matter.number, "YH2026-0999"))
    assert (real.status_code, page_of(real)) == (none.status_code, page_of(none))


def test_a_case_one_may_not_see_cannot_be_merged_into_or_linked(matter, file, do, api_of, desk_of):
    """Neither by number at the desk nor by id over the interface: both answers are those of an unknown case."""
    about_another = Respondent(kind="person", unit="relations-office", person=MANAGER)
    secret = file("说的是主任", respondent=about_another)
    own = file("说的是护士")
    do(RECEIVER, own, "receive", outcome="guided")
    desk, interface = desk_of(MANAGER), api_of(MANAGER)
    for path, field in (("merge", "into"), ("link", "other")):
        address = f"/api/v1/cases/{own.number}/commands/{path}"
        answers = [
            page_of(interface.post(address, json.dumps({field: case_id, "text": "同一件"}), content_type="application/json"))
            for case_id in (str(secret.case_id), "00000000-0000-0000-0000-000000000000")
        ]
        assert answers[0] == answers[1]
    for number in (secret.number, "YH2026-0999"):
        answer = desk.post(f"/desk/cases/{own.number}/do/link.link/", {"into": number, "text": "同一件"})
        assert answer.status_code == 422
        assert "没有找到这件案件" in answer.content.decode()


# -- ledgers and forecasts, under a small regime that has both ------------------------------------------------------------


@pytest.fixture
def ward(db):
    """`ward("wang")` is a desk in the hospital of tests/application, with its ledger of points."""
    organisation = hospital_with_people()

    def desk(person):
        user = get_user_model().objects.create_user(person, password="x")
        Staff.objects.filter(organisation=organisation, person=person).update(user=user)
        client = Client(HTTP_HOST="127.0.0.1", raise_request_exception=False)
        client.force_login(user)
        return client

    desk.organisation = organisation
    return desk


def found_rude(ward, respondent, *, handler="gu", receiver=MEI):
    """A complaint that was founded, and five points taken off."""
    command = make_command("护士态度差", respondent=respondent)
    receipt = file_case(ward.organisation, "service", receiver, command)
    for who, work in ((receiver, "register"), (MEI, "assign")):
        run(ward.organisation, who, receipt.case_id, Perform(work=work))
    done = Perform(work="verify", outcome="founded", fields={"cause": "ours"})
    run(ward.organisation, Actor(handler), receipt.case_id, done)
    proposal = TurnRow.objects.filter(kind="approval").get()
    run(ward.organisation, YAN, receipt.case_id, Approve(key=proposal.key))
    return receipt


def test_a_sanction_stands_in_the_ledger_without_the_case_it_came_from(ward):
    """王澜 sees that points were taken off, as she must, but no number that leads to the complainant."""
    receipt = found_rude(ward, Respondent(kind="person", unit="ward-east", person="wang"))
    assert BookingRow.objects.get().account == "wang"
    page = ward("wang").get("/desk/ledgers/").content.decode()
    assert "-5" in page
    assert receipt.number not in page
    assert receipt.number in ward("yan").get("/desk/ledgers/").content.decode()


FORECAST = {"kind": "complaint", "channel": "phone", "f-account": "态度差", "f-subject": "attitude"}


def test_a_forecast_tells_nobody_how_often_they_were_complained_about(ward):
    """王澜 pretends to take down a complaint about herself; the rule about repeated complaints stays silent."""
    about = Respondent(kind="person", unit="ward-east", person="wang")
    wang, mei = ward("wang"), ward("mei")
    address, form = "/desk/intake/service/forecast/", {**FORECAST, "person": "wang"}
    before = page_of(wang.post(address, form))
    for words in ("第一件", "第二件", "第三件"):
        file_case(ward.organisation, "service", MEI, make_command(words, respondent=about))
    assert page_of(wang.post(address, form)) == before
    assert "重大" in mei.post(address, form).content.decode()

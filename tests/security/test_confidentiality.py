"""What a regime hides stays hidden in every window: pages, lists, work lists, searches, stories, papers, interface, files.

The head of a ward handles a report without being told who made it, in which words, or with which papers. Each hidden
value is a word that occurs nowhere else; whatever the head of the ward can open is searched for it. The office opens
the same windows and finds the words there, so a search that finds nothing means something.
"""

import json
import re
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner
from django.contrib.auth import get_user_model
from django.test import Client
from tests.application.conftest import hospital_with_people
from tests.security.files import words_of

from huiyin.api.tokens import issue
from huiyin.application.filing import file_case
from huiyin.application.personal import look_at_personal
from huiyin.application.running import run
from huiyin.cases.commands import Correct, File, Perform
from huiyin.cases.people import Actor
from huiyin.cases.refusals import Refused
from huiyin.cli import command
from huiyin.organisations.models import Holding, Staff, UnitRole
from huiyin.organisations.services import people_changed, publish_regime
from huiyin.store.files.storage import Upload
from huiyin.store.models import AccessRow, AttachmentRow
from huiyin.store.personal.data import PersonalData

HANDLER, OFFICE = "gu", "mei"
REPORTER = PersonalData(name="柳暗香", phone="13900004417", address="青屿市听涛路九号", email="liu@example.cn")
HIDDEN_WORDS = ("柳暗香", "柳**", "13900004417", "139****4417", "听涛路", "liu@example.cn", "紫檀", "绿檀", "QY-77-4417", "乌木", "线人丙")
"""Reporter, words of the report before and after a correction, badge, name of the file, source."""


@pytest.fixture
def house(db):
    organisation = hospital_with_people()
    for role in UnitRole.objects.filter(regime="service"):
        UnitRole.objects.create(unit=role.unit, regime="sealed", role=role.role)
    for holding in Holding.objects.filter(regime="service", role="ward-head"):
        Holding.objects.create(staff=holding.staff, regime="sealed", role="ward-head", unit=holding.unit)
    publish_regime(organisation, Path(__file__).parent / "regimes" / "sealed.yaml")
    people_changed(organisation.pk)
    for person in (HANDLER, OFFICE):
        user = get_user_model().objects.create_user(person, password="x")
        Staff.objects.filter(organisation=organisation, person=person).update(user=user)
    return organisation


@pytest.fixture
def report(house):
    """A report that the office took in, corrected, and gave to the eastern ward."""
    return given_to_the_ward(house, "report")


def given_to_the_ward(house, kind):
    command = File(
        kind=kind,
        channel="phone",
        matter={"account": "紫檀柜里的账本少了三页", "summary": "核对三月的账目", "badge": "QY-77-4417"},
        category="money",
    )
    upload = Upload("乌木照片.txt", "照片说明".encode())
    office = Actor(OFFICE)
    receipt = file_case(house, "sealed", office, command, personal=REPORTER, uploads=[upload])
    run(house, office, receipt.case_id, Perform(work="register", fields={"source": "线人丙"}))
    run(house, office, receipt.case_id, Correct(path="matter.account", value="绿檀柜里的账本少了三页", text="听错了"))
    run(house, office, receipt.case_id, Perform(work="assign", unit="ward-east"))
    return receipt


@pytest.fixture
def opened_by(house):
    """`opened_by("gu")` gives a client of the desk and one of the interface."""

    def clients(person):
        desk = Client(HTTP_HOST="127.0.0.1", raise_request_exception=False)
        desk.force_login(get_user_model().objects.get(username=person))
        staff = Staff.objects.get(organisation=house, person=person)
        secret = issue(house, "测试", ["regimes", "read", "act"], staff=staff, life=timedelta(days=1))[1]
        interface = Client(HTTP_HOST="127.0.0.1", headers={"Authorization": f"Bearer {secret}"})
        return desk, interface

    return clients


def everything(desk, interface, receipt):
    """Address → text of all that can be reached from the desk by links, and of the interface."""
    seen, todo = {}, ["/desk/", "/desk/?scope=unit", "/desk/?scope=all", "/desk/cases/", f"/desk/cases/{receipt.number}/"]
    while todo:
        path = todo.pop()
        answer = desk.get(path)
        seen[path] = words_of(answer)
        links = re.findall(r'href="(/desk/[^"#]*|\?[^"#]*)"', seen[path])
        full = (link if link.startswith("/") else path.partition("?")[0] + link for link in links)
        todo += [link for link in dict.fromkeys(full) if link not in seen and link not in todo and len(seen) < 70]
    for story in ("all", "decision", "contact", "system"):
        answer = desk.get(f"/desk/cases/{receipt.number}/?story={story}", headers={"HX-Request": "true"})
        seen[f"story {story}"] = answer.content.decode()
    similar = desk.get(f"/desk/cases/{receipt.number}/similar/", headers={"HX-Request": "true"})
    seen["similar"] = similar.content.decode()
    correct = desk.get(f"/desk/cases/{receipt.number}/do/correct.correct/")
    seen["correct"] = correct.content.decode()
    for data in ({"name": "柳暗香"}, {"phone": "13900004417"}, {"f-account": "账本少了三页"}, {"unit": "ward-east"}):
        seen[f"similar {data}"] = desk.post("/desk/intake/similar/", data).content.decode()
    for call in ("cases", f"cases/{receipt.number}", "obligations", "obligations?scope=all"):
        seen[f"api {call}"] = json.dumps(interface.get(f"/api/v1/{call}").json(), ensure_ascii=False)
    return seen


def told(seen, words):
    """Where which of the words stand."""
    return sorted((path, word) for path, text in seen.items() for word in words if word in text.replace("&amp;", "&"))


def test_the_handler_reads_nothing_of_what_is_hidden(report, opened_by):
    desk, interface = opened_by(HANDLER)
    seen = everything(desk, interface, report)
    assert "核对三月的账目" in seen[f"/desk/cases/{report.number}/"]  # the case itself is open to the handler
    assert told(seen, HIDDEN_WORDS) == []


def test_the_office_reads_all_of_it(report, opened_by):
    """Else the search above could not find anything."""
    desk, interface = opened_by(OFFICE)
    seen = everything(desk, interface, report)
    found = {word for _path, word in told(seen, HIDDEN_WORDS)}
    assert found >= {"柳**", "139****4417", "绿檀", "乌木", "线人丙"}


@pytest.mark.parametrize("words", ["柳暗香", "13900004417", "4417", "账本少了三页", "绿檀", "三页", "liu@example.cn"])
def test_no_search_of_the_handler_finds_the_case_by_what_is_hidden(words, report, opened_by):
    """A hit would tell as much as the words themselves."""
    desk, interface = opened_by(HANDLER)
    assert report.number not in desk.get("/desk/cases/", {"q": words}).content.decode()
    assert interface.get("/api/v1/cases", {"q": words}).json()["items"] == []
    office = opened_by(OFFICE)[0]
    assert report.number in office.get("/desk/cases/", {"q": words}).content.decode()


def test_the_handler_downloads_no_hidden_file(report, opened_by, house):
    attachment = AttachmentRow.objects.get(case_id=report.case_id)
    address = f"/desk/cases/{report.number}/evidence/{attachment.id}/"
    assert opened_by(HANDLER)[0].get(address).status_code == 404
    assert not AccessRow.objects.exists()
    assert opened_by(OFFICE)[0].get(address).getvalue() == "照片说明".encode()
    logged = AccessRow.objects.get()
    assert (logged.person, logged.what, logged.reason) == (OFFICE, "download", "乌木照片.txt")


def test_the_handler_cannot_look_at_who_it_is(report, opened_by, house):
    with pytest.raises(Refused):
        look_at_personal(house, Actor(HANDLER), report.case_id, "约见")
    answer = opened_by(HANDLER)[0].post(f"/desk/cases/{report.number}/look/", {"reason": "约见"}, follow=True)
    assert told({"look": answer.content.decode()}, HIDDEN_WORDS) == []


def test_a_look_gives_out_the_parties_but_no_hidden_field(house):
    """In an ordinary complaint the handler may look at who it is; the badge stays with the office."""
    receipt = given_to_the_ward(house, "complaint")
    seen = look_at_personal(house, Actor(HANDLER), receipt.case_id, "约见")
    assert seen["complainant"].name == "柳暗香"
    assert "badge" not in seen["matter"].other
    assert look_at_personal(house, Actor(OFFICE), receipt.case_id, "核对")["matter"].other == {"badge": "QY-77-4417"}


def test_a_rule_that_hides_what_there_is_not_is_found_by_the_check(tmp_path):
    """A slip of the pen must not leave something in the open."""
    text = (Path(__file__).parent / "regimes" / "sealed.yaml").read_text(encoding="utf-8")
    (tmp_path / "sealed.yaml").write_text(text.replace("hide: [matter.badge]", "hide: [matter.bagde]"), encoding="utf-8")
    done = CliRunner().invoke(command, ["regime", "check", str(tmp_path / "sealed.yaml")], standalone_mode=False)
    assert done.return_value == 1
    assert "matter.bagde" in done.output
    assert "matter.badge" in done.output


def test_a_refusal_repeats_nothing_that_is_hidden(report, opened_by):
    """Forms of acts and their refusals are pages, too."""
    desk, interface = opened_by(HANDLER)
    seen = {}
    for name in ("perform.verify", "correct.correct", "record.contact", "add-evidence.add-evidence"):
        address = f"/desk/cases/{report.number}/do/{name}/"
        seen[name] = desk.get(address, follow=True).content.decode()
        seen[f"{name} sent"] = desk.post(address, {"path": "matter.account", "value": ""}, follow=True).content.decode()
    body = json.dumps({"path": "matter.account", "value": 5, "text": ""})
    address = f"/api/v1/cases/{report.number}/commands/correct"
    seen["api"] = interface.post(address, body, content_type="application/json").content.decode()
    assert told(seen, HIDDEN_WORDS) == []

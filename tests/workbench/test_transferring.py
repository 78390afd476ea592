"""A transfer at the desk: to whom, with what, what came back, and the package to download."""

from io import BytesIO
from zipfile import ZipFile

import pytest
from django.test import Client
from django.urls import reverse
from tests.workbench.rehearsal import account
from tests.workbench.transferred import passed_on

from huiyin.store.models import AccessRow


@pytest.fixture
def report(db):
    return passed_on()


@pytest.fixture
def desk(report):
    return signed_in("ou-xiaolu")


def signed_in(person):
    client = Client(HTTP_HOST="127.0.0.1")
    client.force_login(account(person))
    return client


def page(desk, report):
    return desk.get(reverse("desk-case", args=[report.number])).content.decode()


def act(desk, report, name, **data):
    return desk.post(reverse("desk-act", args=[report.number, name]), data)


def test_the_case_page_says_to_whom_it_goes_and_that_it_is_still_to_be_sent(desk, report):
    shown = page(desk, report)
    for words in ("云岫县卫生监督所", "云岫县健康路6号", "待移送", "发出移送"):
        assert words in shown
    assert reverse("desk-transfer-package", args=[report.number]) not in shown


def test_whom_it_goes_to_and_what_goes_along_are_chosen_on_the_form(desk, report):
    form = desk.get(reverse("desk-act", args=[report.number, "send-transfer.send-transfer"])).content.decode()
    assert "市卫生监督所" in form
    assert form.count("checked") == 2
    photo = next(item for item in report.opened().case.evidence if item.title == "小票.png")
    chosen = {"body": "competent-authority/市卫生监督所", "enclosures": [photo.key]}
    assert act(desk, report, "send-transfer.send-transfer", **chosen).status_code == 302
    transfer = report.opened().case.transfer
    assert (transfer.body.name, transfer.enclosures) == ("市卫生监督所", (photo.key,))
    shown = page(desk, report)
    assert "已移送，待签收" in shown
    assert report.opened().case.transfer_number in shown


def test_the_receipt_is_recorded_with_its_paper(desk, report):
    report.sent()
    wrong = act(desk, report, "confirm-transfer.confirm-transfer", received_by="谷科员", received_on="明天")
    assert (wrong.status_code, "请填写日期" in wrong.content.decode()) == (422, True)
    early = act(desk, report, "confirm-transfer.confirm-transfer", received_by="谷科员", received_on="2026-09-27")
    assert "签收日期应在2026-09-28" in early.content.decode()
    done = {"received_by": "谷科员", "received_on": "2026-09-28", "their_number": "云监收41"}
    assert act(desk, report, "confirm-transfer.confirm-transfer", **done).status_code == 302
    shown = page(desk, report)
    for words in ("对方已签收", "谷科员 9月28日", "云监收41", "移送已经签收"):
        assert words in shown


def test_the_list_of_cases_says_so_and_finds_those_that_wait_for_a_receipt(desk, report):
    def listed(state=""):
        return desk.get(reverse("desk-cases"), {"state": state}).content.decode()

    row = f">{report.number}</a>"
    assert listed().count("待移送") == 2
    assert row in listed("to-transfer")
    assert row not in listed("transferred")
    report.sent()
    assert row not in listed("to-transfer")
    assert row in listed("transferred")
    assert listed().count("已移送，待签收") == 2  # in the menu and in its row
    act(desk, report, "confirm-transfer.confirm-transfer", received_by="谷科员", received_on="2026-09-28")
    assert row not in listed("transferred")
    assert row in listed("not-closed")


def test_a_return_brings_the_case_back_to_assessment(desk, report):
    report.sent()
    assert act(desk, report, "return-transfer.return-transfer").status_code == 422
    act(desk, report, "return-transfer.return-transfer", text="经营地在青屿区")
    shown = page(desk, report)
    assert "移送被退回，重新审查" in shown
    assert "经营地在青屿区" in shown
    assert [run.step for run in report.opened().case.open_runs()] == ["assess"]


def files_in(answer):
    """The names in the package, and the text it is about."""
    with ZipFile(BytesIO(b"".join(answer.streaming_content))) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_the_package_holds_letter_forms_statement_evidence_and_a_catalogue(desk, report, monkeypatch):
    monkeypatch.setattr("huiyin.documents.package.pdf_of", lambda paper: str(paper).encode())
    report.sent("来电录音.mp3")
    answer = desk.get(reverse("desk-transfer-package", args=[report.number]))
    assert answer.headers["Cache-Control"] == "private, no-store"
    files = files_in(answer)
    assert list(files) == ["00-移送材料目录.pdf", "01-案件移送函.pdf", "02-登记处理单.pdf", "03-投诉人陈述.pdf", "证据/04-小票.png"]
    assert "酱肉发酸" in files["03-投诉人陈述.pdf"].decode()
    assert "证据/04-小票.png" in files["00-移送材料目录.pdf"].decode()
    assert files["证据/04-小票.png"].startswith(b"\x89PNG")
    assert list(AccessRow.objects.values_list("person", "what")) == [("ou-xiaolu", "export")]


def test_nothing_of_the_complainants_person_goes_along_that_the_regime_does_not_name(desk, report, monkeypatch):
    monkeypatch.setattr("huiyin.documents.package.pdf_of", lambda paper: str(paper).encode())
    report.sent()
    text = b"".join(files_in(desk.get(reverse("desk-transfer-package", args=[report.number]))).values()).decode("utf-8", "ignore")
    assert "林晓雨" not in text
    assert "5521" not in text
    assert "（按制度保密）" in text  # the registration sheet has a place for the name


@pytest.mark.slow
def test_the_papers_of_a_package_are_pdf_files(desk, report):
    report.sent()
    files = files_in(desk.get(reverse("desk-transfer-package", args=[report.number])))
    assert all(content.startswith((b"%PDF", b"PK")) for name, content in files.items() if not name.startswith("证据/"))


def test_without_a_transfer_sent_there_is_no_package(desk, report):
    assert desk.get(reverse("desk-transfer-package", args=[report.number])).status_code == 404


def test_whoever_needs_no_personal_data_gets_no_package(report):
    report.sent()
    assert signed_in("dai-lizhi").get(reverse("desk-transfer-package", args=[report.number])).status_code == 404
    assert AccessRow.objects.count() == 0

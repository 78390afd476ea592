"""Evidence at the desk: what is asked of a piece, its force with the article, sealed, opened, and letters for some only."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.workbench.rehearsal import account, rehearsal_of, variant_of

from huiyin.application.filing import file_case
from huiyin.application.loading import open_case
from huiyin.cases.commands import File
from huiyin.cases.people import Actor, Respondent
from huiyin.organisations.models import Holding
from huiyin.store.files.storage import Upload
from huiyin.store.models import AttachmentRow

PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"
INTAKE = {
    "force": {"strong": "强", "none": {"title": "不作证据", "counts": False}},
    "evidence": {
        "article": {
            "force": {
                "used": {"title": "已经用过", "when": "evidence('article').opened", "is": "none", "cite": "二(1)"},
                "rest": {"title": "没有用过", "is": "strong", "cite": "二(1)"},
            }
        },
        "bill": {"fields": {"charged": {"title": "票面金额", "type": "money", "required": True}}},
        "letter": {"title": "检举信", "sealed_for": "hospital-leader", "cite": "二(1)"},
    },
}


@pytest.fixture
def house(db, tmp_path):
    """The hospital under a variant that weighs things and seals letters for the leader."""
    return rehearsal_of("patient-relations", variant=variant_of("patient-relations", tmp_path, intake=INTAKE))


@pytest.fixture
def receipt(house):
    """A complaint with a letter in it, which 何晚吟 of the office received."""
    command = File(kind="complaint", channel="letter", matter={"account": "来信一封", "subject": "service"},
                   respondent=Respondent("unit", "orthopaedics-ward"))  # fmt: skip
    uploads = (Upload("实名检举骨科收红包.pdf", PDF, "letter"),)
    return file_case(house, "patient-relations-variant", Actor("he-wanyin"), command, uploads=uploads)


def desk(person):
    client = Client()
    client.force_login(account(person))
    return client


def act(receipt, name):
    return reverse("desk-act", args=[receipt.number, f"{name}.{name}"])


def page(client, receipt):
    return client.get(reverse("desk-case", args=[receipt.number])).content.decode()


def test_choosing_a_kind_brings_what_the_regime_asks_about_it(receipt):
    client = desk("he-wanyin")
    assert "票面金额" not in client.get(act(receipt, "add-evidence")).content.decode()
    picked = client.post(act(receipt, "add-evidence"), {"pick": "1", "kind": "bill"}).content.decode()
    assert "票面金额" in picked
    assert "保管在哪里" not in picked
    assert "保管在哪里" in client.post(act(receipt, "add-evidence"), {"pick": "1", "kind": "article"}).content.decode()


def test_what_is_missing_is_said_at_its_control_and_nothing_is_kept(house, receipt):
    client = desk("he-wanyin")
    answer = client.post(act(receipt, "add-evidence"), {"kind": "bill", "files": SimpleUploadedFile("票据.pdf", PDF)})
    assert answer.status_code == 422
    assert "请填写“票面金额”" in answer.content.decode()
    assert len(open_case(house, Actor("he-wanyin"), receipt.case_id).case.evidence) == 1


def test_a_thing_is_kept_at_a_place_weighed_with_its_article_sealed_and_opened(house, receipt):
    client = desk("he-wanyin")
    thing = {"kind": "article", "e-article_name": "输液袋", "e-opened": "true", "e-batch": "H0925"}
    assert "请写明“药品、器械等实物”保管在哪里" in client.post(act(receipt, "add-evidence"), thing).content.decode()
    assert client.post(act(receipt, "add-evidence"), {**thing, "place": "院办物证柜2号"}).status_code == 302
    shown = page(client, receipt)
    for words in ("批号：H0925", "保管处：院办物证柜2号", "建议证明力：", "不作证据（已经用过）"):
        assert words in shown
    weighed = {"evidence": "thing-article", "force": "strong"}
    assert "另作认定请写明理由" in client.post(act(receipt, "weigh-evidence"), weighed).content.decode()
    assert client.post(act(receipt, "weigh-evidence"), {**weighed, "text": "当场开启，双方看着"}).status_code == 302
    seal = {"evidence": "thing-article", "seal": "QY-031", "witnesses": "韩女士、安若素", "place": "封存室"}
    assert client.post(act(receipt, "seal-evidence"), seal).status_code == 302
    shown = page(client, receipt)
    for words in ("证明力：", "已封存", "封条QY-031", "在场：韩女士、安若素", "保管处：封存室"):
        assert words in shown
    assert client.post(act(receipt, "open-evidence"), {"evidence": "thing-article", "text": "送检"}).status_code == 302
    assert "启封，" in page(client, receipt)


def test_the_file_of_what_is_sealed_is_not_handed_out(receipt):
    client = desk("he-wanyin")
    bill = {"kind": "bill", "e-charged": "340", "files": SimpleUploadedFile("票据.pdf", PDF)}
    assert client.post(act(receipt, "add-evidence"), bill).status_code == 302
    file = AttachmentRow.objects.get(name="票据.pdf")
    there = reverse("desk-evidence", args=[receipt.number, str(file.id)])
    assert there in page(client, receipt)
    client.post(act(receipt, "seal-evidence"), {"evidence": file.evidence})
    assert there not in page(client, receipt)
    assert client.get(there).status_code == 404


def test_the_desk_sees_that_there_is_a_letter_and_nothing_of_it(receipt):
    client = desk("he-wanyin")
    file = AttachmentRow.objects.get()
    shown = page(client, receipt)
    assert "检举信（封存）" in shown
    assert "收红包" not in shown
    assert client.get(act(receipt, "open-evidence")).status_code == 302  # not among the things the desk can do
    assert client.get(reverse("desk-evidence", args=[receipt.number, str(file.id)])).status_code == 404


def test_whom_it_is_for_opens_it_with_a_reason_each_time(house, receipt):
    leader = Holding.objects.filter(staff__organisation=house, role="hospital-leader").first()
    client = desk(leader.staff.person)
    file = AttachmentRow.objects.get()
    there = reverse("desk-evidence", args=[receipt.number, str(file.id)])
    assert client.get(there).status_code == 404
    assert "实名检举骨科收红包.pdf" in page(client, receipt)
    assert client.post(act(receipt, "open-evidence"), {"evidence": "file-1"}).status_code == 422
    assert client.post(act(receipt, "open-evidence"), {"evidence": "file-1", "text": "核查线索"}).status_code == 302
    answer = client.get(there)
    assert b"".join(answer.streaming_content) == PDF
    assert "核查线索" in page(client, receipt)
    assert "检举信（封存）" in page(desk("he-wanyin"), receipt)


def test_a_page_with_many_pieces_asks_no_more_of_the_database(receipt, django_assert_max_num_queries):
    client = desk("he-wanyin")
    page(client, receipt)
    with CaptureQueriesContext(connection) as one:
        page(client, receipt)
        most = len(one)
    for number in range(6):
        thing = {"kind": "article", "e-article_name": f"药瓶{number}", "place": "物证柜"}
        assert client.post(act(receipt, "add-evidence"), thing).status_code == 302
    page(client, receipt)  # with the words of what was just done
    with django_assert_max_num_queries(most):
        page(client, receipt)

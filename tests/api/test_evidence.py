"""Evidence through the interface: what the regime asks of each file, things without one, seals and openings."""

import json
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.api.conftest import FILING

from huiyin.organisations.services import publish_regime
from huiyin.store.models import CaseRow

SERVICE = Path(__file__).parents[1] / "application" / "regimes" / "service.yaml"
PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"
INTAKE = """intake:
  force: {strong: 强, weak: 弱}
  evidence:
    receipt:
      title: 收据
      fields: {amount: {title: 金额, type: money, required: true}}
      force: {rest: {title: 原件, is: strong, cite: "%s"}}
    article: {title: 实物, physical: true, fields: {opened: {title: 已经开启, type: yes-no}}}
    letter: {title: 检举信, sealed_for: director, cite: "%s"}
"""


@pytest.fixture
def asking(hospital, tmp_path):
    """The hospital's regime in a version that asks about evidence."""
    text = SERVICE.read_text(encoding="utf-8")
    article = text.partition("articles:\n")[2].strip().partition(":")[0].strip("\"'")
    file = tmp_path / "service.yaml"
    newer = text.replace('version: "1', 'version: "9').replace("intake:\n", INTAKE % (article, article))
    file.write_text(newer, encoding="utf-8")
    return publish_regime(hospital, file)


def receipts(*names):
    return [SimpleUploadedFile(name, PDF, "application/pdf") for name in names]


def file(as_, names, *, kinds="receipt", data=()):
    said = "&".join(f"evidence_data={json.dumps(each)}" for each in data)
    address = f"/file/with-files?evidence_kind={kinds}&{said}"
    return as_("mei").upload(address, filing=json.dumps(FILING | {"channel": "phone"}), files=receipts(*names))


def evidence_of(as_):
    return as_("mei").get(f"/cases/{CaseRow.objects.get().number}").body["evidence"]


def test_the_regime_says_what_is_asked_about_each_kind(as_, asking):
    kinds = {each["id"]: each for each in as_("").get("/regimes/service").body["evidence"]}
    assert [(each["id"], each["required"]) for each in kinds["receipt"]["fields"]] == [("amount", True)]
    assert (kinds["receipt"]["physical"], kinds["article"]["physical"]) == (False, True)


def test_data_come_with_the_files_one_for_each_or_one_for_all(as_, asking):
    assert file(as_, ["一.pdf", "二.pdf"], data=[{"amount": 286}, {"amount": 12}]).status == 201
    assert [each["data"] for each in evidence_of(as_)] == [{"amount": 286.0}, {"amount": 12.0}]
    assert {(each["suggested_force"], each["force"]) for each in evidence_of(as_)} == {("strong", "")}


@pytest.mark.parametrize(
    ("data", "field"),
    [
        ([], "evidence.receipt.fields.amount"),
        ([{"amount": "很多"}], "evidence.receipt.fields.amount"),
        ([{"amount": 1}, {"amount": 2}, {"amount": 3}], "evidence_data"),
        (["不是对象"], "evidence_data"),
    ],
)
def test_what_does_not_fit_is_said_field_by_field(as_, asking, data, field):
    answer = file(as_, ["一.pdf", "二.pdf"], data=data)
    assert (answer.status, list(answer.body["fields"])) == (422, [field])
    assert CaseRow.objects.count() == 0


def test_a_thing_is_added_with_its_place_sealed_opened_and_weighed(as_, asking):
    file(as_, ["一.pdf"], data=[{"amount": 286}])
    caller, number = as_("mei"), CaseRow.objects.get().number

    def order(name, body):
        return caller.post(f"/cases/{number}/commands/{name}", body)

    thing = {"key": "bag", "kind": "article", "title": "输液袋", "data": {"opened": True}}
    assert list(order("add-evidence", {"evidence": [thing]}).body["fields"]) == ["evidence.article.place"]
    assert order("add-evidence", {"evidence": [thing | {"place": "物证柜"}]}).status == 200
    sealed = order("seal-evidence", {"evidence": "bag", "together_with": ["file-1"], "seal": "A-1", "present": ["林女士"]})
    assert sealed.status == 200
    assert order("open-evidence", {"evidence": "bag", "text": "送检"}).status == 200
    assert order("weigh-evidence", {"evidence": "file-1", "force": "strong"}).status == 200
    paper, bag = evidence_of(as_)
    assert (bag["place"], bag["sealed"], paper["force"]) == ("物证柜", False, "strong")
    assert [(seal["number"], seal["present"], seal["openings"][0]["text"]) for seal in bag["seals"]] == [("A-1", ["林女士"], "送检")]


def test_a_letter_sealed_for_one_role_shows_only_that_it_exists(as_, asking):
    file(as_, ["实名检举收红包.pdf"], kinds="letter")
    (letter,) = evidence_of(as_)
    assert (letter["title"], letter["digest"], letter["data"], letter["sealed"]) == ("检举信（封存）", "", {}, True)
    number = CaseRow.objects.get().number
    refused = as_("mei").post(f"/cases/{number}/commands/open-evidence", {"evidence": letter["key"], "text": "看看"})
    assert (refused.status, refused.body["code"]) == (403, "not-yours")
    answer = as_("mei").get(f"/cases/{number}/story")
    assert "收红包" not in str(answer.body)

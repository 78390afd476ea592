"""Whatever a regime asks of a core act can be filled in on its form: fields, private ones, who took part, approval."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from tests.workbench.rehearsal import account, rehearsal_of, variant_of

from huiyin.application.filing import file_case
from huiyin.application.loading import open_case
from huiyin.application.running import run
from huiyin.application.upkeep import verify
from huiyin.cases.commands import (
    AnswerOrder,
    AskMore,
    Charge,
    File,
    Invite,
    Perform,
    SealEvidence,
    SendTransfer,
    Supervise,
    Suspend,
    Transfer,
)
from huiyin.cases.people import Actor, Respondent
from huiyin.cases.reporting import ABOUT_ORDERS
from huiyin.cases.state import Evidence
from huiyin.regime.vocabulary import CORE_ACTS
from huiyin.store.models import AccessRow, EventRow, PersonalRow

SECRET = "青屿市第〇七三一号"
"""Typed into a private field: it may stand in no event."""

ASKED = {
    "basis": {"title": "依据说明"},
    "agreed_on": {"title": "商定日期", "type": "date"},
    "way": {"title": "告知方式", "type": "choice", "choices": {"face": "当面", "call": "去电"}},
    "sum": {"title": "涉及金额", "type": "money"},
    "who_agreed": {"title": "经办职工", "type": "person"},
    "permit": {"title": "证件号", "private": True},
    "salary": {"title": "月收入", "type": "money", "private": True},
}
FILLED = {
    "f-basis": "双方签字的记录",
    "f-agreed_on": "2026-09-27",
    "f-way": "call",
    "f-sum": "286.5",
    "f-who_agreed": "xia-zhirou",
    "f-permit": SECRET,
    "f-salary": "8765",
    "present": ["complainant"],
    "outcome": "agreed",
}
OUTCOMES = {"agreed": "双方一致", "noted": "仅作记录"}
WANTED = {"by": ["relations-office"], "cite": "二(1)", "allowed": True, "fields": ASKED, "required": ["basis", "permit"]}
ACTS = [act for act in CORE_ACTS if act not in ("extend", "sign", "ask-back")]  # the last is for parties outside alone
REASON = {"text": "经核对，情况属实"}
OWN = {
    "transfer": {"to": "health-authority"},
    "reassign": {"to": "functional-department", "unit": "medical-affairs"},
    "add-unit": {"unit": "medical-affairs"},
    "regrade": {"severity": "danger"},
    "correct": {"path": "matter.place", "value": "骨科病区"},
    "recuse": {"person": "an-ruosu"},
    "reissue": {"document": "register-form-1"},
    "recall": {"paper": "register-form-1", "stage": "asked"},
    "seal-evidence": {"evidence": "bill", "witnesses": "安若素、蒋旭白"},
    "open-evidence": {"evidence": "bill", "witnesses": "安若素"},
    "weigh-evidence": {"evidence": "bill", "force": "weak"},
    "complete": {"i-place": "骨科病区"},
    "invite": {"role": "health-authority", "name": "青屿市卫生健康委 医政科"},
    "uninvite": {"invitation": "1"},
    "renew-link": {"invitation": "1"},
    "tell-outside": {"invitation": "1"},
    "amend-report": {"report": "已办，附排班记录"},
    "confirm-transfer": {"received_by": "医政科 葛科员", "received_on": "2026-09-28"},
}
"""What an act needs of its own besides words."""

HE = Actor("he-wanyin")


@pytest.fixture
def strict(db, tmp_path):
    """The hospital under a variant that asks all it can of every core act."""
    acts = {act: {**WANTED, "with": ["complainant"], "produces": ["register-form"], "outcomes": OUTCOMES} for act in ACTS}
    acts["appeal"] |= {"open_for": None, "at_most": None}
    acts["return"] |= {"when": None}
    acts["transfer"] |= {"to": ["health-authority"]}
    acts["supervise"] |= {"orders": "supervision"}
    orders = {"supervision": {"title": "督办件", "to": ["relations-office", "handler"], "within": "5 workdays",
                              "accepted_by": "relations-office", "cite": "二(1)"}}  # fmt: skip
    roles = {"outside": {"health-authority": {"reached_by": "link"}}}
    intake = {"force": {"strong": "强", "weak": "弱"}}
    changed = {"acts": acts, "roles": roles, "intake": intake, "orders": orders, "transfers": {"cite": "二(1)"}}
    return rehearsal_of("patient-relations", variant=variant_of("patient-relations", tmp_path, **changed))


def filed(hospital, pack="patient-relations-variant"):
    """A complaint that 夏芷柔 of the nursing office handles."""
    command = File(
        kind="complaint",
        channel="phone",
        matter={"account": "换药等了两小时", "subject": "service"},
        category="service",
        evidence=(Evidence("bill", "bill", "换药收据"),),
        respondent=Respondent(kind="unit", unit="orthopaedics-ward"),
    )
    receipt = file_case(hospital, pack, Actor("jiang-xubai"), command)
    steps = (
        (Actor("jiang-xubai"), Perform(work="receive", outcome="guided")),
        (HE, Perform(work="register", fields={"damage_dispute": "no"})),
        (HE, Perform(work="assign", unit="nursing-office")),
    )
    for who, step in steps:
        run(hospital, who, receipt.case_id, step)
    return receipt


def ready_for(act, hospital, receipt):
    """Bring the case where the act makes sense."""
    given = {"fields": {"basis": "见记录", "permit": "无"}, "present": ("complainant",), "outcome": "noted"}
    before = {
        "resume": [Suspend(text="等鉴定", **given)],
        "complete": [AskMore(text="请补收据", **given)],
        "answer-order": [Supervise(text="请尽快", **given)],
        "open-evidence": [SealEvidence(evidence="bill", text="双方在场", **given)],
        "recall-order": [Supervise(text="请尽快", **given)],
        "accept-report": (reported := [
            Supervise(text="请尽快", orders=(Charge(to="handler"),), **given), AnswerOrder(text="已办", **given)
        ]),
        "return-report": reported,
        "amend-report": (own := [
            Supervise(text="请尽快", orders=(Charge(to="relations-office"),), **given), AnswerOrder(text="已办", **given)
        ]),
        "withdraw-report": own,
        "send-transfer": [Transfer(to="health-authority", text="属其职责", **given)],
        "confirm-transfer": [Transfer(to="health-authority", text="属其职责", **given), SendTransfer(**given)],
        "return-transfer": [Transfer(to="health-authority", text="属其职责", **given), SendTransfer(**given)],
        "uninvite": [Invite(role="health-authority", name="青屿市卫生健康委 医政科", **given)],
        "renew-link": [Invite(role="health-authority", name="青屿市卫生健康委 医政科", **given)],
        "tell-outside": [Invite(role="health-authority", name="青屿市卫生健康委 医政科", **given)],
        "reopen": [*ANSWERED, Perform(work="follow-up", outcome="satisfied", answers=SATISFIED), Perform(work="close")],
        "appeal": ANSWERED,
    }
    for command in before.get(act, []):
        who = HE if act in ("amend-report", "withdraw-report") else _who(command)  # only one's own report
        run(hospital, who, receipt.case_id, command)


ANSWERED = [
    Perform(work="statement", fields={"statement": "已说明"}),
    Perform(work="investigate", outcome="founded", fields={"point_finding": "属实"}),
    Perform(work="propose", fields={"facts_found": "属实", "liability": "staff", "proposal": "道歉"}),
    Perform(work="reply", fields={"reply_text": "已道歉", "reply_way": "by-phone"}),
]
SATISFIED = {"result": 5}


def _who(command):
    by = {"statement": "xia-zhirou", "investigate": "xia-zhirou", "propose": "xia-zhirou"}
    return Actor("xia-zhirou" if isinstance(command, AnswerOrder) else by.get(getattr(command, "work", ""), "he-wanyin"))


def desk(person):
    client = Client(HTTP_HOST="127.0.0.1")
    client.force_login(account(person))
    return client


def address(receipt, act):
    command = "record" if act in RECORDS else act
    order = ".order-1" if act in ABOUT_ORDERS else ""
    return reverse("desk-act", args=[receipt.number, f"{command}.{act}{order}"])


RECORDS = ("note", "contact", "tell-progress", "press", "instruct", "flag-risk", "remedy")


def sent(act, hospital):
    """Everything the act needs: its own, the regime's, words, a file."""
    own = OWN.get(act, {})
    if act in ("merge", "link"):
        own = {"into" if act == "merge" else "other": filed(hospital).number}
    if act == "add-evidence":
        own = {"files": SimpleUploadedFile("说明.txt", "经过".encode())}
    return {**REASON, **FILLED, **own}


@pytest.mark.parametrize("act", ACTS)
def test_every_core_act_takes_what_the_regime_asks(strict, act):
    receipt, client = filed(strict), desk("he-wanyin")
    ready_for(act, strict, receipt)
    there = address(receipt, act)
    form = client.get(there).content.decode()
    for label in ("依据说明", "商定日期", "告知方式", "涉及金额", "经办职工", "证件号", "月收入", "双方一致", "投诉人已参加"):
        assert label in form
    assert "办理后出具《医院投诉登记表》" in form

    data = sent(act, strict)
    nobody = client.post(there, {name: value for name, value in data.items() if name != "present"})
    assert (nobody.status_code, "请确认投诉人参加" in nobody.content.decode()) == (422, True)
    if act == "add-evidence":
        data = sent(act, strict)  # the first file was read to its end
    empty = client.post(there, {name: value for name, value in data.items() if name != "f-permit"})
    assert (empty.status_code, "请填写“证件号”" in empty.content.decode()) == (422, True)
    if act == "add-evidence":
        data = sent(act, strict)
    assert client.post(there, data).status_code == 302

    shown = client.get(reverse("desk-case", args=[receipt.number])).content.decode()
    assert "依据说明：双方签字的记录" in shown
    assert "在场：投诉人" in shown
    case = open_case(strict, HE, receipt.case_id).case
    facts = case.facts
    assert f"{act}:agreed" in case.signals
    assert (facts["basis"], facts["way"], facts["sum"], facts["permit"]) == ("双方签字的记录", "call", 286.5, "⟨保密⟩")
    assert EventRow.objects.filter(body__contains="双方签字的记录").exists()
    assert not EventRow.objects.filter(body__contains=SECRET).exists()
    assert not EventRow.objects.filter(body__contains="8765").exists()
    assert verify(strict) == []


def test_private_values_of_an_act_are_given_out_for_a_reason_that_is_logged(strict):
    receipt, client = filed(strict), desk("he-wanyin")
    client.post(address(receipt, "note"), sent("note", strict))
    client.post(address(receipt, "contact"), sent("contact", strict) | {"f-permit": "第二张证件", "f-salary": ""})
    masked = client.get(reverse("desk-case", args=[receipt.number])).content.decode()
    assert "已加密保存" in masked
    assert SECRET not in masked
    assert "8,765" not in masked
    full = client.post(reverse("desk-look", args=[receipt.number]), {"reason": "核对证件"}).content.decode()
    assert "第二张证件" in full
    assert "8,765.00 元" in full
    assert AccessRow.objects.get(case_id=receipt.case_id, what="personal").reason == "核对证件"


def test_a_private_value_that_does_not_fit_its_field_is_told_there_and_sealed_nowhere(strict):
    receipt, client = filed(strict), desk("he-wanyin")
    sealed = PersonalRow.objects.count()
    answer = client.post(address(receipt, "note"), sent("note", strict) | {"f-salary": "很多"})
    assert answer.status_code == 422
    assert "请填写数字，例如 286.00" in answer.content.decode()
    assert PersonalRow.objects.count() == sealed


@pytest.mark.parametrize("act", ["transfer", "terminate", "remedy"])
def test_an_act_that_needs_approval_says_so_before_and_after(db, tmp_path, act):
    acts = {act: {**WANTED, "approval": "hospital-leader", "allowed": True}}
    if act == "transfer":
        acts[act]["to"] = ["health-authority"]
    hospital = rehearsal_of("patient-relations", variant=variant_of("patient-relations", tmp_path, acts=acts))
    receipt, client = filed(hospital), desk("he-wanyin")
    form = client.get(address(receipt, act)).content.decode()
    assert "由分管院领导批准后生效" in form
    assert "送审</button>" in form
    data = sent(act, hospital) | {"outcome": ""}
    answer = client.post(address(receipt, act), data, follow=True).content.decode()
    assert "已送审：" in answer
    assert "分管院领导批准后生效" in answer
    assert open_case(hospital, HE, receipt.case_id).case.state == "open"
    assert not EventRow.objects.filter(body__contains=SECRET).exists()

    pending = next(iter(open_case(hospital, HE, receipt.case_id).case.approvals))
    leader = desk("shen-huaijin")
    proposal = leader.get(reverse("desk-act", args=[receipt.number, f"approve.{pending}"])).content.decode()
    assert "双方签字的记录" in proposal
    assert SECRET not in proposal
    leader.post(reverse("desk-act", args=[receipt.number, f"approve.{pending}"]), {"decision": "approve"})
    case = open_case(hospital, HE, receipt.case_id).case
    assert (f"{act}.approved" in case.signals, case.approvals, case.facts["permit"]) == (True, {}, "⟨保密⟩")
    assert verify(hospital) == []


def test_the_story_says_how_a_core_act_ended(strict):
    receipt, client = filed(strict), desk("he-wanyin")
    assert client.post(address(receipt, "contact"), sent("contact", strict)).status_code == 302
    assert client.post(address(receipt, "seal-evidence"), sent("seal-evidence", strict)).status_code == 302
    shown = client.get(reverse("desk-case", args=[receipt.number])).content.decode()
    assert "联系投诉人：双方一致" in shown
    assert "封存证据：双方一致" in shown

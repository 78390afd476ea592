"""Bodies outside and transfers in the regime file: read, filled in by the organisation, checked, said in words."""

import pytest
from tests.regime.examples import SMALL, checked

from huiyin.regime import Report, check
from huiyin.regime.cards import cards

OUTSIDE = """\
  outside:
    court: {title: 人民法院, remit: 民事纠纷, address: $court_address, phone: "12368", hours: 工作日, handles: matter.harm}
    bureau: {title: 监管局, many: true, reached_by: link, listed_in: bureaus}
settings:
  court_address: {title: 人民法院地址, type: text}
"""
ROW = '  away: {title: 不归我们管, when: matter.harm, outcome: transfer, to: [court, bureau], cite: "一"}\n'
TRANSFERS = 'transfers: {package: [letter, statement, evidence], reveal: [complainant.phone], again: false, cite: "二"}\n'
LIMITS = """\
limits:
  send: {title: 移送, from: transferred, to: transfer-sent, within: 5 workdays, cite: "三"}
  receipt: {title: 签收, from: transfer-sent, to: transfer-received, within: 10 workdays, cite: "三"}
"""
TABLES = "tables:\n  bureaus: {title: 监管局名单, key: 名称, columns: {address: 地址}}\nassessment:\n"


def written(*, row: str = ROW, transfers: str = TRANSFERS, limits: str = LIMITS) -> str:
    """The small regime with two bodies outside and rules of transfers."""
    text = SMALL.replace("settings:\n", OUTSIDE).replace("assessment:\n", TABLES + row)
    return text.replace("routing:\n", transfers + "routing:\n").replace("limits:\n", limits)


def found(report: Report, code: str) -> list[str]:
    return [problem.message_zh for problem in report.problems if problem.code == code]


def test_the_rules_of_transfers_are_read(tmp_path):
    report = checked(tmp_path, written())
    assert report.errors == ()
    rules = report.regime.transfers
    assert (rules.receipt, rules.clock, rules.again) == (True, "stops", False)
    assert (rules.package, rules.reveal) == (("letter", "statement", "evidence"), ("complainant.phone",))
    assert report.regime.assessment[0].to == ("court", "bureau")
    assert "W10" not in report.codes


def test_how_a_body_is_reached_is_filled_in_by_the_organisation(tmp_path):
    file = tmp_path / "regime.yaml"
    file.write_text(written(), encoding="utf-8")
    assert check(file).regime.roles["court"].contact.address == ""
    assert found(check(file), "E22") == ["发布缺少答案：人民法院地址没有填写。"]
    answered = check(file, answers={"court_address": "法院路1号"}).regime
    assert (answered.roles["court"].contact.address, answered.roles["court"].contact.phone) == ("法院路1号", "12368")


def test_a_regime_without_rules_of_transfers_ends_a_case_with_the_decision(tmp_path):
    report = checked(tmp_path, written(transfers="", limits="limits:\n"))
    assert report.errors == ()
    assert report.regime.transfers is None
    assert any("transferred" in message for message in found(report, "I5"))


def test_what_happens_to_a_transfer_cannot_happen_without_the_rules(tmp_path):
    messages = found(checked(tmp_path, written(transfers="")), "E15")
    assert len(messages) == 2
    assert "transfer-sent" in messages[0]


@pytest.mark.parametrize(
    ("old", "new", "name"),
    [
        ("package: [letter,", "package: [leter,", "leter"),
        ("reveal: [complainant.phone]", "reveal: [complainant.people]", "complainant.people"),
        ("listed_in: bureaus", "listed_in: offices", "offices"),
        ("outcome: transfer, to: [court, bureau]", "outcome: refuse, turn_to: [ward]", "ward"),
    ],
)
def test_what_is_named_must_be_there(tmp_path, old, new, name):
    messages = found(checked(tmp_path, written().replace(old, new)), "E27")
    assert any(f"“{name}”" in message for message in messages), messages


def test_only_one_of_many_is_listed(tmp_path):
    report = checked(tmp_path, written().replace("{title: 监管局, many: true, ", "{title: 监管局, "))
    assert any("many: true" in message for message in found(report, "E25"))


def test_a_transfer_that_nobody_is_reminded_of_is_pointed_out(tmp_path):
    assert found(checked(tmp_path, written(limits="limits:\n")), "W10") == [
        "移送：没有时限以 transfer-sent 为终点，没有人会被提醒。",
        "移送：没有时限以 transfer-received 为终点，没有人会被提醒。",
    ]
    closed = written(row="", limits="limits:\n").replace("acts:\n", 'acts:\n  transfer: {allowed: false, cite: "三"}\n')
    assert found(checked(tmp_path, closed), "W10") == ["移送：没有一行把案件移送外部单位，也不允许移送。"]


def test_the_rules_are_said_in_words(tmp_path):
    said = {card.path: card.says for card in cards(checked(tmp_path, written()).regime)}
    assert said["transfers"]["再次移送"] == "退回后不得再次移送"
    assert said["transfers"]["随卷的个人信息"] == "联系电话"
    assert said["assessment.away"][""] == "移送给人民法院或监管局"
    assert said["roles.court"]["电话"] == "12368"

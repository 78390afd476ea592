"""Transfers to a body outside: sent with a package, open until the body has confirmed, ours again when it gives back."""

from datetime import date

import pytest

from huiyin.cases import commands as cmd
from huiyin.cases.events import NoticeQueued
from huiyin.cases.inviting import outside_actor
from huiyin.cases.people import Actor, OutsideBody
from huiyin.cases.state import Evidence, TransferOut
from huiyin.cases.transferring import parts_of_package

from .desk import BASE, Desk, desk, flow

ROLES = {
    **BASE["roles"],
    "outside": {
        "court": {"title": "人民法院", "reached_by": "paper", "address": "青屿区法院路1号", "phone": "0571-0000001",
                  "handles": "matter.harm"},
        "regulator": {"title": "市场监督管理局", "reached_by": "link", "hours": "工作日 9:00—17:00"},
        "authority": {"title": "主管部门", "many": True, "reached_by": "link", "listed_in": "bodies"},
    },
}  # fmt: skip
TABLES = {"bodies": {"title": "外单位名录", "key": "单位", "columns": {"address": "地址", "phone": "电话", "remit": "管什么"}}}
JUDGE = {"by": "desk", "decides": "assessment", "fields": {"ours": {"title": "归我们管", "type": "yes-no"}}, "cite": "一"}
TURN_AWAY = {
    "elsewhere": {"title": "不归我们管", "when": "!facts.ours", "outcome": "transfer", "to": ["court", "regulator"], "cite": "六"},
    "rest": {"title": "受理", "outcome": "accept", "cite": "一"},
}
TRANSFERRED_BY_HAND = {"rest": TURN_AWAY["rest"]}
LIMITS = {
    "send": {"title": "移送", "from": "transferred", "to": "transfer-sent", "within": "5 workdays", "cite": "六"},
    "receipt": {"title": "签收", "from": "transfer-sent", "to": "transfer-received", "within": "10 workdays", "cite": "六"},
    "conclude": {"title": "办结", "from": "registered", "to": "reply", "within": "15 workdays", "cite": "四"},
}
LETTER = {"title": "移送函", "number": "移〔{year}〕{serial:03}", "to": "regulator",
          "lines": ["{body.name}：", {"each": "enclosures", "show": ["number", "title"]}, "{body.address}"]}  # fmt: skip
ACTS = {"send-transfer": {"produces": "letter", "cite": "六"}}


def transferring(*, evidence: tuple[str, ...] = (), harm: bool = False, **rules: object) -> Desk:
    """A case that was decided not to be ours; filed at nine on Monday, 2 March 2026."""
    play = desk(
        roles=ROLES, tables=TABLES, assessment=TURN_AWAY, limits=LIMITS, acts=ACTS, forms={"letter": LETTER},
        flow=flow(register=JUDGE, assign={"after": ["accepted", "returned"]}), transfers={"cite": "六", **rules},
    )  # fmt: skip
    pieces = tuple(Evidence(name, "", name, "0" * 64) for name in evidence)
    play.file(evidence=pieces, matter={"account": "买到坏肉", "harm": harm})
    play.do("desk", cmd.Perform(work="register", fields={"ours": False}))
    return play


def out(play: Desk) -> TransferOut:
    """The transfer as it stands."""
    assert play.the_case.transfer is not None
    return play.the_case.transfer


def body_known(play: Desk) -> OutsideBody:
    """The body outside that the case brings into play."""
    assert play.the_case.body is not None
    return play.the_case.body


def told(play: Desk, about: str) -> str:
    """What the complainant was told about an event."""
    return next(each.text for each in play.events if isinstance(each, NoticeQueued) and each.about == about)


def body_of(play: Desk) -> Actor:
    """The body outside, through the link that came with the transfer."""
    actor = outside_actor(play.the_case, out(play).invitation, play.now)
    assert actor is not None
    return actor


def test_the_case_stays_open_until_the_body_has_confirmed() -> None:
    play = transferring()
    assert (play.the_case.state, out(play).stage) == ("open", "decided")
    play.do("desk", cmd.SendTransfer())
    assert (play.the_case.state, out(play).stage) == ("open", "sent")
    play.at("2026-03-04T10:00").do(
        "desk", cmd.ConfirmTransfer(received_by="局收发室 葛", received_on=date(2026, 3, 3), their_number="市监收18")
    )
    assert (play.the_case.state, out(play).their_number) == ("closed", "市监收18")
    assert play.status("receipt") == ["met"]


def test_the_transfer_itself_has_its_time_and_so_has_the_receipt() -> None:
    play = transferring()
    assert (play.due("send"), play.status("conclude")) == ("2026-03-09 23:59", ["running"])
    play.at("2026-03-10T10:00")
    assert play.status("send") == ["overdue"]
    play.do("desk", cmd.SendTransfer())
    play.at("2026-04-25T10:00")
    assert play.status("receipt") == ["overdue"]


def test_the_letter_has_a_number_and_lists_what_goes_along() -> None:
    play = transferring(evidence=("小票", "照片", "录音"))
    assert play.refused("desk", cmd.SendTransfer(without=("不存在",))).fields == {"without": "请选择列出的材料"}
    play.do("desk", cmd.SendTransfer(without=("录音",)))
    assert out(play).enclosures == ("小票", "照片")
    letter = play.the_case.documents["letter-1"]
    produced = next(each for each in play.events if getattr(each, "key", "") == letter.key)
    text = str(produced.content)
    assert all(words in text for words in ("市场监督管理局", "小票", "照片"))
    assert "录音" not in text
    assert play.the_case.transfer_number == letter.number
    assert f"移送文号：{letter.number}" in told(play, "transfer-sent")


def test_the_body_is_suggested_by_what_it_handles_and_the_complainant_is_told_where_it_is() -> None:
    play = transferring(harm=True)
    assert body_known(play).name == "人民法院"
    assert told(play, "transferred") == (
        "您反映的事项将移送有权处理的单位。接收单位：人民法院（地址：青屿区法院路1号，电话：0571-0000001）。"
    )
    play.do("desk", cmd.SendTransfer(body="regulator"))
    assert (body_known(play).name, out(play).body.role) == ("市场监督管理局", "regulator")
    assert "办公时间：工作日 9:00—17:00" in told(play, "transfer-sent")


def test_a_body_the_ground_does_not_lead_to_cannot_be_chosen() -> None:
    play = transferring()
    refused = play.refused("desk", cmd.SendTransfer(body="authority"))
    assert (refused.code, refused.fields) == ("missing-field", {"body": "请选择单位"})
    fresh = desk(roles=ROLES, tables=TABLES, assessment=TURN_AWAY, flow=flow(register=JUDGE, assign={"after": "accepted"}))
    fresh.file()
    wrong = cmd.Perform(work="register", fields={"ours": False}, body="authority")
    assert fresh.refused("desk", wrong).fields == {"body": "请选择单位"}
    fresh.do("desk", cmd.Perform(work="register", fields={"ours": False}, body="court"))
    assert (body_known(fresh).name, fresh.the_case.state) == ("人民法院", "closed")  # no rules of transfers: it ends here


def test_the_body_confirms_through_its_own_link_and_nobody_elses() -> None:
    play = transferring()
    play.do("desk", cmd.Invite(role="regulator", name="另一位"))
    stranger = outside_actor(play.the_case, "1", play.now)
    play.do("desk", cmd.SendTransfer())
    assert stranger is not None
    assert play.refused(stranger, cmd.ConfirmTransfer(received_by="另一位")).code == "not-yours"
    assert {each.work for each in play.possible(stranger)} == {"add-evidence", "ask-back"}
    body = body_of(play)
    assert {each.work for each in play.possible(body)} == {"add-evidence", "ask-back", "confirm-transfer", "return-transfer"}
    assert play.refused(body, cmd.SendTransfer()).code == "not-yours"
    play.do(body, cmd.ConfirmTransfer(received_by="市场监督管理局 葛科员"))
    assert (play.the_case.state, out(play).received_on) == ("closed", date(2026, 3, 2))


@pytest.mark.parametrize(("day", "why"), [(date(2026, 3, 1), "before it was sent"), (date(2026, 3, 3), "in the future")])
def test_a_receipt_has_a_day_that_can_be(day: date, why: str) -> None:
    play = transferring()
    play.do("desk", cmd.SendTransfer())
    assert "received_on" in play.refused("desk", cmd.ConfirmTransfer(received_by="葛", received_on=day)).fields, why
    assert play.refused("desk", cmd.ConfirmTransfer()).fields == {"received_by": "请写明签收人"}


def test_our_limits_stand_still_while_the_case_is_away_and_go_on_after_a_return() -> None:
    play = transferring()
    play.do("desk", cmd.SendTransfer())
    before = play.due("conclude")
    play.at("2026-05-06T10:00")
    assert play.status("conclude") == ["running"]  # long past its time, but it stands still
    assert play.refused(body_of(play), cmd.ReturnTransfer()).code == "missing-field"
    play.do(body_of(play), cmd.ReturnTransfer(text="不属本局职责"))
    assert (out(play).stage, play.the_case.assessment) == ("returned", "")
    assert (play.open, play.the_case.body) == ({"register"}, None)
    assert play.due("conclude") > before
    assert play.status("receipt") == ["cancelled"]
    assert told(play, "transfer-returned").startswith("接收单位退回了")


def test_limits_run_on_or_begin_anew_where_the_regime_says_so() -> None:
    running = transferring(clock="runs")
    running.do("desk", cmd.SendTransfer())
    running.at("2026-05-06T10:00")
    assert running.status("conclude") == ["overdue"]
    anew = transferring(clock="anew")
    anew.do("desk", cmd.SendTransfer())
    anew.at("2026-04-13T10:00").do("desk", cmd.ReturnTransfer(text="不属本局职责"))
    assert anew.due("conclude") == "2026-05-07 23:59"


def test_after_a_return_the_case_is_assessed_anew_and_may_be_transferred_again() -> None:
    play = transferring()
    play.do("desk", cmd.SendTransfer())
    assert outside_actor(play.the_case, out(play).invitation, play.now) is not None
    play.at("2026-03-03T10:00").do("desk", cmd.ReturnTransfer(text="不属本局职责"))
    assert outside_actor(play.the_case, out(play).invitation, play.now) is None
    assert not play.the_case.answered
    play.do("desk", cmd.Perform(work="register", fields={"ours": False}, body="court"))
    assert (out(play).stage, out(play).body.name) == ("decided", "人民法院")


def test_a_second_transfer_is_refused_where_the_regime_forbids_it() -> None:
    play = transferring(again=False)
    play.do("desk", cmd.SendTransfer())
    play.do("desk", cmd.ReturnTransfer(text="不属本局职责"))
    refused = play.refused("desk", cmd.Perform(work="register", fields={"ours": False}))
    assert (refused.code, refused.cite, refused.rule) == ("no-more-rounds", ("六",), "transfers.again")
    assert play.refused("desk", cmd.Transfer(to="court", text="再送")).rule == "transfers.again"
    play.do("desk", cmd.Perform(work="register", fields={"ours": True}))
    assert play.open == {"assign"}


def test_without_a_receipt_the_case_ends_when_it_is_sent() -> None:
    play = transferring(receipt=False)
    assert play.the_case.state == "open"
    play.do("desk", cmd.SendTransfer())
    assert play.the_case.state == "closed"


def test_a_step_that_closes_waits_for_the_receipt() -> None:
    play = desk(
        roles=ROLES, tables=TABLES, assessment=TURN_AWAY, limits=LIMITS, transfers={"cite": "六"},
        flow=flow(register=JUDGE, assign={"after": "accepted"}, close={"after": ["reply", "transferred"]}),
    )  # fmt: skip
    play.file()
    play.do("desk", cmd.Perform(work="register", fields={"ours": False}))
    assert "还没有发出" in play.refused("desk", cmd.Perform(work="close")).message
    play.do("desk", cmd.SendTransfer())
    assert play.refused("desk", cmd.Perform(work="close")).rule == "transfers.receipt"
    play.do("desk", cmd.ConfirmTransfer(received_by="葛"))
    play.do("desk", cmd.Perform(work="close"))
    assert play.the_case.state == "closed"


def test_handling_that_was_under_way_ends_with_a_transfer_and_begins_again_after_a_return() -> None:
    steps = flow(assign={"after": ["accepted", "returned"]})
    play = desk(
        roles=ROLES, tables=TABLES, assessment=TRANSFERRED_BY_HAND, limits=LIMITS, flow=steps, transfers={"cite": "六"}
    ).assigned()
    play.do("desk", cmd.Transfer(to="regulator", text="查明属其职责"))
    assert (play.open, play.the_case.state) == (set(), "open")
    again = play.refused("desk", cmd.Transfer(to="court", text="再送"))
    assert again.message == "案件正在移送：移送市场监督管理局还没有发出。"
    play.do("desk", cmd.SendTransfer())
    play.do("desk", cmd.ReturnTransfer(text="不属本局职责"))
    waiting = [each for each in play.possible(play.world.actor("first-receiver")) if each.command == "decide"]
    assert [list(each.outcomes) for each in waiting] == [["rest"]]
    play.do("first-receiver", cmd.DecideTable(table="assessment", row="rest"))
    assert play.open == {"assign"}


def test_a_body_of_many_is_named_from_the_organisations_table() -> None:
    rows = {"bodies": {"北湾区监督所": {"address": "北湾路2号", "phone": "0571-0000002"}, "南湾区监督所": {}}}
    play = desk(roles=ROLES, tables=TABLES, limits=LIMITS, transfers={"cite": "六"})
    play.world.tables = rows
    play.assigned()
    assert play.refused("desk", cmd.Transfer(to="authority", unit="西湾区监督所", text="辖区外")).fields == {
        "body": "名单里没有“西湾区监督所”"
    }
    play.do("desk", cmd.Transfer(to="authority", text="辖区外"))
    assert play.refused("desk", cmd.SendTransfer()).message == "请选择移送给哪个单位：北湾区监督所、南湾区监督所。"
    play.do("desk", cmd.SendTransfer(body="authority/北湾区监督所"))
    assert (body_known(play).address, body_known(play).role) == ("北湾路2号", "authority")


def test_who_is_turned_away_is_told_where_to_turn() -> None:
    rows = {
        "not-ours": {"title": "不归我们管", "when": "!facts.ours", "outcome": "refuse", "turn_to": ["court", "regulator"], "cite": "六"},
        "rest": TURN_AWAY["rest"],
    }  # fmt: skip
    play = desk(roles=ROLES, tables=TABLES, assessment=rows, flow=flow(register=JUDGE, assign={"after": "accepted"}))
    play.file(matter={"account": "工资纠纷", "harm": True})
    play.do("desk", cmd.Perform(work="register", fields={"ours": False}))
    assert "请向有权处理的单位反映：人民法院（地址：青屿区法院路1号，电话：0571-0000001）。" in told(play, "refused")
    assert play.the_case.transfer is None


def test_what_goes_along_is_what_the_regime_puts_into_the_package() -> None:
    play = transferring(evidence=("小票",), package=["letter", "statement"])
    assert parts_of_package(play.the_case, play.regime) == ()
    play.do("desk", cmd.SendTransfer())
    assert out(play).enclosures == ()  # the letter names no evidence that stays here
    assert parts_of_package(play.the_case, play.regime) == ("letter", "statement")
    with_evidence = transferring(evidence=("小票",))
    with_evidence.do("desk", cmd.SendTransfer())
    assert parts_of_package(with_evidence.the_case, with_evidence.regime) == ("letter", "statement", "evidence")

"""Finished work is entered in its ledger: on the doer's account, the unit's, the case's, or the part's."""

from typing import Any

import pytest

from huiyin.cases import commands as cmd
from huiyin.cases.events import LedgerBooked

from .desk import Desk, desk, flow


def taking_parts(of: str, **handle: Any) -> Desk:
    """A case in which parts are taken from a ledger kept per `of`."""
    fields = {"parts": {"title": "数量", "type": "number"}, "part": {"title": "备件", "type": "product"}}
    return desk(
        flow=flow(handle={"fields": fields, "books": {"stock": "parts"}, **handle}),
        accountability={
            "measures": {},
            "ledgers": {"stock": {"title": "备用件账", "of": of, "unit": "件", "kept_by": "desk"}},
        },
    ).assigned()


def booked(play: Desk) -> list[tuple[str, float, str]]:
    """Entries so far: account, amount, by."""
    return [(each.account, each.amount, each.by) for each in play.events if isinstance(each, LedgerBooked)]


@pytest.mark.parametrize(
    ("of", "account"), [("person", "ward-head"), ("unit", "内科"), ("case", "2026-0001"), ("part", "传感器")]
)
def test_the_ledger_says_whose_account_it_is(of: str, account: str) -> None:
    play = taking_parts(of)
    play.step("ward-head", "handle", fields={"parts": -2, "part": "传感器"})
    assert booked(play) == [(account, -2.0, "ward-head")]


def test_nothing_is_entered_where_nothing_was_taken() -> None:
    play = taking_parts("case")
    play.step("ward-head", "handle", fields={"part": "传感器"})
    assert booked(play) == []


def test_a_part_that_is_not_named_cannot_be_entered() -> None:
    play = taking_parts("part")
    refused = play.refused("ward-head", cmd.Perform(work="handle", fields={"parts": 1}))
    assert (refused.code, refused.fields) == ("missing-field", {"part": "记账需要，请填写"})


def test_what_needs_approval_is_entered_when_approved_in_the_name_of_the_doer() -> None:
    play = taking_parts("person", approval="leader")
    play.step("ward-head", "handle", fields={"parts": 3})
    assert booked(play) == []
    play.do("leader", cmd.Approve())
    assert booked(play) == [("ward-head", 3.0, "ward-head")]


def test_acts_are_entered_too() -> None:
    play = desk(
        acts={
            "take-parts": {
                "title": "领用备用件",
                "by": "handler",
                "fields": {"taken": {"title": "数量", "type": "number"}},
                "books": {"stock": "taken"},
                "cite": "三",
            },
            "remedy": {"fields": {"paid": {"title": "金额", "type": "money"}}, "books": {"cost": "paid"}, "cite": "三"},
        },
        accountability={
            "measures": {},
            "ledgers": {
                "stock": {"title": "备用件账", "of": "case", "unit": "件", "kept_by": "desk"},
                "cost": {"title": "费用", "of": "unit", "unit": "元", "kept_by": "desk"},
            },
        },
    ).assigned()
    play.step("ward-head", "take-parts", fields={"taken": 1})
    play.do("ward-head", cmd.Record(kind_of_act="remedy", fields={"paid": 120}, text="补偿"))
    assert booked(play) == [("2026-0001", 1.0, "ward-head"), ("内科", 120.0, "ward-head")]

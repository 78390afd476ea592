"""Filing: well-formed, never in the future, earlier only with a reason; the channel tells who passed it on."""

from datetime import timedelta

import pytest

from huiyin.cases import commands as cmd
from huiyin.cases.people import Complainant
from huiyin.cases.refusals import Refused
from huiyin.cases.state import Evidence

from .desk import Desk, desk

ANSWER = {"title": "答复", "from": "received", "to": "reply", "within": "5 workdays", "by": "handler", "cite": "六"}


def refusal(play: Desk, **given: object) -> Refused:
    with pytest.raises(Refused) as caught:
        play.file(**given)
    return caught.value


def test_a_matter_received_earlier_needs_a_reason_and_limits_follow_the_earlier_time() -> None:
    play = desk(limits={"answer": ANSWER})
    friday = play.now - timedelta(days=3)
    refused = refusal(play, received_at=friday)
    assert (refused.code, set(refused.fields)) == ("missing-field", {"late_reason"})
    play.file(received_at=friday, late_reason="周末电话记录，周一补登")
    assert play.due("answer") == "2026-03-05 23:59"  # from Friday 02-27; Saturday 02-28 is a working day


def test_nothing_is_received_in_the_future() -> None:
    play = desk()
    refused = refusal(play, received_at=play.now + timedelta(minutes=1))
    assert (refused.code, refused.cite) == ("future-receipt", ("通则十",))


def test_who_passed_it_on_follows_from_the_channel() -> None:
    intake = {"channels": {"phone": "电话", "referral": {"title": "上级转交", "from": "authority"}},
              "fields": {"account": "经过"}}  # fmt: skip
    play = desk(intake=intake)
    assert play.file(channel="referral").passed_on_by == "authority"
    assert desk(intake=intake).file().passed_on_by == ""


def test_every_wrong_part_of_a_filing_is_named() -> None:
    given = {"kind": "song", "channel": "drum", "category": "none", "complainant": Complainant(people=0),
             "evidence": (Evidence("e", "photo", "照片"),)}  # fmt: skip
    refused = refusal(desk(), **given)
    assert set(refused.fields) == {"kind", "channel", "category", "people", "evidence"}


def test_where_identity_is_verified_only_staff_leave_the_name_out() -> None:
    verified = {"channels": {"phone": "电话"}, "fields": {"account": "经过"}, "anonymous": "verified-only"}
    unnamed = Complainant(anonymous=True)
    refused = refusal(desk(intake=verified), who="complainant", complainant=unnamed)
    assert (refused.code, set(refused.fields)) == ("wrong-value", {"anonymous"})
    assert desk(intake=verified).file("first-receiver", complainant=unnamed).complainant.anonymous


def test_a_case_is_filed_once() -> None:
    play = desk()
    play.file()
    assert refusal(play).cite == ("通则十一",)
    with pytest.raises(Refused):
        desk().do("desk", cmd.Perform(work="register"))

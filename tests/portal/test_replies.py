"""公开的答复: only what was filled in to be published, only once it was approved, and not after it was taken back."""

import pytest
from tests.portal.conftest import NETWORK

from huiyin.application.filing import file_case
from huiyin.application.published_replies import published_replies
from huiyin.application.running import run
from huiyin.application.upkeep import rebuild, verify
from huiyin.cases.commands import Approve, File, Perform, Reject
from huiyin.cases.people import Actor
from huiyin.cases.refusals import Refused
from huiyin.store.models import PublishedRow

CLERK, HEAD, LIAISON = Actor("zhu-qinghe"), Actor("sang-yuchen"), Actor("ge-xiaotian")
ACCOUNT = "我家在三号楼，审批拖了两个月。"
WORDS = {"public_question": "施工许可多久办完？", "public_answer": "材料齐全的七个工作日办完。"}


def answered(organisation, **matter):
    """A consultation that the bureau has answered."""
    filed = {"subject": "construction", "title": "审批", "account": ACCOUNT, **matter}
    command = File(kind="consultation", channel="web", matter=filed)
    case_id = file_case(organisation, NETWORK, CLERK, command).case_id
    run(organisation, CLERK, case_id, Perform(work="review"))
    run(organisation, LIAISON, case_id, Perform(work="handle", fields={"established": "材料不全", "measures": "一次告知"}))
    run(organisation, LIAISON, case_id, Perform(work="reply", fields={"answer": "已一次告知"}))
    return case_id


def asked(organisation, case_id, **words):
    """Publication is proposed; the key of the approval."""
    done = run(organisation, CLERK, case_id, Perform(work="publish-reply", fields=WORDS | words))
    return next(each.key for each in done.case.approvals.values() if each.subject == "publish-reply")


def published(organisation, **words):
    case_id = answered(organisation)
    run(organisation, HEAD, case_id, Approve(key=asked(organisation, case_id, **words)))
    return case_id


def test_a_reply_is_public_once_it_was_approved_and_shows_nothing_else(visitor, network):
    case_id = answered(network)
    key = asked(network, case_id)
    assert "还没有公开的答复。" in visitor.get("/replies/").text
    run(network, HEAD, case_id, Approve(key=key))
    page = visitor.get("/replies/")
    assert page.text.index(WORDS["public_question"]) < page.text.index(WORDS["public_answer"])
    assert "市住房建设局" in page.text
    assert ACCOUNT not in page.text
    assert f"/regimes/{NETWORK}/#article-" in page.html


def test_what_was_not_approved_stays_inside(visitor, network):
    case_id = answered(network)
    run(network, HEAD, case_id, Reject(key=asked(network, case_id), text="依据没有写"))
    assert WORDS["public_answer"] not in visitor.get("/replies/").text


def test_who_does_not_agree_is_not_published(network):
    case_id = answered(network, reply_private=True)
    with pytest.raises(Refused, match="公开答复"):
        asked(network, case_id)


def test_a_reply_that_is_taken_back_is_gone_and_a_new_one_takes_its_place(visitor, network):
    case_id = published(network)
    run(network, CLERK, case_id, Perform(work="unpublish-reply", fields={"unpublished_why": "期限写错"}))
    assert WORDS["public_answer"] not in visitor.get("/replies/").text
    run(network, HEAD, case_id, Approve(key=asked(network, case_id, public_answer="十个工作日办完。")))
    assert "十个工作日办完。" in visitor.get("/replies/").text
    assert PublishedRow.objects.count() == 1


def test_the_projection_is_rebuilt_and_verified(network):
    published(network)
    assert verify(network) == []
    rebuild(network)
    assert verify(network) == []
    PublishedRow.objects.update(contents={"public_answer": "改过的答复"})
    assert [fault.message_zh for fault in verify(network)] == ["公开的答复与事件不符。"]


def test_older_replies_are_on_the_next_page_and_a_page_is_few_queries(visitor, network, django_assert_max_num_queries, monkeypatch):
    monkeypatch.setattr("huiyin.application.published_replies.SIZE", 1)
    for words in ("答复甲", "答复乙"):
        published(network, public_answer=words)
    first = published_replies(network)
    assert [row.contents["public_answer"] for row in first.items] == ["答复乙"]
    assert [row.contents["public_answer"] for row in published_replies(network, first.next).items] == ["答复甲"]
    assert "更早的" in visitor.get("/replies/").text
    assert "答复甲" in visitor.get(f"/replies/?after={first.next}").text
    with django_assert_max_num_queries(12):
        visitor.get("/replies/")


def test_a_made_up_page_is_said_to_be_wrong(visitor, network):
    page = visitor.get("/replies/?after=abc")
    assert page.status == 400
    assert "翻页位置无效" in page.text


def test_the_front_page_leads_there_where_a_regime_publishes_replies(visitor, network):
    assert "/replies/" in visitor.get("/").html


def test_the_front_page_says_nothing_of_it_elsewhere(visitor):
    assert "/replies/" not in visitor.get("/").html

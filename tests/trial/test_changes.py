"""Which changes are tried, where each stands, and what is left alone."""

import pytest

from huiyin.regime.loading import check_whole, read_whole
from huiyin.regime.source import parse
from huiyin.trial import changes_of

RICH = """\
regime: rich
title: 投诉制度
version: "1.0"
kinds: {complaint: 投诉}
articles: {"一": 条文。}
roles: {units: {office: 办公室}, posts: {director: 主任}}
intake:
  channels: {visit: 来访}
  evidence: {bill: {title: 票据, required: given(matter.amount), cite: "一"}}
  fields: {account: 经过, amount: {title: 金额, type: money}}
  required: [account]
severity: {levels: {general: 一般, major: 重大}, rules: {big: {when: matter.amount > 10, is: major, cite: "一"}}}
assessment: {rest: {outcome: accept, cite: "一"}}
routing: {rest: {to: office, cite: "一"}}
flow:
  reply:
    {title: 答复, by: office, after: assigned, marks: replied, rounds: 2, fields: {answer: 答复}, required: [answer],
     requires: [{that: given(facts.answer), otherwise: 请答复}], approval: director, cite: "一"}
  close: {title: 归档, by: office, after: [reply, reply.exhausted], marks: closed, share: 50%, cite: "一"}
acts:
  transfer: {allowed: false, cite: "一"}
  appeal: {by: complainant, open_for: 10 days after replied, at_most: 1, cite: "一"}
limits:
  reply: {from: received, to: reply, within: 5 workdays, extension: {add_up_to: 3 workdays, approval: director}, cite: "一"}
ladders: {default: [{at: 2 workdays before due, remind: office}, {at: due, tell: director}]}
notices: {told: {after: replied, to: director, text: 已答复, acknowledge: true, cite: "一"}}
corrective: {mend: {title: 整改, after: again, owner: office, within: 1 month, verified_by: director, cite: "一"}}
duties: {sum-up: {title: 分析, every: month, within: before month end, by: office, cite: "一"}}
watches: {again: {title: 多发, of: case.points > 0, per: category, over: 90 days, at_least: 3, tell: director, cite: "一"}}
commitments: {timely: {title: 按期, measure: timely-share, of: reply, at_least: 90%, over: quarter, cite: "一"}}
"""


@pytest.fixture
def rich():
    """The changes of a regime that has one of everything."""
    source = parse(RICH)
    report = check_whole(source, answers={}, tables={})
    assert report.regime is not None, [str(problem) for problem in report.errors]
    return source, list(changes_of(source, report.regime))


def test_one_change_for_everything_a_story_should_notice(rich):
    assert [str(change) for change in rich[1]] == [
        "intake.evidence.bill.required given(matter.amount) → （删去）",
        "intake.required[0] account → （删去）",
        "severity.rules.big {…} → （删去）",
        "severity.rules.big.when matter.amount > 10 → （删去）",
        "severity.rules.big.when matter.amount > 10 → matter.amount > 11",
        "severity.rules.big.when matter.amount > 10 → matter.amount > 9",
        "assessment.rest {…} → （删去）",
        "routing.rest {…} → （删去）",
        "flow.reply.rounds 2 → 3",
        "flow.reply.rounds 2 → 1",
        "flow.reply.required[0] answer → （删去）",
        "flow.reply.requires[0] {…} → （删去）",
        "flow.reply.approval director → （删去）",
        "flow.close.share 50% → 51%",
        "flow.close.share 50% → 49%",
        "acts.transfer.allowed false → （删去）",
        "acts.appeal.open_for 10 days after replied → 11 days after replied",
        "acts.appeal.open_for 10 days after replied → 9 days after replied",
        "acts.appeal.at_most 1 → 2",
        "limits.reply {…} → （删去）",
        "limits.reply.within 5 workdays → 6 workdays",
        "limits.reply.within 5 workdays → 4 workdays",
        "limits.reply.extension.add_up_to 3 workdays → 4 workdays",
        "limits.reply.extension.add_up_to 3 workdays → 2 workdays",
        "ladders.default[0] {…} → （删去）",
        "ladders.default[1] {…} → （删去）",
        "ladders.default[0].at 2 workdays before due → 3 workdays before due",
        "ladders.default[0].at 2 workdays before due → 1 workday before due",
        "notices.told {…} → （删去）",
        "notices.told.acknowledge true → （删去）",
        "corrective.mend {…} → （删去）",
        "corrective.mend.within 1 month → 2 months",
        "duties.sum-up {…} → （删去）",
        "duties.sum-up.every month → week",
        "duties.sum-up.every month → quarter",
        "watches.again {…} → （删去）",
        "watches.again.of case.points > 0 → case.points > 1",
        "watches.again.of case.points > 0 → case.points > -1",
        "watches.again.over 90 days → 91 days",
        "watches.again.over 90 days → 89 days",
        "watches.again.at_least 3 → 4",
        "watches.again.at_least 3 → 2",
        "commitments.timely {…} → （删去）",
        "commitments.timely.at_least 90% → 91%",
        "commitments.timely.at_least 90% → 89%",
        "commitments.timely.over quarter → month",
        "commitments.timely.over quarter → half-year",
    ]


BEYOND = """\
regime: beyond
title: 投诉制度
version: "1.0"
kinds: {complaint: 投诉}
articles: {"一": 条文。}
roles:
  units: {office: 办公室}
  posts: {director: 主任, chief: 负责人}
  outside: {maker: {title: 厂家, reached_by: link, sees: [matter.account, evidence.bill], link_for: 30 days}}
intake:
  channels: {visit: 来访}
  fields: {account: {title: 经过, required: true}}
  evidence:
    bill:
      {title: 票据, fields: {amount: {title: 金额, required: true}}, force: {dated: {title: 有日期, is: strong, cite: "一"}}, cite: "一"}
    goods: {title: 商品, physical: true}
    letter: {title: 检举信, sealed_for: director, cite: "一"}
  force: {strong: 强, none: {title: 不作证据, counts: false}}
assessment:
  elsewhere: {title: 不归我们管, when: "matter.account == '产品'", outcome: transfer, to: maker, cite: "一"}
  rest: {title: 受理, outcome: accept, cite: "一"}
transfers: {package: [statement], reveal: [complainant.phone], again: false, cite: "一"}
routing: {rest: {to: office, cite: "一"}}
flow:
  judge: {title: 审查, by: office, after: received, decides: assessment, cite: "一"}
  reply: {title: 答复, by: office, after: assigned, marks: replied, cite: "一"}
  check: {title: 复核, by: [office, director], other_than: reply, not_by: handling-unit, after: reply, cite: "一"}
  close: {title: 归档, by: office, after: [check, transfer-received], marks: closed, cite: "一"}
acts: {supervise: {by: director, orders: supervision, cite: "一"}}
orders:
  supervision:
    {title: 督办件, to: office, list: true, within: 5 workdays, latest: 9 workdays, accepted_by: giver, again: 2 workdays, cite: "一"}
accountability:
  heard: 3 workdays
  objection: {within: 5 workdays, approval: chief}
  measures: {study: {title: 学习, duty: {lasts: 2 weeks, within: 3 workdays, confirm: {by: director}}}}
  rules:
    late: {title: 逾期, after: supervision.overdue, against: handler, propose: {study: true}, approval: director, heard: none, cite: "一"}
"""


def test_what_concerns_others_outside_things_orders_and_persons_heard():
    source = parse(BEYOND)
    report = check_whole(source, answers={}, tables={})
    assert report.regime is not None, [str(problem) for problem in report.errors]
    tried = [str(change) for change in changes_of(source, report.regime)]
    of_these = ("roles", "intake", "transfers", "orders", "accountability", "flow.check")
    assert [change for change in tried if change.startswith(of_these)] == [
        "roles.outside.maker.sees[0] matter.account → （删去）",
        "roles.outside.maker.sees[1] evidence.bill → （删去）",
        "roles.outside.maker.link_for 30 days → 31 days",
        "roles.outside.maker.link_for 30 days → 29 days",
        "intake.fields.account.required true → （删去）",
        "intake.evidence.bill.fields.amount.required true → （删去）",
        "intake.evidence.bill.force.dated {…} → （删去）",
        "intake.evidence.goods.physical true → （删去）",
        "intake.evidence.letter.sealed_for director → （删去）",
        "transfers.package[0] statement → （删去）",
        "transfers.reveal[0] complainant.phone → （删去）",
        "transfers.again false → true",
        "flow.check.other_than reply → （删去）",
        "flow.check.not_by handling-unit → （删去）",
        "accountability.heard 3 workdays → （删去）",
        "accountability.heard 3 workdays → 4 workdays",
        "accountability.heard 3 workdays → 2 workdays",
        "accountability.objection {…} → （删去）",
        "accountability.objection.within 5 workdays → 6 workdays",
        "accountability.objection.within 5 workdays → 4 workdays",
        "accountability.measures.study.duty {…} → （删去）",
        "accountability.measures.study.duty.lasts 2 weeks → 3 weeks",
        "accountability.measures.study.duty.lasts 2 weeks → 1 week",
        "accountability.measures.study.duty.within 3 workdays → 4 workdays",
        "accountability.measures.study.duty.within 3 workdays → 2 workdays",
        "accountability.measures.study.duty.confirm {…} → （删去）",
        "accountability.rules.late {…} → （删去）",
        "accountability.rules.late.heard none → （删去）",
        "orders.supervision.list true → （删去）",
        "orders.supervision.within 5 workdays → 6 workdays",
        "orders.supervision.within 5 workdays → 4 workdays",
        "orders.supervision.latest 9 workdays → 10 workdays",
        "orders.supervision.latest 9 workdays → 8 workdays",
        "orders.supervision.accepted_by giver → （删去）",
        "orders.supervision.again 2 workdays → 3 workdays",
        "orders.supervision.again 2 workdays → 1 workday",
    ]


def test_a_change_leaves_the_regime_it_was_made_from_alone(rich):
    source, changes = rich
    before = parse(RICH).data
    for change in changes:
        changed = change.applied(source.data)
        assert changed != before
    assert source.data == before


def test_every_change_knows_its_line(rich):
    lines = RICH.splitlines()
    within = [change for change in rich[1] if change.where == "limits.reply.within"]
    assert all("within: 5 workdays" in lines[change.line - 1] for change in within)
    assert len(within) == 2


def test_settings_that_nothing_reads_yet_are_left_alone(folder):
    source = read_whole(folder)
    report = check_whole(source, answers={}, tables={})
    tried = {change.where for change in changes_of(source, report.regime)}
    assert "settings.mark.default" in tried
    assert not {"settings.keep.default", "records.all"} & tried


VARIANT = """\
regime: branch
title: 分院投诉制度
version: "1.0"
extends: rich
limits: {reply: {within: 3 workdays}}
acts: {appeal: {at_most: 2}}
watches: {late: {title: 逾期多发, per: category, over: month, at_least: 4, tell: director, cite: "一"}}
"""


def test_of_a_variant_only_what_its_own_file_states(tmp_path):
    for name, text in (("rich", RICH), ("branch", VARIANT)):
        (tmp_path / f"{name}.yaml").write_text(text, encoding="utf-8")
    source = read_whole(tmp_path / "branch.yaml")
    report = check_whole(source, answers={}, tables={})
    assert report.regime is not None, [str(problem) for problem in report.errors]
    assert [str(change) for change in changes_of(source, report.regime)] == [
        "acts.appeal.at_most 2 → 3",
        "acts.appeal.at_most 2 → 1",
        "limits.reply.within 3 workdays → 4 workdays",
        "limits.reply.within 3 workdays → 2 workdays",
        "watches.late {…} → （删去）",
        "watches.late.over month → week",
        "watches.late.over month → quarter",
        "watches.late.at_least 4 → 5",
        "watches.late.at_least 4 → 3",
    ]

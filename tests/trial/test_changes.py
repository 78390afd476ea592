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

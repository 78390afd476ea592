"""What a story leaves behind of the rules at work in it: taken from events and refusals, never assumed."""

import pytest

from huiyin.scenarios.running import run_stories
from huiyin.scenarios.script import read_script

REGIME = """\
regime: desk
title: 窗口投诉制度
version: "1.0"
kinds: {complaint: 投诉, report: 举报}
articles: {"一": 统一受理，五个工作日内答复，最多延长五个工作日。}
settings: {mark: {title: 须主任批准的金额, type: money, default: 1000}}
tables: {remit: {title: 分工, key: 类别, columns: {unit: {title: 科室, type: unit}}}}
roles:
  units: {office: 办公室, section: {title: 科室, many: true}}
  posts: {director: 主任}
intake:
  channels: {visit: 来访, phone: 来电}
  fields: {account: 经过, amount: {title: 金额, type: money}}
  required: [account]
assessment: {all: {outcome: accept, cite: "一"}}
routing:
  remit: {when: "in_table('remit', case.channel)", to: section, pick: "lookup('remit', case.channel, 'unit')", cite: "一"}
  rest: {to: office, cite: "一"}
flow:
  reply: {title: 答复, by: [office, section], after: assigned, marks: replied, approval: big, fields: {answer: 答复}, cite: "一"}
  thank: {title: 致谢, by: office, after: reply, when: given(matter.amount), cite: "一"}
  close: {title: 归档, by: office, after: thank, marks: closed, produces: slip, cite: "一"}
acts:
  transfer: {allowed: false, cite: "一"}
limits:
  reply: {title: 答复, from: received, to: reply, within: 5 workdays, cite: "一", ladder: late,
    extension: {add_up_to: 5 workdays, approval: director, cite: "一"}}
ladders: {late: [{at: due, tell: director}]}
approvals: {big: {title: 金额较大, stages: [{by: director, when: given(matter.amount) && matter.amount > settings.mark}]}}
forms: {slip: {title: 回执, signed_by: [office]}}
guidance: {kind: {at: reply, channel: phone, say: [先道歉], cite: "一"}}
confidentiality: {reports: {title: 举报保密, when: "case.kind == 'report'", see: [office], cite: "一"}}
"""
FILED = "{at: 2026-09-28 09:00, office: file, kind: complaint, channel: visit, account: 排队太久}"


@pytest.fixture
def fired(tmp_path):
    """fired(line, line, …) is what was at work in a story of these lines."""
    (tmp_path / "regime.yaml").write_text(REGIME, encoding="utf-8")

    def play(*lines, given=""):
        steps = "".join(f"    - {line}\n" for line in lines)
        file = tmp_path / "scenarios.yaml"
        file.write_text(f"regime: desk\nstories:\n- story: 试\n{given}  steps:\n{steps}", encoding="utf-8")
        (story,) = run_stories(read_script(file), tmp_path).stories
        assert story.failure == ""
        return story.fired

    return play


def test_filing_uses_kind_channel_fields_and_what_follows(fired):
    found = fired(FILED)
    assert {"kinds.complaint", "intake.channels.visit", "intake.fields.account", "roles.office"} <= found
    assert {"assessment.all", "routing.rest", "flow.reply", "limits.reply", "limits.reply.within.0"} <= found
    assert not {"intake.channels.phone", "intake.fields.amount", "limits.reply.extension", "flow.close"} & found


def test_work_uses_its_step_its_fields_and_the_paper_it_produces(fired):
    found = fired(
        FILED,
        "{at: 2026-09-28 10:00, office: reply, answer: 增开窗口}",
        "{at: 2026-09-28 11:00, office: close}",
    )
    assert {"flow.reply.fields.answer", "flow.thank.when", "flow.close.produces", "forms.slip"} <= found
    assert "approvals.big" not in found
    assert "flow.thank" not in found


def test_an_approval_is_at_work_only_where_somebody_is_asked(fired):
    found = fired(
        FILED.replace("account:", "amount: 2000, account:"),
        "{at: 2026-09-28 10:00, office: reply}",
        "{at: 2026-09-28 11:00, director: approve}",
    )
    assert {"approvals.big", "flow.reply.approval", "roles.director", "settings.mark", "flow.thank"} <= found


def test_more_time_is_at_work_when_it_is_granted_and_when_it_is_refused(fired):
    asked = "{at: 2026-09-29 09:00, office: extend, limit: reply, workdays: 3}"
    granted = fired(FILED, asked, "{at: 2026-09-29 10:00, director: approve}", "{expect: {happened: extended}}")
    refused = fired(FILED, asked.replace("workdays: 3", "workdays: 9"), "{expect: {refused: too-long}}")
    assert "limits.reply.extension" in granted
    assert "limits.reply.extension.add_up_to" in refused


def test_a_ladder_is_at_work_when_a_rung_is_reached(fired):
    late = fired(FILED, "{at: 2026-10-20 09:00, system: wait}")
    assert {"ladders.late", "limits.reply.ladder", "roles.director"} <= late
    assert "ladders.late" not in fired(FILED)


def test_a_refusal_is_the_work_of_what_forbids_it(fired):
    assert "acts.transfer.allowed" in fired(
        FILED, "{at: 2026-09-28 10:00, office: transfer, to: section}", "{expect: {refused: forbidden-here}}"
    )
    assert "flow.close.after" in fired(
        FILED, "{at: 2026-09-28 10:00, office: close}", "{expect: {refused: not-open-now}}"
    )
    assert "approvals.big.stages" in fired(
        FILED.replace("account:", "amount: 2000, account:"),
        "{at: 2026-09-28 10:00, office: reply}",
        "{at: 2026-09-28 11:00, office: approve}",
        "{expect: {refused: not-yours}}",
    )
    missing = fired(FILED.replace(", account: 排队太久", ""), "{expect: {refused: missing-field}}")
    assert {"intake.required", "intake.fields.account"} <= missing
    assert "kinds.complaint" not in missing


def test_a_table_is_at_work_when_it_is_looked_up(fired):
    given = "  given: {units: {section: [收费科]}, tables: {remit: {visit: {unit: 收费科}}}}\n"
    assert {"tables.remit", "routing.remit"} <= fired(FILED, given=given)


def test_advice_is_at_work_with_its_step_in_its_channel(fired):
    assert "guidance.kind" in fired(FILED.replace("visit", "phone"))
    assert "guidance.kind" not in fired(FILED)


def test_confidentiality_is_at_work_where_somebody_looked_and_the_rule_holds(fired):
    report = FILED.replace("complaint", "report")
    assert "confidentiality.reports" in fired(report, "{expect: {hides: {section: [matter.account]}}}")
    assert "confidentiality.reports" not in fired(report)
    assert "confidentiality.reports" not in fired(FILED, "{expect: {sees: {office: [matter.account]}}}")

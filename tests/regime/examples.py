"""A small regime that checks clean, and a way to spoil it at a marked place."""

from pathlib import Path
from typing import Any, NamedTuple

from huiyin.regime import Report, check

SMALL = """\
regime: small
title: 投诉处理制度
version: "1"
kinds: {complaint: 投诉}
articles: {"一": 首接登记。, "二": 分派。, "三": 十五个工作日内办结。, "四": 处罚。}
roles:
  units: {office: 投诉办, ward: {title: 科室, many: true}}
  posts: {director: 主任}
settings:
  mark: {title: 大额标准, type: money, default: 1000}
intake:
  channels: {phone: 电话, visit: 来访}
  fields:
    account: {title: 经过, type: long-text, required: true}
    subject: {title: 类别, type: choice, choices: {fee: 收费, service: 服务}, required: true}
    harm: {title: 造成损害, type: yes-no}
severity:
  levels: {general: 一般, major: 重大}
  rules:
    harmed: {title: 有损害, when: matter.harm, is: major, cite: "二"}
assessment:
  again: {title: 重复投诉, when: "earlier('same-matter', 'open') >= 1", outcome: merge, cite: "一"}
  rest: {title: 受理, outcome: accept, cite: "一"}
routing:
  grave: {title: 重大, when: "case.severity == 'major'", to: office, cite: "二"}
  rest: {title: 其余, to: ward, cite: "二"}
flow:
  register: {title: 登记, by: office, after: received, marks: registered, decides: assessment, cite: "一"}
  assign: {title: 分派, by: office, after: accepted, decides: routing, cite: "二"}
  verify:
    title: 核实
    by: handler
    after: assign
    fields: {refund: {title: 退费, type: money}, cause: {title: 原因, type: choice, choices: {ours: 我方, other: 其他}}}
    required: [refund, cause]
    outcomes: {founded: 属实, unfounded: 不属实}
    marks: concluded
    cite: "三"
  plan: {title: 方案, by: handler, after: "verify:founded", approval: big, cite: "三"}
  reply: {title: 答复, by: office, after: [plan, "verify:unfounded"], marks: replied, produces: letter, asks: opinion, cite: "三"}
  close: {title: 归档, by: office, after: [reply, merged], marks: closed, cite: "三"}
acts:
  extra: {title: 专家会诊, by: director, cite: "三"}
limits:
  conclude: {title: 办结, from: assign, to: reply, within: 15 workdays, extension: {add_up_to: 10 workdays, approval: office}, cite: "三"}
ladders:
  default: [{at: 1 workday before due, remind: handler}]
approvals:
  big: {title: 大额审批, stages: [{by: director, when: facts.refund > settings.mark}]}
forms: {letter: {title: 答复书, to: complainant}}
questionnaires: {opinion: {title: 意见, questions: {result: 结果}, satisfied: answers.result >= 3}}
accountability:
  measures: {fine: {title: 罚款, unit: 元, ledger: fines}}
  ledgers: {fines: {title: 罚款台账, of: person, unit: 元, kept_by: office}}
  heard: 3 workdays
  objection: {within: 5 workdays, approval: office}
  rules:
    rude: {title: 态度恶劣, after: "verify:founded", against: respondent, propose: {fine: 200..500}, approval: director, cite: "四"}
"""

MARK = "¦"
"""Stands before the place a problem should point at."""


class Spoiled(NamedTuple):
    """A report, and the marked place as `line:column`."""

    report: Report
    place: str

    def at_place(self) -> list[str]:
        """Codes of the problems reported exactly at the mark."""
        return [problem.code for problem in self.report.problems if f"{problem.line}:{problem.column}" == self.place]


def checked(folder: Path, text: str, **how: Any) -> Report:
    """The report on a text."""
    file = folder / "regime.yaml"
    file.write_text(text, encoding="utf-8")
    return check(file, **how)


def spoiled(folder: Path, old: str, new: str, **how: Any) -> Spoiled:
    """The small regime with `old` replaced by `new`, which may hold the mark."""
    assert SMALL.count(old) == 1, f"{old!r} must occur once"
    marked = SMALL.replace(old, new)
    before, _, _after = marked.partition(MARK)
    place = f"{before.count(chr(10)) + 1}:{len(before) - before.rfind(chr(10))}" if MARK in marked else ""
    return Spoiled(checked(folder, marked.replace(MARK, ""), **how), place)

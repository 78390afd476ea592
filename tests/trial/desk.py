"""A small regime with stories that know some of its rules and not others."""

REGIME = """\
regime: desk
title: 窗口投诉制度
version: "1.0"
kinds: {complaint: 投诉}
articles: {"一": 统一受理，五个工作日内答复。}
roles: {units: {office: 办公室}, posts: {director: 主任}}
settings:
  mark: {title: 须主任批准的金额, type: money, default: 1000}
  keep: {title: 保存期限, type: limit, default: 1 year}
intake: {channels: {visit: 来访}, fields: {account: {title: 经过, required: true}, amount: {title: 金额, type: money}}}
assessment: {all: {outcome: accept, cite: "一"}}
routing: {all: {to: office, cite: "一"}}
flow:
  reply: {title: 答复, by: office, after: assigned, marks: replied, approval: big, cite: "一"}
  close: {title: 归档, by: office, after: reply, marks: closed, cite: "一"}
limits: {reply: {title: 答复, from: received, to: reply, within: 5 workdays, cite: "一"}}
approvals: {big: {title: 大额, stages: [{by: director, when: given(matter.amount) && matter.amount > settings.mark}]}}
records: {all: {title: 全部资料, keep: $keep, cite: "一"}}
"""

STORIES = """\
regime: desk
stories:
- story: 五个工作日内答复
  steps:
    - {at: 2026-08-24 09:00, office: file, account: 多收了钱, amount: 1001}
    - {expect: {due: {reply: 2026-08-31}, decided: {assessment: all}}}
    - {at: 2026-08-25 09:00, office: reply}
    - {expect: {not_happened: replied, owes: {director: [reply]}}}
    - {at: 2026-08-25 10:00, director: approve}
    - {expect: {happened: replied}}
- story: 金额不大的不用批准
  steps:
    - {at: 2026-08-24 09:00, office: file, account: 多收了钱, amount: 900}
    - {at: 2026-08-25 09:00, office: reply}
    - {expect: {happened: replied}}
"""

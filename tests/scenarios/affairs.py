"""A small regime with a duty, a watch, corrective actions and a promise, and a way to play one story under it."""

from pathlib import Path

from huiyin.scenarios import run_folder

REGIME = """\
regime: clinic
title: 门诊投诉制度
version: "1"
kinds: {complaint: 投诉}
articles: {"一": 登记办理。, "二": 意见箱每周开一次。, "三": 每月分析。, "四": 三件以上整改。, "五": 十日内办结九成以上。, "六": 逾期扣分。}
governance: {issuer: 青屿门诊, revise_every: year, revised_by: office}
roles:
  units: {office: 投诉办, ward: {title: 科室, many: true}}
  posts: {director: 院长, leader: 分管院长}
intake:
  channels: {phone: 电话, box: {title: 意见箱, locations: [门诊, 住院部]}}
  anonymous: taken
  fields:
    account: {title: 经过, type: long-text, required: true}
    subject: {title: 类别, type: choice, choices: {fee: 收费, service: 服务}}
categories: {fee: 收费, service: 服务}
routing: {rest: {title: 其余, to: ward, cite: "一"}}
flow:
  register: {title: 登记, by: office, after: received, marks: registered, decides: routing, cite: "一"}
  verify: {title: 核实, by: handler, after: register, outcomes: {founded: 属实, unfounded: 不属实}, cite: "一"}
  wait-for-measures: {title: 等待整改, by: handler, after: improve.effective, cite: "四"}
  reply: {title: 答复, by: handler, after: verify, marks: [concluded, replied], cite: "一"}
  close: {title: 归档, by: office, after: reply, marks: closed, cite: "一"}
limits:
  conclude: {title: 办结, from: received, to: concluded, within: 10 days, cite: "五"}
  measured: {title: 整改完成, from: improve.opened, to: improve.effective, within: 20 days, by: handler, cite: "四"}
ladders: {default: [{at: due, tell: director}]}
notices:
  overdue-box: {title: 意见箱没有开, after: open-boxes.overdue, to: director, cite: "二"}
  good: {title: 整改有效, after: improve.effective, to: director, cite: "四"}
accountability:
  measures: {score: {title: 绩效分, unit: 分}, praise: {title: 表扬, reward: true}}
  rules:
    lazy: {title: 未按时开箱, after: open-boxes.overdue, against: handler, propose: {score: -2}, approval: director, cite: "六"}
    spotless: {title: 全年无投诉, after: clean-year, against: ward, propose: {praise: true}, approval: director, cite: "四"}
corrective:
  improve: {title: 整改, after: ["verify:founded"], owner: ward, verified_by: office, within: 1 month, cite: "四"}
  group: {title: 集中整改, after: [same-ward, analysis], owner: ward, approval: director, verified_by: office, within: 1 month, cite: "四"}
duties:
  open-boxes: {title: 开意见箱, every: week, per: location, files: box, by: office, with: ward, cite: "二"}
  analysis: {title: 月度分析, every: month, by: office, fields: {weak: {title: 薄弱环节}}, required: [weak], cite: "三"}
  recheck: {title: 复查, after: "improve.effective", within: 5 workdays, by: office, cite: "四"}
  training: {title: 岗前培训, after: post-taken, within: 2 months, by: office, trains: leader, cite: "一"}
  hand-out: {title: 印发本制度, after: published, within: 5 workdays, by: office, cite: "一"}
  audit:
    title: 专项检查
    after: series
    by: office
    within: 30 days
    cite: "四"
    steps:
      plan: {title: 制定方案, fields: {scope: {title: 检查范围}}, required: [scope], approval: leader, within: 5 days}
      inspect: {title: 现场检查, by: [office, ward], fields: {found: {title: 查明的情况}}, outcomes: {faults: 有问题, sound: 没有问题}}
      order: {title: 责令改正, when: "happened('audit:faults')", fields: {demand: {title: 改正要求}}, required: [demand]}
watches:
  series: {title: 同科室同类多发, of: "happened('verify:founded')", per: [ward, category], over: 90 days, at_least: 2, cite: "四"}
  same-ward: {title: 同科室多发, of: "happened('verify:founded')", per: ward, over: 90 days, at_least: 2, tell: office, cite: "四"}
  clean-year: {title: 全年无投诉, of: "happened('verify:founded')", per: ward, over: calendar year, at_most: 0, tell: office, cite: "四"}
  surge: {title: 激增, per: category, over: 7 days, at_least: 2, growth: 100%, tell: leader, cite: "四"}
  untouched: {title: 五日无人办理, of: "days(case.touched_at, now) >= 5 && !happened('closed')", per: case,
    tell: office, cite: "四"}
  left-behind: {title: 承办人已离岗, of: "case.handler_gone && !happened('closed')", per: case, tell: office, cite: "四"}
commitments:
  timely: {title: 按期办结率, measure: timely-share, of: conclude, at_least: 90%, over: quarter, owner: office, cite: "五"}
"""

UNITS = (
    "units: {ward: [内科, 外科]}, staff: {文主任: {role: office, unit: office}, 易科员: {role: office, unit: office}}"
)


def play(folder: Path, steps: str, since: str = "", published: str = "") -> str:
    """Play one story; gives its failure, empty when it passed."""
    days = "".join(f", {name}: {day}" for name, day in (("since", since), ("published", published)) if day)
    given = f"{UNITS}{days}"
    (folder / "regime.yaml").write_text(REGIME, encoding="utf-8")
    lines = "".join(f"    - {line.strip()}\n" for line in steps.splitlines() if line.strip())
    text = f"regime: clinic\nstories:\n- story: 试一试\n  given: {{{given}}}\n  steps:\n{lines}"
    (folder / "scenarios.yaml").write_text(text, encoding="utf-8")
    (story,) = run_folder(folder).stories
    return story.failure

"""A small regime with two stories, and an inventory of four facts and one figure."""

import pytest

from huiyin.coverage import check_coverage
from huiyin.coverage.inventories import Fact, Inventory

REGIME = """\
regime: desk
title: 窗口投诉制度
version: "1.0"
kinds: {complaint: 投诉}
articles: {"一": 统一受理，五个工作日内答复，最多延长五个工作日。}
roles: {units: {office: 办公室}, posts: {director: 主任}}
intake: {channels: {visit: 来访, phone: 来电}, fields: {account: 经过}}
assessment: {all: {outcome: accept, cite: "一"}}
routing: {all: {to: office, cite: "一"}}
flow:
  receive: {title: 接待, by: office, after: received, marks: registered, cite: "一"}
  reply: {title: 答复, by: office, after: assigned, marks: replied, approval: director, cite: "一"}
  close: {title: 归档, by: office, after: reply, marks: closed, cite: "一"}
limits:
  reply: {title: 答复, from: received, to: reply, within: 5 workdays, cite: "一",
    extension: {add_up_to: 5 workdays, approval: director, cite: "一"}}
records: {all: {title: 全部资料, keep: 1 year, cite: "一"}}
"""

STORIES = """\
regime: desk
stories:
- story: 来访的当天答复
  steps:
    - {at: 2026-09-28 09:00, office: file, channel: visit, account: 排队太久}
    - {at: 2026-09-28 09:10, office: receive}
    - {at: 2026-09-28 15:00, office: reply}
    - {at: 2026-09-28 16:00, director: approve}
    - {expect: {happened: replied}}
- story: 来电的延长后答复
  steps:
    - {at: 2026-09-28 09:00, office: file, channel: phone, account: 排队太久}
    - {at: 2026-09-28 09:10, office: receive}
    - {at: 2026-09-29 09:00, office: extend, limit: reply, workdays: 3}
    - {at: 2026-09-29 10:00, director: approve}
    - {expect: {happened: extended}}
"""

GOOD = """\
regime: desk
inventory: T-1
facts:
  1: {by: [flow.receive, roles.office], story: 来访的}
  2: {by: limits.reply.extension, story: [来电的延长后答复]}
  3: {information: 说明性文字，没有可执行的要求}
  4: {planned: archive-retention, note: 保存期限由档案功能执行}
figures:
  1: {by: limits.reply.within, story: 来访的当天答复}
"""

INVENTORY = Inventory(
    "T-1",
    "窗口投诉制度",
    tuple(Fact("一", (need,)) for need in ("intake-channels", "extension", "governance", "archive-retention")),
    figures=1,
)


@pytest.fixture
def check(tmp_path, monkeypatch):
    """check(text) is the report on a coverage file with this text beside the small regime."""
    monkeypatch.setattr("huiyin.coverage.checking.inventories", lambda: {"T-1": INVENTORY})
    folder = tmp_path / "packs" / "desk"
    folder.mkdir(parents=True)
    (tmp_path / "tests").mkdir()
    (tmp_path / "tests" / "test_desk.py").write_text("def test_numbers():\n    pass\n", encoding="utf-8")
    (folder / "regime.yaml").write_text(REGIME, encoding="utf-8")
    (folder / "scenarios.yaml").write_text(STORIES, encoding="utf-8")

    def write(text):
        (folder / "coverage.yaml").write_text(text, encoding="utf-8")
        return check_coverage("desk", folder)

    return write


@pytest.fixture
def good():
    """A coverage file in order, for tests to spoil."""
    return GOOD

"""huiyin calendar due."""

import json

import pytest


@pytest.mark.parametrize(("start", "limit", "due"), [
    ("2026-09-28 15:00", "15 workdays", "2026-10-23"),        # 国庆七天，10月10日补班
    ("2026-09-28 09:26", "10 workdays", "2026-10-16"),
    ("2026-10-23", "10 workdays", "2026-11-06"),
    ("2026-01-31", "1 month", "2026-02-28"),
    ("2026-03-02", "1 workday", "2026-03-03"),
    ("2026-09-28 15:00", "4 hours", "2026-09-28 19:00"),
    ("2026-09-28 15:00:30", "30 minutes", "2026-09-28 15:30:30"),
    ("2026-09-28T15:00", "24 hours", "2026-09-29T15:00"),
    ("2026-09-28T07:00+00:00", "24 hours", "2026-09-29T07:00+00:00"),
    ("2026-09-28T18:00+00:00", "same day", "2026-09-29"),     # in Beijing it is the 29th already
    ("2026-09-30 17:00", "next workday start", "2026-10-08 00:00"),
    ("2026-10-03", "same workday", "2026-10-08"),
    ("2026-09-28 15:00", "at once", "2026-09-28 15:00"),
    ("2026-09-28", "before month end", "2026-09-30"),
])
def test_one_due_time(huiyin, start, limit, due):
    answer = huiyin("calendar", "due", start, limit)
    assert (answer.code, answer.out, answer.err) == (0, f"{due}\n", "")


def test_why_this_day(huiyin):
    answer = huiyin("calendar", "due", "2026-09-28 15:00", "15 workdays", "--explain")
    assert answer.lines[0] == "2026-10-23"
    assert "国庆7天" in answer.out
    assert "补班" in answer.out


def test_a_year_without_published_holidays_is_said_so(huiyin):
    answer = huiyin("calendar", "due", "2026-12-30", "5 workdays")
    assert (answer.code, answer.out) == (0, "2027-01-06\n")
    assert "暂定" in answer.err


def test_as_json(huiyin):
    answer = huiyin("calendar", "due", "2026-12-30", "5 workdays", "--json")
    assert json.loads(answer.out) == {
        "start": "2026-12-30", "limit": "5 workdays", "due": "2027-01-06", "provisional": True
    }


@pytest.mark.parametrize(("words", "said"), [
    (["2026-13-28", "1 day"], "2026-13-28"),
    (["2026-09-28", "15个工作日"], "15 workdays"),
    (["2026-09-28", "promptly"], "15 workdays"),
    (["2026-09-28", "at matter.appointment"], "15 workdays"),
    (["2026-09-28", "900 years"], "1970 至 2149"),
    (["2026-09-28", "0 days"], "大于 0"),
    (["2026-09-28"], "开始时间和时限"),
    (["2026-09-28", "1 day", "--calendar", "jp"], "cn"),
    (["2026-09-28", "1 day", "--batch", "x.csv"], "只能用一种"),
    (["--batch", "no-such-file.csv"], "no-such-file.csv"),
    (["2026-09-28", "1 day", "again"], "again"),
])
def test_bad_usage_says_how_to_mend_it(huiyin, words, said):
    answer = huiyin("calendar", "due", *words)
    assert answer.code == 2
    assert answer.out == ""
    assert said in answer.err


def test_a_file_of_questions(huiyin, tmp_path):
    file = tmp_path / "starts.csv"
    file.write_text("start,limit\n2026-09-28 15:00,15 workdays\n2026-09-28 15:00,4 hours\n", encoding="utf-8")
    answer = huiyin("calendar", "due", "--batch", str(file))
    assert answer.code == 0
    assert answer.lines == [
        "start,limit,due", "2026-09-28 15:00,15 workdays,2026-10-23", "2026-09-28 15:00,4 hours,2026-09-28 19:00"
    ]


def test_columns_may_stand_anywhere_and_spreadsheets_may_add_a_mark_at_the_front(huiyin, tmp_path):
    file = tmp_path / "starts.csv"
    file.write_bytes("备注,limit,start\r\n国庆,15 workdays,2026-09-28\r\n\r\n".encode("utf-8-sig"))
    assert huiyin("calendar", "due", "--batch", str(file)).lines[1:] == ["2026-09-28,15 workdays,2026-10-23"]


def test_a_bad_row_is_reported_with_its_line_and_the_others_are_answered(huiyin, tmp_path):
    file = tmp_path / "starts.csv"
    file.write_text("start,limit\n2026-09-28,1 workday\n上周一,3 days\n2026-09-28\n2026-09-29,1 workday\n", encoding="utf-8")
    answer = huiyin("calendar", "due", "--batch", str(file))
    assert answer.code == 1
    assert answer.lines[1:] == [
        "2026-09-28,1 workday,2026-09-29", "上周一,3 days,", "2026-09-28,,", "2026-09-29,1 workday,2026-09-30"
    ]
    assert f"{file}:3：开始时间“上周一”看不懂" in answer.err
    assert f"{file}:4：缺少" in answer.err
    assert "2 行有误" in answer.err


def test_a_file_of_questions_as_json_keeps_the_bad_rows(huiyin, tmp_path):
    file = tmp_path / "starts.csv"
    file.write_text("start,limit\n2026-09-28,1 workday\n2026-09-28,bald\n", encoding="utf-8")
    answer = huiyin("calendar", "due", "--batch", str(file), "--json")
    good, bad = json.loads(answer.out)
    assert answer.code == 1
    assert good["due"] == "2026-09-29"
    assert (bad["due"], bad["line"]) == (None, 3)


@pytest.mark.parametrize("content", [b"", "开始,时限\n2026-09-28,1 day\n".encode(), b"start,limit\n\xff\xff\xff"])
def test_a_file_that_is_none_of_ours_is_refused(huiyin, tmp_path, content):
    file = tmp_path / "starts.csv"
    file.write_bytes(content)
    answer = huiyin("calendar", "due", "--batch", str(file))
    assert answer.code == 2
    assert str(file) in answer.err


def test_without_django_and_quickly(huiyin_process):
    answer = huiyin_process("calendar", "due", "2026-09-28", "1 day", PYTHONPROFILEIMPORTTIME="1")
    imported = {line.rsplit("|", 1)[-1].strip() for line in answer.err.splitlines() if line.startswith("import time:")}
    assert answer.out == "2026-09-29\n"
    assert "huiyin.calendars.calendar" in imported
    assert imported.isdisjoint({"django", "pydantic", "yaml", "huiyin.regime", "huiyin.site.settings"})

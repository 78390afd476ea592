"""A list of due times says which of them are provisional."""

from huiyin.cli import main


def test_lines_that_reach_an_unpublished_year_are_named(tmp_path, capsys):
    rows = tmp_path / "rows.csv"
    rows.write_text("start,limit\n2026-09-28,15 workdays\n2026-12-25,10 workdays\n", encoding="utf-8")
    assert main(["calendar", "due", "--batch", str(rows)]) == 0
    written = capsys.readouterr()
    assert written.out.splitlines()[2] == "2026-12-25,10 workdays,2027-01-08"
    assert "第 3 行" in written.err
    assert "第 2 行" not in written.err

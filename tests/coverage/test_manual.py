"""The manual's example of a coverage file reads without a word about its form."""

import re
from pathlib import Path

from huiyin.coverage.reading import read_coverage

MANUAL = Path(__file__).parents[2] / "docs" / "regime-language.md"


def test_the_example_is_well_formed(tmp_path):
    (example,) = re.findall(r"```yaml coverage\n(.*?)```", MANUAL.read_text(encoding="utf-8"), re.DOTALL)
    file = tmp_path / "coverage.yaml"
    file.write_text(example, encoding="utf-8")
    coverage = read_coverage(file)
    assert coverage.problems == ()
    assert sorted(coverage.of("facts")) == [1, 7, 9, 28]
    assert sorted(coverage.of("figures")) == [1]


def test_the_example_of_explained_changes_is_well_formed(tmp_path):
    (example,) = re.findall(r"```yaml trial\n(.*?)```", MANUAL.read_text(encoding="utf-8"), re.DOTALL)
    file = tmp_path / "coverage.yaml"
    file.write_text(example, encoding="utf-8")
    coverage = read_coverage(file)
    assert coverage.problems == ()
    assert list(coverage.trial) == ["settings.refund_mark.default → 999", "ladders.default[0]"]

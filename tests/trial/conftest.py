"""The folder of the small regime."""

import pytest
from tests.trial.desk import REGIME, STORIES


@pytest.fixture
def folder(tmp_path):
    """A regime with stories that know some of its rules and not others."""
    (tmp_path / "regime.yaml").write_text(REGIME, encoding="utf-8")
    (tmp_path / "scenarios.yaml").write_text(STORIES, encoding="utf-8")
    return tmp_path

"""Keys are made once, readable by the owner alone, and never silently replaced."""

import stat
from concurrent.futures import ThreadPoolExecutor

import pytest

from huiyin.site.keys import KeyFileError, load_or_create_key


def test_a_key_is_made_once_and_read_ever_after(tmp_path):
    first = load_or_create_key(tmp_path, "site")
    assert len(first) == 32
    assert load_or_create_key(tmp_path, "site") == first
    assert load_or_create_key(tmp_path, "parties") != first


def test_only_the_owner_may_read_it(tmp_path):
    load_or_create_key(tmp_path, "site")
    assert stat.S_IMODE((tmp_path / "keys" / "site.key").stat().st_mode) == 0o600
    assert stat.S_IMODE((tmp_path / "keys").stat().st_mode) == 0o700


def test_many_starting_at_once_agree_on_one_key(tmp_path):
    with ThreadPoolExecutor(8) as people:
        keys = set(people.map(lambda _: load_or_create_key(tmp_path, "site"), range(40)))
    assert len(keys) == 1
    assert [path.name for path in (tmp_path / "keys").iterdir()] == ["site.key"]


@pytest.mark.parametrize("content", ["", "abc", "zz" * 32, "ab" * 31])
def test_a_damaged_key_is_reported_and_left_alone(tmp_path, content):
    (tmp_path / "keys").mkdir()
    (tmp_path / "keys" / "site.key").write_text(content)
    with pytest.raises(KeyFileError, match=r"site\.key"):
        load_or_create_key(tmp_path, "site")
    assert (tmp_path / "keys" / "site.key").read_text() == content

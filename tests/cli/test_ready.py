"""What an operator reads when the database cannot be used."""

from django.db import OperationalError

from huiyin.commands_line.ready import known_trouble

STANDBYS = 'connection failed: connection to server at "10.0.0.12", port 5432 failed: session is read-only'


def test_standbys_alone_are_no_matter_of_file_permissions(settings, monkeypatch):
    monkeypatch.setitem(settings.DATABASES["default"], "ENGINE", "huiyin.site.postgresql")
    shown = known_trouble(OperationalError(STANDBYS))
    assert "没有可以写的主库" in shown
    assert "文件权限" not in shown


def test_a_file_that_may_not_be_written_is(settings, monkeypatch):
    monkeypatch.setitem(settings.DATABASES["default"], "ENGINE", "django.db.backends.sqlite3")
    assert "请检查文件权限" in known_trouble(OperationalError("attempt to write a readonly database"))

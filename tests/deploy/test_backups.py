"""What docs/deployment.md says about backups, done: another folder and another database hold everything afterwards."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest
from soak.installation import Installation
from tests.postgres import Cluster, programs

pytestmark = pytest.mark.slow
PROJECT = Path(__file__).parents[2]


def said(title):
    """The commands below a heading of the document."""
    text = (PROJECT / "docs" / "deployment.md").read_text(encoding="utf-8")
    section = re.search(rf"^### {title}\n.*?^```sh\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    assert section, title
    return section[1]


def run(commands, **places):
    """Run commands of the document in other places."""
    for written, real in places.items():
        place = {"data": "/srv/huiyin", "backup": "/backup", "python": "/opt/huiyin/.venv/bin/python"}[written]
        commands = commands.replace(place, str(real))
    surroundings = {"PATH": f"{programs()}:/usr/bin:/bin"}
    done = subprocess.run(["bash", "-euc", commands], capture_output=True, text=True, check=False, env=surroundings)
    assert done.returncode == 0, done.stderr


def test_a_backup_of_sqlite_is_restored_whole(tmp_path):
    data, backup = tmp_path / "data", tmp_path / "backup"
    with Installation(tmp_path, "") as installation:
        installation.run("huiyin.cli", "demo")
        evidence = data / "files" / "ab"
        evidence.mkdir(parents=True)
        (evidence / "kept").write_text("附件", encoding="utf-8")
        backup.mkdir()
        run(said("SQLite：备份"), data=data, backup=backup, python=PROJECT / ".venv/bin/python")
        shutil.rmtree(data)
        run(said("SQLite：恢复"), data=data, backup=backup)
        assert installation.run("huiyin.cli", "verify", "--json").strip() == "[]"
    assert (evidence / "kept").exists()
    assert sorted(file.name for file in (data / "keys").iterdir()) == sorted(
        file.name for file in (backup / "keys").iterdir()
    )


def test_a_backup_of_postgresql_is_restored_whole(tmp_path):
    cluster = Cluster.start()
    data, backup = tmp_path / "data", tmp_path / "backup"
    reached = f"PGHOST={cluster.folder} PGUSER=huiyin"
    try:
        with Installation(tmp_path, cluster.address("huiyin")) as installation:
            installation.run("huiyin.cli", "demo")
            (data / "files").mkdir(exist_ok=True)
            backup.mkdir()
            run(f"export {reached}\n" + said("PostgreSQL：备份"), data=data, backup=backup)
            subprocess.run([str(programs() / "dropdb"), "-h", str(cluster.folder), "-U", "huiyin", "huiyin"], check=True)
            shutil.rmtree(data)
            run(f"export {reached}\n" + said("PostgreSQL：恢复"), data=data, backup=backup)
            assert installation.run("huiyin.cli", "verify", "--json").strip() == "[]"
            assert installation.run("huiyin.cli", "worker", "--once")
    finally:
        cluster.stop()

"""The files for running Huiyin on servers: the programs they are for accept them, and no variable is left out."""

import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psycopg
import pytest
import yaml
from tests.pooler import program
from tests.postgres import Cluster, as_other_user, hand_over

from huiyin.site import settings

PROJECT = Path(__file__).parents[2]
DEPLOY = PROJECT / "deploy"
UNITS = ("huiyin-web.service", "huiyin-worker@.service")
LARGEST_EXPOSURE = 2.0
"""Of ten, as systemd reckons: below it says OK."""


def test_the_environment_file_has_every_variable():
    explained = set(re.findall(r"^\| (HUIYIN_\w+) \|", settings.__doc__, re.MULTILINE))
    written = re.findall(r"^#?(HUIYIN_\w+)=", (DEPLOY / "huiyin.env").read_text(encoding="utf-8"), re.MULTILINE)
    sources = "\n".join(file.read_text(encoding="utf-8") for file in (PROJECT / "src" / "huiyin").rglob("*.py"))
    read = set(re.findall(r"(?:environment\.\w+\(|\btext\(|envvar=)\"(HUIYIN_\w+)\"", sources))
    assert sorted(written) == sorted(explained)
    assert read == explained


@pytest.fixture
def unit(tmp_path):
    """`unit(name)` is a copy of a unit that runs the program of this tree, as this user."""

    def copy(name):
        text = (DEPLOY / "systemd" / name).read_text(encoding="utf-8")
        assert "ExecStart=/opt/huiyin/.venv/bin/huiyin " in text
        text = text.replace("/opt/huiyin/.venv/bin/huiyin", str(Path(sys.executable).with_name("huiyin")))
        place = tmp_path / name
        place.write_text(text, encoding="utf-8")
        return place

    return copy


def systemd_analyze(*words):
    found = shutil.which("systemd-analyze")
    assert found, "没有找到 systemd-analyze，请运行 make test（会自动安装）或 apt-get install systemd。systemd is missing."
    return subprocess.run([found, *words], capture_output=True, text=True, check=False)


@pytest.mark.parametrize("name", UNITS)
def test_systemd_takes_the_units(unit, name):
    done = systemd_analyze("verify", "--man=no", str(unit(name)))
    ours = [line for line in done.stderr.splitlines() if "huiyin" in line]
    assert (done.returncode, ours) == (0, [])


@pytest.mark.parametrize("name", UNITS)
def test_the_units_give_a_process_little_to_do_harm_with(unit, name):
    done = systemd_analyze("security", "--offline=yes", "--no-pager", str(unit(name)))
    exposure = re.search(r"Overall exposure level for .*: ([\d.]+)", done.stdout)
    assert exposure, done.stdout + done.stderr
    assert float(exposure[1]) < LARGEST_EXPOSURE, done.stdout


@pytest.fixture
def cluster():
    cluster = Cluster.start()
    yield cluster
    cluster.stop()


@pytest.fixture
def pooler():
    """The shipped pgbouncer.ini in a folder of its own, running, pointed to a server that is not there."""
    folder = Path(tempfile.mkdtemp(prefix="huiyin-pool-", dir="/tmp"))     # a socket's path must be short
    hand_over(folder)
    for name in ("pgbouncer.ini", "databases.ini"):
        text = (DEPLOY / "pgbouncer" / name).read_text(encoding="utf-8")
        for place in ("/etc/pgbouncer", "/run/postgresql", "/var/log/postgresql"):
            text = text.replace(place, str(folder))
        (folder / name).write_text(text.replace("10.0.0.11", "127.0.0.1").replace("port=5432", "port=1"), encoding="utf-8")
    (folder / "userlist.txt").write_text('"huiyin" "一句口令"\n', encoding="utf-8")
    for file in folder.iterdir():
        hand_over(file)
    server = subprocess.Popen([*as_other_user(), program(), "-q", str(folder / "pgbouncer.ini")], cwd=folder,
                              stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    until = time.monotonic() + 20
    while not (folder / ".s.PGSQL.6432").exists() and time.monotonic() < until:
        time.sleep(0.05)
    yield folder
    server.terminate()
    server.wait(20)
    shutil.rmtree(folder)


def test_the_pooler_is_turned_to_another_server_while_it_runs(cluster, pooler):
    address = {"host": str(pooler), "port": 6432, "user": "huiyin", "dbname": "huiyin", "password": "一句口令"}
    with pytest.raises(psycopg.OperationalError), psycopg.connect(**address, connect_timeout=5):
        pass
    surroundings = os.environ | {
        "DATABASES": str(pooler / "databases.ini"),
        "CONSOLE": f"host={pooler} port=6432 user=pgbouncer dbname=pgbouncer",
    }
    turned = [*as_other_user(), str(DEPLOY / "pgbouncer" / "point_to"), str(cluster.folder), "5432"]
    subprocess.run(turned, env=surroundings, cwd=pooler, check=True)
    with psycopg.connect(**address) as connection:
        assert connection.execute("SELECT current_user").fetchone() == ("huiyin",)
    with pytest.raises(psycopg.OperationalError), psycopg.connect(**address | {"password": "错的"}, connect_timeout=5):
        pass


def test_the_image_is_made_of_files_that_are_there():
    text = (DEPLOY / "containers" / "Containerfile").read_text(encoding="utf-8")
    copied = [word for line in re.findall(r"^COPY (?!--from)(.+)$", text, re.MULTILINE) for word in line.split()[:-1]]
    assert copied
    assert [word for word in copied if not (PROJECT / word).exists()] == []


def test_the_containers_are_made_from_files_that_are_there():
    folder = DEPLOY / "containers"
    services = yaml.safe_load((folder / "compose.yaml").read_text(encoding="utf-8"))["services"]
    assert set(services) == {"database", "web", "worker"}
    for name in ("web", "worker"):
        build = services[name]["build"]
        assert (folder / build["context"] / build["dockerfile"]).is_file()
        assert (folder / services[name]["env_file"][0]).is_file()
        assert services[name]["read_only"]
    assert services["worker"]["command"] == ["huiyin", "worker"]

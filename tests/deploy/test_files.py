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


@pytest.fixture
def postgres(cluster):
    """`postgres(statement)` asks the server as its administrator, `postgres(statement, "product")` as the product would."""
    run_sql(cluster, "CREATE ROLE postgres SUPERUSER LOGIN", "huiyin")
    run_sql(cluster, "CREATE ROLE product LOGIN", "huiyin")

    def ask(statement, user="postgres"):
        return run_sql(cluster, statement, user)

    return ask


def run_sql(cluster, statement, user):
    with psycopg.connect(host=str(cluster.folder), user=user, dbname="postgres", autocommit=True) as connection:
        answer = connection.execute(statement)
        return answer.fetchone()[0] if answer.description else None


def until_shown(postgres, name, value):
    """A server takes new settings a moment after it was told to."""
    until = time.monotonic() + 20
    while (shown := postgres(f"SHOW {name}")) != value:
        assert time.monotonic() < until, shown
        time.sleep(0.05)


def fence(cluster, word):
    surroundings = os.environ | {"CONSOLE": f"host={cluster.folder} user=postgres dbname=postgres"}
    command = [*as_other_user(), str(DEPLOY / "postgresql" / "fence"), word]
    return subprocess.run(command, env=surroundings, cwd=cluster.folder, check=False).returncode


def test_a_primary_whose_standby_is_gone_takes_no_writes_until_it_follows_again(cluster, postgres):
    postgres("GRANT CREATE ON SCHEMA public TO product")
    postgres("ALTER SYSTEM SET synchronous_standby_names = 'FIRST 1 (south)'")
    postgres("SELECT pg_reload_conf()")
    until_shown(postgres, "synchronous_standby_names", "FIRST 1 (south)")
    assert fence(cluster, "close") == 0
    until_shown(postgres, "default_transaction_read_only", "on")
    with pytest.raises(psycopg.errors.ReadOnlySqlTransaction):
        postgres("CREATE TABLE written (number int)", "product")
    assert fence(cluster, "open") == 0
    until_shown(postgres, "default_transaction_read_only", "off")
    postgres("ALTER SYSTEM RESET synchronous_standby_names")
    postgres("SELECT pg_reload_conf()")
    until_shown(postgres, "synchronous_standby_names", "")
    postgres("CREATE TABLE written (number int)", "product")


def test_a_server_that_is_meant_to_be_alone_is_not_fenced(cluster, postgres):
    assert fence(cluster, "close") == 0
    assert postgres("SHOW default_transaction_read_only") == "off"
    assert fence(cluster, "no-such-word") == 2


def test_postgresql_takes_the_settings(cluster):
    """All but the library of repmgr, which the trial of several hosts loads (`make hosts`)."""
    lines = (DEPLOY / "postgresql" / "huiyin.conf").read_text(encoding="utf-8").splitlines()
    settings = [line.split(" = ") for line in lines if line and not line.startswith("#")]
    assert len(settings) > 8
    for name, value in settings:
        if name != "shared_preload_libraries":
            run_sql(cluster, f"ALTER SYSTEM SET {name} = {value if value[0] == chr(39) else repr(value)}", "huiyin")


def test_the_image_is_made_of_what_is_laid_out_for_it():
    text = (DEPLOY / "containers" / "Containerfile").read_text(encoding="utf-8")
    copied = [word for line in re.findall(r"^COPY (?!--from)(.+)$", text, re.MULTILINE) for word in line.split()[:-1]]
    laid_out = (PROJECT / "tools" / "image").read_text(encoding="utf-8")
    assert sorted(copied) == ["requirements.txt", "wheels"]
    assert 'cp requirements.txt "$context/"' in laid_out
    assert 'mkdir -p "$context/wheels"' in laid_out


def test_the_containers_are_made_from_files_that_are_there():
    folder = DEPLOY / "containers"
    services = yaml.safe_load((folder / "compose.yaml").read_text(encoding="utf-8"))["services"]
    assert set(services) == {"database", "web", "worker"}
    for name in ("web", "worker"):
        assert services[name]["image"] == "localhost/huiyin"
        assert (folder / services[name]["env_file"][0]).is_file()
        assert services[name]["read_only"]
    assert services["worker"]["command"] == ["huiyin", "worker"]

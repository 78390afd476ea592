"""huiyin serve, demo and worker in processes of their own."""

import json
import os
import signal
import socket
import subprocess
import sys
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest

SOURCE = str(Path(__file__).parents[2] / "src")
PATIENCE_SECONDS = 40


@pytest.fixture
def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture
def serving(tmp_path, free_port):
    """serving(*options) starts the server and gives what it printed until it was ready; all are stopped at the end."""
    started = []

    def start(*options):
        surroundings = {**os.environ, "HUIYIN_DATA": str(tmp_path / "data"), "PYTHONPATH": SOURCE, "LANG": "C.UTF-8"}
        for name in ("HUIYIN_DATABASE", "DJANGO_SETTINGS_MODULE"):
            surroundings.pop(name, None)
        process = subprocess.Popen(
            [sys.executable, "-m", "huiyin.cli", "serve", "--port", str(free_port), *options],
            env=surroundings, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, cwd=tmp_path,
        )
        started.append(process)
        printed = []
        for line in process.stdout:
            printed.append(line)
            if "已就绪" in line:
                break
        return "".join(printed), process

    yield start
    for process in started:
        if process.poll() is None:
            process.send_signal(signal.SIGINT)
        process.wait(PATIENCE_SECONDS)
        process.stdout.close()


def _processor_seconds(process):
    fields = Path(f"/proc/{process.pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _status(address):
    try:
        with urlopen(address, timeout=10) as response:
            return response.status
    except HTTPError as error:
        error.close()
        return error.code


@pytest.mark.slow
def test_the_first_start_prepares_everything_and_the_second_is_quick(serving, free_port, tmp_path):
    printed, process = serving()
    address = f"http://127.0.0.1:{free_port}"
    assert f"{address}/" in printed
    assert f"{address}/desk/" in printed
    assert "he-wanyin 何婉吟·医患办主任" in printed
    assert _status(f"{address}/healthz") == 200
    assert (tmp_path / "data" / "huiyin.sqlite3").exists()
    assert (tmp_path / "data" / "keys").stat().st_mode & 0o077 == 0
    process.send_signal(signal.SIGINT)
    assert process.wait(PATIENCE_SECONDS) == 0

    again, process = serving()
    assert _processor_seconds(process) < 5     # other tests run beside this one, so the clock on the wall proves nothing
    assert again == printed     # the same accounts with the same password: nothing was made anew


@pytest.mark.slow
def test_after_a_kill_the_port_is_free_and_the_next_start_works(serving, free_port):
    _, process = serving("--no-demo")
    process.kill()
    process.wait(PATIENCE_SECONDS)
    printed, _ = serving("--no-demo")
    assert "已就绪" in printed
    assert _status(f"http://127.0.0.1:{free_port}/healthz") == 200


@pytest.mark.slow
def test_without_the_demo_nobody_has_an_account(serving, free_port):
    printed, _ = serving("--no-demo")
    assert "演示账号" not in printed
    assert _status(f"http://127.0.0.1:{free_port}/healthz") == 200


@pytest.mark.slow
def test_an_address_that_is_no_name_for_visitors_can_be_listened_on(serving, free_port):
    """Behind a proxy on another machine: visitors ask for the site's name, and only the proxy comes to this address."""
    printed, process = serving("--no-demo", "--host", "127.0.0.2")
    assert f"http://127.0.0.2:{free_port}/" in printed
    assert "已就绪" in printed
    assert process.poll() is None


def test_a_port_in_use_is_said_so_before_anything_is_made(huiyin_process, free_port, tmp_path):
    with socket.socket() as other:
        other.bind(("127.0.0.1", free_port))
        other.listen()
        answer = huiyin_process("serve", "--port", str(free_port))
    assert answer.code == 1
    assert f"127.0.0.1:{free_port}" in answer.err
    assert not (tmp_path / "data").exists()


def test_a_data_folder_that_cannot_be_written_is_said_so(huiyin_process, tmp_path):
    (tmp_path / "data").write_text("a file where the folder should be", encoding="utf-8")
    answer = huiyin_process("demo")
    assert answer.code == 1
    assert "HUIYIN_DATA" in answer.err
    assert "Traceback" not in answer.err


@pytest.mark.parametrize("command", [("worker", "--once"), ("verify",), ("rebuild",)])
def test_commands_that_need_data_say_when_there_is_none(huiyin_process, command):
    answer = huiyin_process(*command)
    assert answer.code == 1
    assert "huiyin serve" in answer.err
    assert "Traceback" not in answer.err


def test_a_file_that_is_no_database_is_said_so(huiyin_process, tmp_path):
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "huiyin.sqlite3").write_text("这不是数据库" * 200, encoding="utf-8")
    answer = huiyin_process("worker", "--once")
    assert answer.code == 1
    assert "huiyin.sqlite3" in answer.err
    assert "Traceback" not in answer.err


@pytest.mark.slow
def test_the_demo_works_and_holds(huiyin_process):
    demo = huiyin_process("demo", "--json")
    accounts = json.loads(demo.out)
    assert demo.code == 0
    assert "he-wanyin" in {one["username"] for one in accounts["accounts"]}
    assert len(accounts["password"]) >= 10
    assert huiyin_process("worker", "--once").code == 0
    verified = huiyin_process("verify")
    assert (verified.code, verified.err) == (0, "")
    assert huiyin_process("rebuild").code == 0
    assert huiyin_process("verify", "--json").out.strip() == "[]"

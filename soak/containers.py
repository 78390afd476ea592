"""Run the image as deploy/containers describes it, file a complaint, begin anew: it is still there.

    make image && python -m soak.containers [--image localhost/huiyin]

Containers with a root file system that cannot be written, without any privilege, as the image's own user, on a private
PostgreSQL. Exit code 1 when anything is not as it should be. Run it as root.
"""

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack
from http.client import HTTPException
from pathlib import Path

from tests.notices.sinks import free_port
from tests.postgres import Cluster

from .installation import PROJECT, call, file_one

PATIENCE_SECONDS = 120
OWNER = 900
"""User and group of the image."""
UNIFIED = "/sys/fs/cgroup/unified"
Process = subprocess.Popen[bytes]


def main() -> int:
    """0 when all is as it should be."""
    parser = argparse.ArgumentParser(prog="python -m soak.containers", description=__doc__.splitlines()[0])
    parser.add_argument("--image", default="localhost/huiyin")
    asked = parser.parse_args()
    if Path(UNIFIED).is_mount():    # crun refuses a machine with both kinds of control groups; we need neither
        return subprocess.call(["unshare", "--mount", "sh", "-c", f'umount {UNIFIED}; exec "$@"', "sh", *sys.orig_argv])
    with ExitStack() as stack:
        data = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="huiyin-containers-")))
        os.chown(data, OWNER, OWNER)
        cluster = Cluster.start()
        stack.callback(cluster.stop)
        cluster.folder.chmod(0o755)
        trial = Containers(asked.image, data, cluster.folder)
        stack.callback(trial.stop)
        wrong = trial.run()
    sys.stdout.writelines(f"✗ {finding}\n" for finding in wrong)
    sys.stdout.write("all as it should be\n" if not wrong else f"{len(wrong)} wrong\n")
    return 1 if wrong else 0


class Containers:
    """The containers of one installation; `data` is their volume, `sockets` the folder of the server's socket."""

    def __init__(self, image: str, data: Path, sockets: Path) -> None:
        self.image, self.data, self.sockets = image, data, sockets
        self.running: dict[str, Process] = {}

    def run(self) -> list[str]:
        """Everything that is not as it should be, in words."""
        token = self.once("python", "-m", "soak.founding")     # makes the tables, as the first start does
        self.inside_nothing_can_be_done_that_need_not()
        port = free_port()
        before = self._file(port, token)
        self.stop()
        after = self._file(port, token)
        found = self.once("huiyin", "verify", "--json")
        self.stop()
        sys.stdout.write(f"case {before}; after all containers were begun anew {after}\n")
        wrong = [f"another case after the restart: {after}"] if after != before else []
        return wrong + ([] if found.strip() == "[]" else [f"verify: {found}"])

    def inside_nothing_can_be_done_that_need_not(self) -> None:
        """The program is not root, holds no capability and cannot write outside its volume. Raises RuntimeError."""
        tried = "touch /opt/huiyin/x /x 2>&1; touch /srv/huiyin/x && rm /srv/huiyin/x"
        said = self.once("sh", "-c", f"id -u; grep CapEff /proc/self/status; {tried}")
        lines = said.splitlines()
        if lines[0] != str(OWNER) or not lines[1].endswith("0" * 16) or sum("Read-only" in line for line in lines) != 2:
            raise RuntimeError(said)
        sys.stdout.write(f"runs as user {lines[0]}, without capabilities, on a root that cannot be written\n")

    def once(self, *words: str) -> str:
        """Run one program of the image to its end; gives what it printed. Raises RuntimeError."""
        done = subprocess.run([*self._podman("--rm"), self.image, *words], capture_output=True, text=True, check=False)
        if done.returncode:
            raise RuntimeError(f"{' '.join(words)}: {done.stdout}{done.stderr}")
        return done.stdout

    def stop(self) -> None:
        """Stop all that runs, as compose does."""
        for name, process in self.running.items():
            subprocess.run(["podman", "stop", "-t", "30", name], stdout=subprocess.DEVNULL, check=False)
            process.wait(60)
        self.running.clear()

    def _file(self, port: int, token: str) -> str:
        """Start pages and worker, file the one case; gives its number."""
        self._start("huiyin-web", "huiyin", "serve", "--no-worker", "--no-demo", "--host", "0.0.0.0", "--port", str(port))  # noqa: S104
        self._start("huiyin-worker", "huiyin", "worker")
        until = time.monotonic() + PATIENCE_SECONDS
        while not _is_up(port):
            if time.monotonic() > until or self.running["huiyin-web"].poll() is not None:
                raise RuntimeError("the pages did not come up")
            time.sleep(0.2)
        answer = file_one(port, token, 1)
        if answer.status not in (200, 201) or not isinstance(answer.data, dict):
            raise RuntimeError(f"{answer.status}: {answer.body.decode()}")
        if (ended := self.running["huiyin-worker"].poll()) is not None:
            raise RuntimeError(f"the worker ended: {ended}")
        return str(answer.data["number"])

    def _start(self, name: str, *words: str) -> None:
        self.running[name] = subprocess.Popen([*self._podman("--rm", "--name", name), self.image, *words])

    def _podman(self, *words: str) -> list[str]:
        files = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
        return [
            "podman", "run", *words, "--network", "host", "--cgroups", "disabled",
            "--ulimit", f"nofile={min(files, 4096)}:{min(files, 4096)}", "--ulimit", "nproc=1024:1024",
            "--read-only", "--tmpfs", "/tmp",  # noqa: S108 - the container's
            "--cap-drop", "ALL", "--security-opt", "no-new-privileges",
            "-v", f"{self.data}:/srv/huiyin", "-v", f"{self.sockets}:/run/postgresql", "-v", f"{PROJECT}:/trial:ro",
            "-e", "PYTHONPATH=/trial", "-e", "HUIYIN_DATABASE=postgresql://huiyin@/huiyin?host=/run/postgresql",
        ]


def _is_up(port: int) -> bool:
    try:
        return call(port, "GET", "/healthz/ready").status == 200
    except (OSError, HTTPException):
        return False


if __name__ == "__main__":
    sys.exit(main())

"""The shipped systemd units, as far as a process is concerned: what to run, as whom, in which surroundings."""

import re
import shlex
from dataclasses import dataclass
from pathlib import Path

DEPLOY = Path(__file__).parent.parent / "deploy"
RESTARTED = "[begun anew]"


@dataclass(frozen=True, slots=True)
class Unit:
    """What a unit starts."""

    command: tuple[str, ...]
    user: str
    environment: dict[str, str]
    restart_seconds: str

    @property
    def kept_running(self) -> tuple[str, ...]:
        """The command, begun anew whenever it ends (Restart=always); each time RESTARTED stands in its log."""
        again = f"while :; do \"$@\"; echo '{RESTARTED}'; sleep {self.restart_seconds}; done"
        return ("sh", "-c", again, "sh", *self.command)


def unit(name: str, more: dict[str, str]) -> Unit:
    """A unit of deploy/systemd with deploy/huiyin.env; `more` is what an administrator would change of its variables."""
    text = (DEPLOY / "systemd" / name).read_text(encoding="utf-8")
    said = dict(re.findall(r"^(ExecStart|User|Restart|RestartSec)=(.+)$", text, re.MULTILINE))
    if said["Restart"] != "always":
        raise ValueError(f"{name}: Restart={said['Restart']}")
    environment = dict(re.findall(r"^Environment=(\w+)=(.*)$", text, re.MULTILINE)) | variables() | more
    command = re.sub(r"\$\{(\w+)\}", lambda found: environment[found[1]], said["ExecStart"])
    return Unit(tuple(shlex.split(command)), said["User"], environment, said["RestartSec"])


def variables() -> dict[str, str]:
    """deploy/huiyin.env as it is shipped."""
    return dict(re.findall(r"^(HUIYIN_\w+)=(.*)$", (DEPLOY / "huiyin.env").read_text(encoding="utf-8"), re.MULTILINE))

"""The installation of docs/deployment.md on eight hosts, from the files in deploy/ as they are shipped.

db1 and db2 (PostgreSQL, repmgrd), web1 and web2 (pages), work1 and work2 (workers), each of the four with PgBouncer and
sshd, and proxy (nginx). What an administrator has to add stands here: passwords, keys, names and certificates.
"""

import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from tests.postgres import programs

from .namespaces import Host
from .units import DEPLOY, unit

VERSION = programs().parent.name
SECRET = "一句口令"  # noqa: S105 - of servers that live for minutes
APPLICATION_SECRET = "口令"  # noqa: S105 - as deploy/huiyin.env has it
NUMBERS = {"proxy": 10, "db1": 11, "db2": 12, "web1": 21, "web2": 22, "work1": 31, "work2": 32}
POOLED = ("web1", "web2", "work1", "work2")
SITE = "tousu.example.cn"
PATIENCE_SECONDS = 90
DIRECT = (
    f"postgresql://huiyin:{APPLICATION_SECRET}@/huiyin?host=10.0.0.11,10.0.0.12&port=5432,5432&target_session_attrs=read-write"
)
CLUSTER = f"/etc/postgresql/{VERSION}/main"
DATA = f"/var/lib/postgresql/{VERSION}/main"


@dataclass(slots=True)
class Estate:
    """All hosts. `folder` holds everything they write; `product` is this tree."""

    folder: Path
    product: Path
    direct: bool
    hosts: dict[str, Host] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.hosts = {name: Host(name, number, self.folder / name) for name, number in NUMBERS.items()}
        (self.folder / "shared").mkdir()
        (self.folder / "shared").chmod(0o777)
        subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(self.key)], check=True)

    @property
    def key(self) -> Path:
        """With which the database hosts turn the poolers."""
        return self.folder / "key"

    def build(self) -> str:
        """Switch all hosts on, install everything, start it; gives the token of the one who files."""
        for host in self.hosts.values():
            self.switch_on(host)
        self.primary(self.hosts["db1"])
        self.standby(self.hosts["db2"], primary=self.hosts["db1"])
        for name in POOLED:
            self.pooler(self.hosts[name])
        first = self.hosts["web1"]
        token = first.run("/opt/huiyin/.venv/bin/python", "-m", "soak.founding", user="huiyin", environment=self.surroundings(first))
        for name in ("web1", "web2"):
            self.serve(self.hosts[name])
        for name in ("work1", "work2"):
            self.work(self.hosts[name])
        self.proxy(self.hosts["proxy"])
        return token

    # -- every host ----------------------------------------------------------------------------------------------------

    def switch_on(self, host: Host) -> None:
        """Folders, names of the others, users, the program, the shared folder."""
        host.start()
        names = "".join(f"10.0.0.{number} {name}\n" for name, number in NUMBERS.items())
        put(host, "/etc/hosts", f"127.0.0.1 localhost\n{names}")
        host.run("sh", "-euc", (
            "getent passwd huiyin || useradd --system --home-dir /srv/huiyin --shell /usr/sbin/nologin huiyin\n"
            "usermod -p '*' postgres\n"
            "install -d -o postgres -g postgres -m 2775 /run/postgresql /var/log/postgresql /var/lib/postgresql\n"
            "install -d /run/sshd /var/log/nginx /var/lib/nginx\n"
            "mkdir -p /opt/huiyin /srv/huiyin\n"
            f"mount --bind {self.product} /opt/huiyin\n"
            f"mount --bind {self.folder / 'shared'} /srv/huiyin\n"
        ))

    def surroundings(self, host: Host) -> dict[str, str]:
        """The variables of a process on a host."""
        return unit("huiyin-web.service", self.changed(host)).environment

    def changed(self, host: Host) -> dict[str, str]:
        """What this installation says differently from deploy/huiyin.env and the units."""
        own = {"PYTHONPATH": "/opt/huiyin/src:/opt/huiyin", "LISTEN": host.address, "HUIYIN_LOG_LEVEL": "WARNING"}
        return own | ({"HUIYIN_DATABASE": DIRECT} if self.direct else {})

    # -- databases -----------------------------------------------------------------------------------------------------

    def primary(self, host: Host) -> None:
        """The first database server, alone for now."""
        self._cluster(host)
        host.run("pg_ctlcluster", VERSION, "main", "start", user="postgres")
        for statement in (
            f"CREATE ROLE repmgr SUPERUSER LOGIN PASSWORD '{SECRET}'",
            "ALTER ROLE repmgr SET default_transaction_read_only = off",
            "CREATE DATABASE repmgr OWNER repmgr",
            f"CREATE ROLE huiyin LOGIN PASSWORD '{APPLICATION_SECRET}'",
            "CREATE DATABASE huiyin OWNER huiyin",
        ):
            host.run("psql", "-qX", "-c", statement, user="postgres")
        host.run("repmgr", "-f", "/etc/repmgr.conf", "primary", "register", user="postgres")
        self.watch(host)

    def standby(self, host: Host, *, primary: Host) -> None:
        """A server that follows, and from then on every commit waits for it."""
        self._cluster(host)
        host.run("rm", "-rf", DATA)
        host.run("repmgr", "-f", "/etc/repmgr.conf", "-h", primary.address, "-U", "repmgr", "-d", "repmgr", "standby", "clone",
                 "--fast-checkpoint", user="postgres")
        host.run("pg_ctlcluster", VERSION, "main", "start", user="postgres")
        host.run("repmgr", "-f", "/etc/repmgr.conf", "standby", "register", "--force", f"--upstream-node-id={_node(primary)}",
                 user="postgres")
        self.wait_for_both(primary, host)
        self.watch(host)

    def rejoin(self, host: Host, *, primary: Host) -> None:
        """A server that was the primary follows the new one: what only it has is thrown away."""
        host.run("pg_ctlcluster", VERSION, "main", "stop", "-m", "fast", user="postgres")
        host.run("repmgr", "-f", "/etc/repmgr.conf", "node", "rejoin", "--force-rewind",
                 "-d", f"host={primary.address} user=repmgr dbname=repmgr", user="postgres")
        self.wait_for_both(primary, host)

    def wait_for_both(self, primary: Host, standby: Host) -> None:
        """From now on a commit is answered when it is on both disks."""
        for statement in (
            f"ALTER SYSTEM SET synchronous_standby_names = 'FIRST 1 ({NODES[standby.name]})'", "SELECT pg_reload_conf()"
        ):
            primary.run("psql", "-qX", "-c", statement, user="postgres")
        wait_for(lambda: self.ask(primary, "SELECT sync_state FROM pg_stat_replication", "postgres") == "sync",
                 "the standby does not follow synchronously")

    def watch(self, host: Host) -> None:
        """Let repmgrd watch."""
        host.spawn("repmgrd", "-f", "/etc/repmgr.conf", "--daemonize=false", user="postgres")

    def ask(self, host: Host, statement: str, database: str = "huiyin") -> str:
        """The one value of a statement, asked on the server's own machine; nothing when it does not answer."""
        return host.run("psql", "-qAtX", "-d", database, "-c", statement, user="postgres", check=False).strip()

    def _cluster(self, host: Host) -> None:
        host.run("rm", "-rf", CLUSTER, DATA)
        host.run("pg_createcluster", "--locale=C.UTF-8", VERSION, "main")
        put(host, f"{CLUSTER}/conf.d/huiyin.conf", shipped("postgresql/huiyin.conf"))
        put(host, f"{CLUSTER}/pg_hba.conf", shipped("postgresql/pg_hba.conf"), owner="postgres", mode="640")
        put(host, "/etc/repmgr.conf", _repmgr_conf(host), owner="postgres", mode="640")
        put(host, "/var/lib/postgresql/.pgpass", f"*:*:*:repmgr:{SECRET}\n", owner="postgres", mode="600")
        put(host, "/var/lib/postgresql/.ssh/config",
            "Host *\n  BatchMode yes\n  ConnectTimeout 3\n  StrictHostKeyChecking accept-new\n", owner="postgres")
        put(host, "/var/lib/postgresql/.ssh/id_ed25519", self.key.read_text(), owner="postgres", mode="600")

    # -- in front of them ----------------------------------------------------------------------------------------------

    def pooler(self, host: Host) -> None:
        """PgBouncer, and sshd for those who turn it."""
        for name in ("pgbouncer.ini", "databases.ini"):
            put(host, f"/etc/pgbouncer/{name}", shipped(f"pgbouncer/{name}"), owner="postgres", mode="640")
        put(host, "/etc/pgbouncer/userlist.txt", f'"huiyin" "{APPLICATION_SECRET}"\n', owner="postgres", mode="600")
        host.run("chown", "postgres", "/etc/pgbouncer")
        host.run("install", "-d", "-o", "postgres", "-m", "700", "/var/lib/postgresql/.ssh")
        put(host, "/var/lib/postgresql/.ssh/authorized_keys", self.key.with_suffix(".pub").read_text(), owner="postgres", mode="600")
        host.run("ssh-keygen", "-A")
        host.spawn("/usr/sbin/sshd", "-D", "-o", "UsePAM=no", "-o", "StrictModes=no")
        host.spawn("pgbouncer", "-q", "/etc/pgbouncer/pgbouncer.ini", user="postgres")
        wait_for(lambda: bool(host.run("ls", "-A", "/run/postgresql")), f"PgBouncer did not start on {host.name}")

    def serve(self, host: Host) -> None:
        """Pages, as huiyin-web.service starts them."""
        wanted = unit("huiyin-web.service", self.changed(host))
        host.spawn(*wanted.kept_running, user=wanted.user, environment=wanted.environment)
        wait_for(lambda: "已就绪" in host.log.read_text(errors="replace"), f"{host.name} did not come up")

    def work(self, host: Host) -> None:
        """A worker, as huiyin-worker@.service starts it."""
        wanted = unit("huiyin-worker@.service", self.changed(host))
        host.spawn(*wanted.kept_running, user=wanted.user, environment=wanted.environment)

    def proxy(self, host: Host) -> None:
        """The shipped nginx configuration with a certificate of its own."""
        host.run("install", "-d", "/etc/huiyin/tls")
        host.run("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", f"/CN={SITE}",
                 "-addext", f"subjectAltName=DNS:{SITE}", "-keyout", "/etc/huiyin/tls/privkey.pem",
                 "-out", "/etc/huiyin/tls/fullchain.pem")
        put(host, "/etc/nginx/conf.d/huiyin.conf", shipped("nginx/huiyin.conf"))
        host.run("nginx", "-t")
        host.spawn("nginx", "-g", "daemon off;")

    def certificate(self) -> str:
        """What callers trust."""
        return self.hosts["proxy"].run("cat", "/etc/huiyin/tls/fullchain.pem")

    def logs(self, characters: int = 3000) -> str:
        """The last words of everything on every host."""
        files = (file for host in self.hosts.values() for file in (host.log, *sorted(host.folder.glob("var/log/*/*.log"))))
        return "\n".join(
            f"--- {file.relative_to(self.folder)}\n{file.read_text(errors='replace')[-characters:]}" for file in files if file.exists()
        )


NODES = {"db1": "north", "db2": "south"}


def _node(host: Host) -> int:
    return 1 if host.name == "db1" else 2


def _repmgr_conf(host: Host) -> str:
    """As shipped for south; north has a number, a name and an address of its own."""
    text = shipped("postgresql/repmgr.conf").replace("/15/", f"/{VERSION}/").replace(" 15 ", f" {VERSION} ")
    if host.name == "db1":
        text = text.replace("node_id=2", "node_id=1").replace("'south'", "'north'").replace("10.0.0.12", "10.0.0.11")
    return text


def wait_for(true: Callable[[], bool], otherwise: str) -> None:
    """Wait until something is so. Raises RuntimeError, `otherwise`, after PATIENCE_SECONDS."""
    until = time.monotonic() + PATIENCE_SECONDS
    while not true():
        if time.monotonic() > until:
            raise RuntimeError(otherwise)
        time.sleep(0.2)


def shipped(name: str) -> str:
    """A file of deploy/."""
    return (DEPLOY / name).read_text(encoding="utf-8")


def put(host: Host, place: str, text: str, *, owner: str = "root", mode: str = "644") -> None:
    """Write a file on a host."""
    host.run("sh", "-euc", 'install -d -o "$2" "$(dirname "$1")"; cat >"$1"; chown "$2" "$1"; chmod "$3" "$1"',
             "put", place, owner, mode, given=text)



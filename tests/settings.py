"""The product's settings in a data folder of the test run's own, on SQLite or on a private PostgreSQL.

`pytest --database=postgresql` runs the chosen tests on PostgreSQL, `--database=pooled` on PostgreSQL behind PgBouncer in
transaction mode: the first process (which holds the option) starts a cluster and names it in HUIYIN_DATABASE, which the
workers of pytest-xdist inherit. It is stopped when that process ends.
"""

import atexit
import os
import shutil
import sys
import tempfile
from pathlib import Path

if "HUIYIN_TEST_DATA" not in os.environ:  # set once, by the first process; workers share it
    _folder = tempfile.mkdtemp(prefix="huiyin-test-")
    os.environ["HUIYIN_TEST_DATA"] = _folder
    os.environ.pop("HUIYIN_DATABASE", None)  # a developer's own database is never touched
    atexit.register(shutil.rmtree, _folder, ignore_errors=True)
    if {"--database=postgresql", "--database=pooled"} & set(sys.argv):
        from tests.postgres import Cluster

        _cluster = Cluster.start()
        atexit.register(_cluster.stop)
        os.environ["HUIYIN_DATABASE"] = _cluster.address("huiyin")
    if "--database=pooled" in sys.argv:
        from tests.pooler import Pooler

        _pooler = Pooler.start(_cluster)
        atexit.register(_pooler.stop)
        os.environ["HUIYIN_DATABASE"] = _pooler.address("huiyin")

os.environ["HUIYIN_DATA"] = os.environ["HUIYIN_TEST_DATA"]
os.environ["HUIYIN_COMPONENTS"] = "1"
os.environ["HUIYIN_LOG_LEVEL"] = "ERROR"

from huiyin.site.settings import *  # noqa: F403
from huiyin.site.settings import DATABASES

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # hundreds of sign-ins, no secrets

_default = DATABASES["default"]
if _default["ENGINE"].endswith("sqlite3"):
    # A file, as in production: the live server's threads and the test each have a connection of their own.
    _default["TEST"] = {"NAME": str(Path(os.environ["HUIYIN_TEST_DATA"]) / "test.sqlite3")}

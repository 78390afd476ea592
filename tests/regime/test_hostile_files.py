"""Regime files written to hurt: refused, in a second and 200 MB, whoever hands them in.

Each is checked in a process of its own with the limits set by the operating system.
"""

import json
import resource
import subprocess
import sys
from pathlib import Path

import pytest
from tests.regime.examples import SMALL

SECONDS, MEGABYTES = 1, 200
START_SECONDS = 4
"""Of processor time for the interpreter and our imports, before the check begins."""

CHECK = """
import json, sys, time
from pathlib import Path
from huiyin.regime import check, load
from huiyin.regime.packs import find_pack
check(Path(sys.argv[2]), publishing=True)  # everything is imported now
begun = time.process_time()
report = check(Path(sys.argv[1]), find=find_pack, publishing=True)
print(json.dumps({"seconds": time.process_time() - begun, "codes": sorted(report.codes), "used": report.regime is not None,
                  "messages": len(report.problems), "longest": max((len(str(p)) for p in report.problems), default=0)}))
"""


def checked(tmp_path, text):
    """What a check in a limited process says."""
    file, good = tmp_path / "regime.yaml", tmp_path / "good.yaml"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    good.write_text(SMALL, encoding="utf-8")

    def limited():
        resource.setrlimit(resource.RLIMIT_DATA, (MEGABYTES * 2**20,) * 2)
        resource.setrlimit(resource.RLIMIT_CPU, (START_SECONDS + SECONDS,) * 2)

    done = subprocess.run(
        [sys.executable, "-c", CHECK, str(file), str(good)],
        capture_output=True, text=True, preexec_fn=limited, check=False, timeout=60,
        env={"PYTHONPATH": str(Path(__file__).parents[2] / "src")},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]
    return json.loads(done.stdout)


def small_with(old, new):
    assert SMALL.count(old) == 1
    return SMALL.replace(old, new)


def many(count, line):
    return "".join(line.format(n=number) for number in range(count))


AFTER = "flow:\n"
CONDITION = "when: matter.harm, is"
HOSTILE = {
    "deep lists": "[" * 100_000,
    "deep mappings": "a: " + "{a: " * 100_000,
    "a billion laughs": "a: &a [x, x]\n" + many(20, "b{n}: &b{n} [*a, *a, *a, *a, *a, *a]\n"),
    "an alias inside itself": "a: &a {b: *a}\n",
    "a tag that builds an object": small_with("title: 投诉处理制度", "title: !!python/object/apply:os.system [ls]"),
    "a tag of its own": small_with("title: 投诉处理制度", "title: !secret 投诉处理制度"),
    "a merge key": small_with("  units: {office: 投诉办,", "  units: {<<: {x: y}, office: 投诉办,"),
    "a key twice": small_with('version: "1"', 'version: "1"\nversion: "2"'),
    "no as a word": small_with("title: 造成损害, type: yes-no}", "title: no, type: yes-no}"),
    "no as a choice": small_with("choices: {fee: 收费, service: 服务}", "choices: {no: 收费, service: 服务}"),
    "an huge expression": small_with(CONDITION, "when: '" + "matter.harm || " * 20_000 + "true', is"),
    "a deep expression": small_with(CONDITION, "when: '" + "(" * 50_000 + "true" + ")" * 50_000 + "', is"),
    "loops in loops": small_with(CONDITION, 'when: "' + "[1].exists(a, " * 19 + "true" + ")" * 19 + '", is'),
    "an expression of many marks": small_with(CONDITION, "when: \"'" + "\\\\" * 40_000 + "'\", is"),
    "endless recurrence": SMALL + "duties:\n  all: {title: 职责, every: 'RRULE:FREQ=SECONDLY', within: 1 day, by: office, cite: '一'}\n",
    "recurrence by the billion": SMALL
    + "duties:\n  all: {title: 职责, every: 'RRULE:FREQ=DAILY;COUNT=999999999', within: 1 day, by: office, cite: '一'}\n",
    "recurrence that never comes": SMALL
    + "duties:\n  all: {title: 职责, every: 'RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=31', within: 1 day, by: office, cite: '一'}\n",
    "a figure of a million digits": small_with("within: 15 workdays", "within: " + "9" * 500_000 + " workdays"),
    "a figure beyond all time": small_with("within: 15 workdays", "within: 999999999999 workdays"),
    "sixty thousand articles": "articles:\n" + many(29_000, "  第{n}: 文\n"),
    "nothing but mistakes": SMALL + many(20_000, "x{n}: y\n"),
    "a wrong step ten thousand times": SMALL.replace(AFTER, AFTER + many(8_000, "  s{n}: {{title: 步, by: nobody, after: nothing}}\n")),
    "steps that all follow all": SMALL.replace(
        AFTER, AFTER + many(2_000, "  s{n}: {{title: 步, by: office, after: [accepted, assigned], decides: routing, cite: '一'}}\n")
    ),
    "two hundred steps that all follow all": SMALL.replace(
        AFTER, AFTER + many(190, "  s{n}: {{title: 步, by: nobody, after: [accepted, assigned], decides: routing, cite: '一'}}\n")
    ),
    "a chain of a thousand steps": SMALL.replace(
        AFTER, AFTER + "  s0: {title: 步, by: office, after: assign, cite: '一'}\n" + "".join(
            f"  s{n}: {{title: 步, by: office, after: s{n - 1}, cite: '一'}}\n" for n in range(1, 3_000))
    ),
    "as many rows as may be, overlapping": SMALL.replace(
        "routing:\n", "routing:\n" + many(190, "  r{n}: {{title: 行, when: matter.harm, to: nobody, cite: '一'}}\n")
    ),
    "ten thousand limits": SMALL.replace(
        "limits:\n", "limits:\n" + many(4_000, "  l{n}: {{title: 限, from: assign, to: never, within: 1 day, cite: '一'}}\n")
    ),
    "rows that overlap": SMALL.replace(
        "routing:\n", "routing:\n" + many(3_000, "  r{n}: {{title: 行, when: matter.harm, to: nobody, cite: '一'}}\n")
    ),
    "itself as its base": small_with('version: "1"', 'version: "1"\nextends: small'),
    "a base elsewhere on the disk": small_with('version: "1"', 'version: "1"\nextends: ../../etc/passwd'),
    "not text": b"\xff\xfe\x00\x01" * 1000,
    "nul": SMALL.replace("投诉处理制度", "投诉\x00处理"),
    "too large": "# " + "x" * 2_000_000,
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_it_is_refused_within_a_second_and_two_hundred_megabytes(name, tmp_path):
    said = checked(tmp_path, HOSTILE[name])
    assert not said["used"], "a hostile file must not become a regime"
    assert any(code.startswith("E") for code in said["codes"])
    assert said["seconds"] < SECONDS
    assert said["longest"] < 2_000, "a message quotes what somebody wrote; not all of it"

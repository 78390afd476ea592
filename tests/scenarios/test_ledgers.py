"""Stories tell of entries taken back, and what the ledger holds after that."""

import shutil

from huiyin.regime import packs
from huiyin.scenarios import run_folder

PACK = packs()["property-staff-service"].parent



def test_a_story_takes_an_entry_back(tmp_path):
    shutil.copy(PACK / "regime.yaml", tmp_path / "regime.yaml")
    story = (PACK / "scenarios.yaml").read_text(encoding="utf-8").splitlines()
    first = next(number for number, line in enumerate(story) if "ledger: {monthly-score: {牛门岗: 95}" in line)
    start = max(number for number, line in enumerate(story[:first]) if line.startswith("- story:"))
    more = [
        "    - {at: 2026-10-12 09:00, 单经理: reverse-booking, ledger: monthly-score, text: 并非本人当班}",
        "    - {expect: {ledger: {monthly-score: {牛门岗: 100}}}}",
        "    - {at: 2026-10-12 09:10, 单经理: reverse-booking, ledger: monthly-score, text: 再冲一次}",
        "    - {expect: {refused: wrong-value}}",
    ]
    head = story[: next(number for number, line in enumerate(story) if line.startswith("stories:")) + 1]
    text = [*head, *story[start : first + 1], *more]
    (tmp_path / "scenarios.yaml").write_text("\n".join(text), encoding="utf-8")
    (played,) = run_folder(tmp_path).stories
    assert played.failure == ""

"""The flow drawn: every step and arrow is there, nothing lies on anything else, and it stays readable when it is long."""

import re
import time
from itertools import pairwise

import pytest
from tests.regime.examples import SMALL

from huiyin.regime import load, packs
from huiyin.regime.drawing import HEIGHT, WIDTH, draw
from huiyin.regime.drawing.graph import flow_graph
from huiyin.regime.drawing.layers import layered


def small(folder):
    (folder / "regime.yaml").write_text(SMALL, encoding="utf-8")
    return load(folder)


@pytest.mark.parametrize("pack", sorted(packs()))
def test_every_step_is_drawn_once_and_no_box_lies_on_another(pack):
    regime = load(packs()[pack])
    drawing = draw(regime)
    assert {box.node.id for box in drawing.boxes} >= set(regime.flow)
    for number, one in enumerate(drawing.boxes):
        assert 0 <= one.x <= drawing.width - WIDTH
        assert 0 <= one.y <= drawing.height - HEIGHT
        for other in drawing.boxes[number + 1 :]:
            assert abs(one.x - other.x) >= WIDTH or abs(one.y - other.y) >= HEIGHT, (one.node.title, other.node.title)


@pytest.mark.parametrize("pack", sorted(packs()))
def test_arrows_lead_down_but_for_new_rounds(pack):
    drawing = draw(load(packs()[pack]))
    tops = {box.node.id: box.y for box in drawing.boxes}
    for path in drawing.paths:
        assert path.back == (tops[path.arrow.source] >= tops[path.arrow.target])
        assert re.fullmatch(r"M[-\d. ]+([CV][-\d. ]+)+", path.d)


def test_arrows_say_which_outcome_leads_on(tmp_path):
    nodes, arrows = flow_graph(small(tmp_path))
    titles = {node.id: node.title for node in nodes}
    said = {(titles[arrow.source], titles[arrow.target]): arrow.label for arrow in arrows}
    assert said["核实", "方案"] == "属实"
    assert said["核实", "答复"] == "不属实"
    assert said["登记", "分派"] == "受理"
    assert said["方案", "答复"] == ""
    assert "收到" in titles.values()


def test_the_words_say_what_the_drawing_shows(tmp_path):
    words = draw(small(tmp_path)).words
    assert any(sentence.startswith("核实，由承办人，之后是方案（属实）、答复（不属实）") for sentence in words)


def test_forty_steps_with_rounds_are_laid_out_at_once_and_stay_narrow():
    steps = [f"step-{number}" for number in range(40)]
    edges = list(pairwise(steps))
    edges += [(steps[n], steps[n + 4]) for n in range(0, 36, 4)] + [(steps[n], steps[n - 6]) for n in range(10, 40, 10)]
    begun = time.process_time()
    order = layered(steps, edges)
    assert time.process_time() - begun < 0.5
    assert order.back == {(steps[n], steps[n - 6]) for n in range(10, 40, 10)}
    assert max(sum(not name.startswith("·") for name in layer) for layer in order.layers) == 1


def test_a_circle_of_steps_ends_and_so_does_a_step_after_itself():
    order = layered(["a", "b", "c"], [("a", "b"), ("b", "c"), ("c", "a"), ("b", "b")])
    assert order.back == {("c", "a")}
    assert [[name for name in layer if not name.startswith("·")] for layer in order.layers] == [["a"], ["b"], ["c"]]

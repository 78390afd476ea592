"""Who sees what."""

from collections.abc import Callable, Mapping
from typing import Any

from huiyin.cases.access import Sight, sight
from huiyin.cases.outsiders import evidence_of, may_read
from huiyin.cases.people import Actor
from huiyin.cases.standing import assignees
from huiyin.scenarios.scene import Scene

from .difference import Difference, Reader, listed


def _visibility(hidden: bool) -> Callable[[Scene, str, Any], list[Difference]]:
    def read(scene: Scene, key: str, expected: Mapping[str, Any]) -> list[Difference]:
        case, world = scene.the_case, scene.world
        scene.firing.looked_at(case)
        found: list[Difference] = []
        for who, paths in expected.items():
            viewer = _viewer(scene, who)
            view = sight(scene.regime, case, viewer, world)
            for path in listed(paths):
                is_hidden = not view.sees or _is_hidden(scene, viewer, view, str(path))
                if is_hidden != hidden:
                    found.append(Difference(f"{key}.{who}", str(path), "看不到" if is_hidden else "看得到"))
        return found

    return read


def _is_hidden(scene: Scene, viewer: Actor, view: Sight, path: str) -> bool:
    """Whether somebody who sees the case does not see this of it: a content, a kind of evidence, the latest paper of a form."""
    regime, case = scene.regime, scene.the_case
    section, _, name = path.partition(".")
    if section == "forms":
        papers = [each for each in case.documents.values() if each.form == name]
        return not (papers and may_read(regime, case, papers[-1], viewer, scene.world))
    if section == "evidence" and name:
        return all(item.kind != name for item in evidence_of(regime, case, viewer, view.hidden))
    if section == "complainant" and name:  # in full; masked, the complainant is only not hidden
        return not view.personal
    return path in view.hidden


def _viewer(scene: Scene, who: str) -> Actor:
    role = scene.world.outside_role(who)
    if role is not None and role.reached_by == "link":
        return scene.world.through_link(scene.the_case, who, scene.now)
    found = assignees(scene.regime, scene.the_case, (who,), scene.world) if who not in scene.world.staff else ()
    person = next((item.person for item in found if item.person), "")
    return scene.world.actor(person or who)


READERS: Mapping[str, Reader] = {
    "sees": _visibility(False),
    "hides": _visibility(True),
}

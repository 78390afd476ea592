"""Stories that test a regime: dated actions and what they must lead to (regime-language 6; pure).

`run_folder` plays all stories of a pack's folder through the same core that runs live cases.
"""

from .results import FolderResult, StoryResult
from .running import run_folder, run_stories, scenes_of
from .script import ScriptError

__all__ = ["FolderResult", "ScriptError", "StoryResult", "run_folder", "run_stories", "scenes_of"]

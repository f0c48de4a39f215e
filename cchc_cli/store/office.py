"""What travels with the package for the repository of an office."""

from __future__ import annotations

from pathlib import Path

_FOLDER = Path(__file__).parents[1] / "office"
_PLACES = {
    ".github/workflows/cchc.yml": "github.yml",
    ".gitlab-ci.yml": "gitlab.yml",
    "ci/cchc.cron": "cchc.cron",
}


def automation_files() -> dict[str, bytes]:
    """Files for GitHub, GitLab and cron, by the path each has in the office’s repository."""
    return {place: (_FOLDER / name).read_bytes() for place, name in _PLACES.items()}

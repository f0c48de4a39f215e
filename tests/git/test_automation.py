"""The files for GitHub, GitLab, cron and pre-commit: each of their steps is run as it stands."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from cchc_cli.store.starter import starter

Git = Callable[..., "subprocess.CompletedProcess[str]"]
ROOT = Path(__file__).parents[2]
FILES = {path: content.decode() for path, content in starter("shared").items()}
GITHUB = yaml.load(FILES[".github/workflows/cchc.yml"], yaml.BaseLoader)  # “on” stays a word
GITLAB = yaml.load(FILES[".gitlab-ci.yml"], yaml.BaseLoader)
HOOKS = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
JOBS = GITHUB["jobs"]
CHANGED = "plans/office.yaml"


def steps(job: str) -> list[dict[str, Any]]:
    return list(JOBS[job]["steps"])


class Service:
    """A machine of the service: its variables, and the commands that are installed on it."""

    def __init__(self, office: Path, folder: Path) -> None:
        self.office, self.folder = office, folder
        self.temp, self.bin = folder / "temp", folder / "bin"
        for made in (self.temp, self.bin, folder / "installed"):
            made.mkdir()
        self.summary = folder / "summary.md"
        self._tool("cchc", f"#!{sys.executable}\nfrom cchc_cli.__main__ import run\n\nrun()\n")
        self._tool("pip", f"#!{sys.executable}\nfrom pip._internal.cli.main import main\nmain()\n")
        log = shlex.quote(str(folder / "sent"))
        kept = f'printf "%s\\n" "$@" >{log}\ncat body.md >>{log} || :\n'
        for name in ("gh", "curl"):  # what would go out is kept instead
            self._tool(name, f"#!/bin/sh\ncat >/dev/null\n{kept}")
        clean = {k: v for k, v in os.environ.items() if not k.startswith(("GIT_", "CCHC_"))}
        self.env = clean | {
            "PATH": f"{self.bin}{os.pathsep}{os.environ['PATH']}",
            "RUNNER_TEMP": str(self.temp), "GITHUB_STEP_SUMMARY": str(self.summary),
            "GITHUB_REPOSITORY": "so/ke-hoach", "GIT_CONFIG_GLOBAL": os.devnull,
            "PYTHONUTF8": "1", "CCHC_LANG": "en", "HOME": str(folder),
            "PIP_TARGET": str(folder / "installed"), "PIP_NO_INDEX": "1",
            "PIP_DISABLE_PIP_VERSION_CHECK": "1", "PIP_ROOT_USER_ACTION": "ignore",
        }  # fmt: skip

    def _tool(self, name: str, text: str) -> None:
        (self.bin / name).write_text(text, encoding="utf-8")
        (self.bin / name).chmod(0o755)

    @property
    def sent(self) -> str:
        return (self.folder / "sent").read_text(encoding="utf-8")

    def run(self, script: str, **env: str) -> subprocess.CompletedProcess[str]:
        """A script as a service runs it: with bash, which stops at the first mistake."""
        return subprocess.run(
            ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script],
            cwd=self.office, env=self.env | env, capture_output=True, check=False,
            encoding="utf-8", timeout=120,
        )  # fmt: skip

    def job(self, name: str, values: dict[str, str]) -> list[subprocess.CompletedProcess[str]]:
        """The steps of a job of GitHub; `values` are those of its expressions."""
        done = []
        for step in steps(name):
            if "run" in step:
                given = step.get("env", {}).items()
                env = {key: values[re.sub(r"^\$\{\{ | \}\}$", "", text)] for key, text in given}
                done.append(self.run(step["run"], **env))
        return done

    def gitlab(self, name: str, **env: str) -> subprocess.CompletedProcess[str]:
        """A job of GitLab, whose lines make one script."""
        job = GITLAB[name]
        base = GITLAB[job["extends"]] if "extends" in job else {}
        lines = [*base.get("before_script", []), *job["script"]]
        return self.run("\n".join(lines), **base.get("variables", {}), **env)


@pytest.fixture(name="service")
def service_fixture(office: Path, git: Git, tmp_path_factory: pytest.TempPathFactory) -> Service:
    """A machine beside a repository in which a branch has changed the plans."""
    service = Service(office, tmp_path_factory.mktemp("machine"))
    git("checkout", "-qb", "de-nghi")
    change(office, "place: Quảng Ngãi", "place: Thành phố mới")
    git("commit", "-qam", "$(touch owned) `touch owned`")
    return service


@pytest.fixture(name="source")
def source_fixture(tmp_path_factory: pytest.TempPathFactory) -> str:
    """What pip can install without a network: a package with nothing in it."""
    wheel = tmp_path_factory.mktemp("source") / "nothing-1-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "w") as file:
        info = "nothing-1.dist-info"
        file.writestr(f"{info}/METADATA", "Metadata-Version: 2.1\nName: nothing\nVersion: 1\n")
        file.writestr(
            f"{info}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
        )
        file.writestr(f"{info}/RECORD", "")
    return str(wheel)


def change(office: Path, old: str, new: str) -> None:
    text = (office / CHANGED).read_text(encoding="utf-8")
    assert old in text
    (office / CHANGED).write_text(text.replace(old, new, 1), encoding="utf-8")


def values(git: Git, source: str, **more: str) -> dict[str, str]:
    """What the expressions of the workflow stand for."""
    base = git("rev-parse", "main").stdout.strip()
    return {
        "vars.CCHC_SOURCE": source,
        "github.event.pull_request.base.sha || github.event.before": base,
        "github.token": "t0ken",
        "github.event.pull_request.number": "7",
        "inputs.since": "",
    } | more


# -- GitHub ----------------------------------------------------------------------------------------


def test_a_change_is_checked_and_shown(service: Service, git: Git, source: str) -> None:
    done = service.job("check", values(git, source))
    assert [each.returncode for each in done] == [0] * 5, [each.stderr for each in done]
    assert sorted(path.name for path in (service.temp / "cchc").iterdir()) == [
        "cchc.sarif",
        "diff.md",
        "diff.txt",
    ]
    summary = service.summary.read_text(encoding="utf-8")
    assert summary.startswith("### ")
    assert "Changes: 1" in summary
    assert "\n---\n\n    --- plans/office.yaml\n" in summary
    assert "Thành phố mới" in summary
    assert list((service.folder / "installed").glob("nothing*"))
    assert git("status", "--porcelain").stdout == ""


def test_errors_are_annotated_and_fail_the_check_last(
    service: Service, git: Git, source: str
) -> None:
    change(service.office, "agency:", "agencie:")
    git("commit", "-qam", "sai")
    done = service.job("check", values(git, source))
    assert [each.returncode for each in done] == [0, 0, 0, 0, 1]
    assert done[-1].stdout.startswith("::error file=plans/")
    assert '"CCHC102"' in (service.temp / "cchc" / "cchc.sarif").read_text(encoding="utf-8")


def test_where_cchc_cannot_run_the_check_stops(service: Service, git: Git, source: str) -> None:
    git("rm", "-rq", "plans")
    assert service.job("check", values(git, source))[1].returncode != 0
    assert service.job("check", values(git, ""))[0].returncode != 0, "no source was named"


@pytest.mark.parametrize("before", ["", "0" * 40])
def test_a_first_push_has_its_last_commit_compared(
    service: Service, git: Git, source: str, before: str
) -> None:
    given = {"github.event.pull_request.base.sha || github.event.before": before}
    service.job("check", values(git, source) | given)
    shown = (service.temp / "cchc" / "diff.txt").read_text(encoding="utf-8")
    assert "Thành phố mới" in shown
    assert "appendix.yaml" not in shown, "what was there before is not new"


def test_the_difference_becomes_a_comment_where_there_is_a_token(
    service: Service, git: Git, source: str
) -> None:
    service.job("check", values(git, source))
    (done,) = service.job("comment", values(git, source) | {"github.token": ""})
    assert (done.returncode, (service.folder / "sent").exists()) == (0, False)
    (done,) = service.job("comment", values(git, source))
    assert done.returncode == 0, done.stderr
    assert service.sent.split("\n")[:5] == ["pr", "comment", "7", "--repo", "so/ke-hoach"]
    assert service.sent.splitlines()[-1] == str(service.temp / "cchc" / "diff.md")
    body = (service.temp / "cchc" / "diff.md").read_text(encoding="utf-8")
    assert "Thành phố mới" in body


def test_a_changed_template_of_reports_is_shown_and_not_used(
    service: Service, git: Git, source: str
) -> None:
    git("checkout", "-q", "main")
    template = service.office / "templates" / "report.md.jinja"
    template.parent.mkdir()
    template.write_text("{{ 1 / 0 }}\n", encoding="utf-8")
    (template.parent / "report.docx").write_bytes(b"PK\0")
    git("checkout", "-qb", "mau")
    git("add", ".")
    git("commit", "-qm", "mẫu")
    codes = [each.returncode for each in service.job("check", values(git, source))]
    assert codes == [0] * 5
    summary = service.summary.read_text(encoding="utf-8")
    assert "+{{ 1 / 0 }}" in summary
    assert "the file is not text" in summary


def test_plans_with_errors_are_compared_line_by_line(
    service: Service, git: Git, source: str
) -> None:
    change(service.office, "agency:", "agencie:")
    git("commit", "-qam", "sai")
    service.job("check", values(git, source))
    service.job("comment", values(git, source))
    for text in (service.summary, service.temp / "cchc" / "diff.md"):
        said = text.read_text(encoding="utf-8")
        assert "    +agencie:" in said


def test_reports_are_written_for_the_days_that_were_missed(
    service: Service, git: Git, source: str
) -> None:
    done = service.job("reports", values(git, source))
    assert [each.returncode for each in done] == [0, 0]
    assert "no report period ends on" in done[1].stderr
    assert not (service.temp / "reports").exists()
    done = service.job("reports", values(git, source, **{"inputs.since": "2025-12-01"}))
    assert done[1].returncode == 0, done[1].stderr
    written = {path.name for path in (service.temp / "reports").iterdir()}
    assert {"cchc-2021-2025-2025-Q4.docx", "cchc-2021-2025-2025.md"} <= written
    for text in ("$(touch owned); touch owned", "2025-12-01 --format md"):
        hostile = values(git, source, **{"inputs.since": text})
        assert service.job("reports", hostile)[1].returncode == 2, "it is a day, or nothing"
    assert not (service.office / "owned").exists()


def test_nothing_that_a_pull_request_brings_is_run(service: Service, git: Git, source: str) -> None:
    """Packages by the names of ours, links, settings, and texts that a shell or page would obey."""
    office, owned = service.office, service.folder / "owned"
    code = f"open({str(owned)!r}, 'w')\n"
    for name in ("cchc_cli/__init__.py", "pip/__init__.py", "sitecustomize.py", "yaml.py"):
        path = office / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(code, encoding="utf-8")
    for name in ("cchc", "git", "sed", "head"):
        (office / name).write_text(f"#!/bin/sh\ntouch {owned}\n", encoding="utf-8")
        (office / name).chmod(0o755)
    (office / ".gitattributes").write_text("* diff=x filter=x merge=x\n", encoding="utf-8")
    (office / "pip.conf").write_text("[install]\nno-such = x\n", encoding="utf-8")
    for name in ("cchc.sarif", "diff.txt", "body.md"):
        (office / name).symlink_to(owned)
    (office / "cchc-ci").symlink_to(service.folder)
    hostile = "Thành phố\\n```\\n::error::x\\n<img src=x> $(touch owned)"
    change(office, "Thành phố mới", f'"{hostile}" # a\r```\r<img src=x>')
    file = office / "--root=x" / "plans" / "a\n```\n::error::.yaml"
    file.parent.mkdir(parents=True)
    file.write_text("a: 1\n", encoding="utf-8")
    git("add", "-A")
    git("commit", "-qm", "x")
    codes = [each.returncode for each in service.job("check", values(git, source))]
    assert codes == [0, 0, 0, 0, 1], "the check runs to its end"
    service.job("comment", values(git, source))
    service.gitlab("cchc-check", CCHC_SOURCE=source, CI_MERGE_REQUEST_DIFF_BASE_SHA="main")
    assert not owned.exists()
    assert not (office / "owned").exists()
    for text in (service.summary, service.temp / "cchc" / "diff.md"):
        _before, _, quoted = text.read_text(encoding="utf-8").partition("\n    ")
        assert quoted.count("::error::") >= 2
        lines = re.split("[\r\n]", f"    {quoted}".rstrip("\n"))
        assert [line for line in lines if not line.startswith("    ")] == []


def test_nothing_of_a_plan_becomes_markdown(service: Service, git: Git, source: str) -> None:
    change(service.office, "Thành phố mới", "'<img src=x> [a](http://b) @ai ```'")
    git("commit", "-qam", "x")
    service.job("check", values(git, source))
    said = (service.temp / "cchc" / "diff.md").read_text(encoding="utf-8")
    assert "img src=x" in said
    assert not re.search(r"(?<!\\)[<\[`](?!!--)|@ai", said)


def scripts() -> Iterator[str]:
    for job in JOBS:
        yield from (step["run"] for step in steps(job) if "run" in step)
    for job in GITLAB.values():
        yield from (*job.get("before_script", []), *job.get("script", []))


def test_no_script_has_a_value_of_others_written_into_it() -> None:
    assert [script for script in scripts() if "${{" in script] == []
    assert [script for script in scripts() if re.search("python3? -m|eval|TITLE", script)] == []
    for script in scripts():
        bare = re.sub(r"'[^']*'|\"[^\"]*\"", "", script)
        names = set(re.findall(r"\$\{?(\w+)", bare))
        assert names <= {"SINCE"}, "unquoted, a value is split and expanded"


def test_jobs_have_no_more_rights_than_they_need() -> None:
    assert GITHUB["permissions"] == {}
    assert "pull_request_target" not in GITHUB["on"]
    assert "workflow_run" not in GITHUB["on"]
    rights = {name: job["permissions"] for name, job in JOBS.items()}
    assert rights == {
        "check": {"contents": "read"},
        "sarif": {"security-events": "write", "actions": "read", "contents": "read"},
        "comment": {"pull-requests": "write"},
        "reports": {"contents": "read"},
    }
    for name in JOBS:
        used = [step.get("uses", step.get("name", "")).partition("@")[0] for step in steps(name)]
        if "actions/checkout" in used:
            checkout = steps(name)[used.index("actions/checkout")]
            assert checkout["with"]["persist-credentials"] == "false"
            assert used.index("Cài cchc") < used.index("actions/checkout")
            assert "write" not in rights[name].values()
    assert "default_branch" in steps("reports")[2]["with"]["ref"]


# -- GitLab, cron, pre-commit ----------------------------------------------------------------------


def test_gitlab_checks_a_merge_request_and_shows_what_it_changes(
    service: Service, git: Git, source: str
) -> None:
    base = git("rev-parse", "main").stdout.strip()
    given = {"CCHC_SOURCE": source, "CI_MERGE_REQUEST_DIFF_BASE_SHA": base}
    done = service.gitlab("cchc-check", **given)
    assert done.returncode == 0, done.stderr
    assert "Thành phố mới" in done.stdout
    assert "errors: 0" in done.stdout
    assert (service.office / "cchc-ci" / "cchc.sarif").stat().st_size > 1000
    given = {"CI_API_V4_URL": "https://gitlab.vn/api/v4", "CI_PROJECT_ID": "5"}
    done = service.gitlab(
        "cchc-comment", CCHC_COMMENT_TOKEN="t0ken", CI_MERGE_REQUEST_IID="7", **given
    )
    assert done.returncode == 0, done.stderr
    assert "https://gitlab.vn/api/v4/projects/5/merge_requests/7/notes\n" in service.sent
    assert "t0ken" not in service.sent
    assert "Thành phố mới" in service.sent
    change(service.office, "agency:", "agencie:")
    assert service.gitlab("cchc-check", CCHC_SOURCE=source).returncode == 1


def test_gitlab_writes_reports_by_its_schedule(service: Service, source: str) -> None:
    assert service.gitlab("cchc-reports", CCHC_SOURCE=source).returncode == 0
    done = service.gitlab("cchc-reports", CCHC_SOURCE=source, SINCE="2025-12-01")
    assert done.returncode == 0, done.stderr
    assert (service.office / "cchc-ci" / "reports" / "cchc-2021-2025-2025-Q4.docx").exists()
    conditions = [rule["if"] for rule in GITLAB["cchc-reports"]["rules"]]
    assert all("$CI_DEFAULT_BRANCH" in condition for condition in conditions)
    assert GITLAB["cchc-comment"]["variables"]["GIT_STRATEGY"] == "none"


def test_the_cron_line_fetches_shows_checks_and_writes(
    service: Service, git: Git, tmp_path_factory: pytest.TempPathFactory
) -> None:
    lines = [line for line in FILES["ci/cchc.cron"].splitlines() if line and line[0] != "#"]
    *_settings, line = lines
    fields = line.split(" ", 5)
    assert fields[:5] == ["0", "18", "*", "*", "*"]
    assert not re.search(r"(?<!\\)%", fields[5]), "cron takes a bare “%” for a line end"
    command = fields[5].replace("\\%", "%")
    server = tmp_path_factory.mktemp("server") / "office"
    git("checkout", "-q", "main")
    git("clone", "-q", str(service.office), str(server))
    git("merge", "-q", "--ff-only", "de-nghi")
    # As if the machine had been off since 2025.
    command = command.replace("date -d '31 days ago' +%F", "echo 2025-12-01")
    assert "2025-12-01" in command
    ran = service.run(f"sh -c {shlex.quote(command)}", CCHC_OFFICE=str(server))
    assert ran.returncode == 0, ran.stderr
    assert "Thành phố mới" in ran.stdout
    assert "errors: 0" in ran.stdout
    assert (server / "reports" / "cchc-2021-2025-2025-Q4.docx").exists()
    ran = service.run(command, CCHC_OFFICE=str(server / "missing"))
    assert ran.returncode == 1, "elsewhere nothing is run"
    assert ran.stdout == ""


def test_today_is_a_day_that_cron_can_name(service: Service) -> None:
    ran = service.run("cchc report --ended --since \"$(date -d '31 days ago' +%F)\" --dry-run")
    assert ran.returncode == 0, ran.stderr


@pytest.mark.parametrize("hook", HOOKS, ids=[hook["id"] for hook in HOOKS])
def test_the_hooks_of_pre_commit(service: Service, git: Git, hook: dict[str, Any]) -> None:
    entry = shlex.join(shlex.split(hook["entry"]))
    change(service.office, "Thành phố mới", "Thành phố cũ")
    git("add", ".")
    done = service.run(entry)
    assert done.returncode == 0, done.stderr
    assert ("Thành phố cũ" if hook["id"] == "cchc-diff" else "errors: 0") in done.stdout
    assert re.search(hook["files"], "plans/units.yaml")
    assert re.search(hook["files"], "so/plans/a/progress/VP.yaml")
    assert not re.search(hook["files"], "docs/plans.md")
    assert hook["language"] == "python"
    assert hook["pass_filenames"] is False


def test_only_mistakes_stop_a_commit(service: Service, git: Git) -> None:
    change(service.office, "agency:", "agencie:")
    git("add", ".")
    done = {hook["id"]: service.run(hook["entry"]) for hook in HOOKS}
    assert {name: each.returncode for name, each in done.items()} == {
        "cchc-validate": 1,
        "cchc-diff": 0,
    }
    assert "+agencie:" in done["cchc-diff"].stdout

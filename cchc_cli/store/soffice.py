"""LibreOffice, for what only a word processor can do: Word files → PDF, old .doc files → .docx."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from cchc_cli.core.message import msg
from cchc_cli.store.files import CannotRun

_SECONDS = 300  # a plan of 400 tasks takes 10
_FOLDERS = {  # where it is installed without being on the path
    "nt": (r"%ProgramFiles%\LibreOffice\program", r"%ProgramFiles(x86)%\LibreOffice\program"),
    "posix": ("/Applications/LibreOffice.app/Contents/MacOS",),
}
# The file may come from anybody: no macro runs, and nothing it links to is fetched.
_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop>
<prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop>
</item>
</oor:items>
"""


def convert(content: bytes, suffix: str, to: str) -> bytes:
    """The file `content`, of the kind `suffix` (".docx"), as one of the kind `to` ("pdf").

    Each call has a profile and a folder of its own: a LibreOffice that somebody has open is not
    disturbed, and two calls do not meet. Raises `CannotRun` if it is not installed, or fails.
    """
    program = _program()
    with tempfile.TemporaryDirectory(prefix="cchc-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        source, target = folder / f"in{suffix}", folder / "out" / f"in.{to}"
        user = folder / "profile" / "user"
        user.mkdir(parents=True)
        (user / "registrymodifications.xcu").write_text(_SETTINGS, encoding="utf-8")
        source.write_bytes(content)
        profile = (folder / "profile").as_uri()
        command = [program, f"-env:UserInstallation={profile}", "--headless", "--norestore",
                   "--convert-to", to, "--outdir", str(target.parent), str(source)]  # fmt: skip
        try:
            done = subprocess.run(  # noqa: S603  # LibreOffice, with arguments of our own
                command, capture_output=True, timeout=_SECONDS, check=False,
                stdin=subprocess.DEVNULL, encoding="utf-8", errors="replace",
            )  # fmt: skip
        except subprocess.TimeoutExpired:
            message = msg("LibreOffice has not finished in {minutes} minutes",
                          minutes=_SECONDS // 60)  # fmt: skip
            raise CannotRun(message, _BY_HAND) from None
        except OSError as failure:
            raise _failed(str(failure.strerror)) from None
        if not target.is_file():  # it says so by words only, with exit code 0
            raise _failed(done.stderr.strip().splitlines()[-1] if done.stderr.strip() else "")
        return target.read_bytes()


def _program() -> str:
    places = [os.path.expandvars(folder) for folder in _FOLDERS.get(os.name, ())]
    for name in ("soffice", "libreoffice"):
        for path in (None, os.pathsep.join(places)):
            found = shutil.which(name, path=path)
            if found:
                return found
    raise CannotRun(
        msg("LibreOffice is needed for this, and it is not installed"),
        msg("install LibreOffice (free of charge), or ask for Word only (--format docx) and save "
            "the file as PDF in Word"),
    )  # fmt: skip


_BY_HAND = msg("open the file in Word or LibreOffice and save it there")


def _failed(said: str) -> CannotRun:
    if said:
        return CannotRun(msg("LibreOffice could not convert the file: {text}", text=said), _BY_HAND)
    return CannotRun(msg("LibreOffice could not convert the file"), _BY_HAND)

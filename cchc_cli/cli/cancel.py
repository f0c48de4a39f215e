"""`cchc cancel I.4`: a document drops work that is still open (thôi thực hiện)."""

from __future__ import annotations

from cchc_cli.cli.halting import recorder
from cchc_cli.core.model import HaltKind
from cchc_cli.i18n import _

HELP = _("Record that a document cancels a task.")

run = recorder(HaltKind.CANCELLED)

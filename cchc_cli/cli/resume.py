"""`cchc resume I.4`: a document takes suspended or cancelled work up again."""

from __future__ import annotations

from cchc_cli.cli.halting import recorder
from cchc_cli.core.model import HaltKind
from cchc_cli.i18n import _

HELP = _("Record that a document takes a suspended task up again.")

run = recorder(HaltKind.RESUMED)

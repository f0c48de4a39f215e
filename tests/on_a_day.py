"""Run `cchc` as if it were nine in the morning of a day: on_a_day.py 2025-03-10 due --unit VP."""

from __future__ import annotations

import datetime
import sys

import time_machine

from cchc_cli.__main__ import run

day = datetime.datetime.fromisoformat(f"{sys.argv.pop(1)}T09:00:00+07:00")
time_machine.travel(day, tick=True).start()
run()

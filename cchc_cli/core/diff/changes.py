"""The kinds of change, and what each carries.

Every kind is symmetrical: with the two states exchanged, `before` and `after` are exchanged, and
`…_added` and `…_removed` are. Only of progress, what is recorded one way is erased the other.
"""

from __future__ import annotations

import enum
from datetime import date
from typing import NamedTuple

from cchc_cli.core.source import Span, Text
from cchc_cli.core.status import Status
from cchc_cli.core.units import Role


class Kind(enum.Enum):
    """What has changed. The values are the stable names of the JSON form."""

    PLAN_ADDED = "plan_added"
    PLAN_REMOVED = "plan_removed"
    PLAN_RENAMED = "plan_renamed"  # with its folder
    PLAN_CHANGED = "plan_changed"  # its period, the day it takes effect, what it carries out
    TEXT_CHANGED = "text_changed"  # a part or section of the signed text
    SECTION_CHANGED = "section_changed"  # what ties a section to fields, units and tasks
    FIELD_ADDED = "field_added"
    FIELD_REMOVED = "field_removed"
    FIELD_RENAMED = "field_renamed"
    TASK_ADDED = "task_added"
    TASK_REMOVED = "task_removed"
    TASK_RENUMBERED = "task_renumbered"
    TASK_REWORDED = "task_reworded"
    TASK_MOVED = "task_moved"  # to another field
    LINK_CHANGED = "link_changed"  # what it carries out of the parent plan
    LEAD_CHANGED = "lead_changed"
    SUPPORT_CHANGED = "support_changed"
    PRODUCT_CHANGED = "product_changed"
    DEADLINE_CHANGED = "deadline_changed"  # its words, or what the same words now give
    EXTENSION_ADDED = "extension_added"
    EXTENSION_REMOVED = "extension_removed"
    EXTENSION_CHANGED = "extension_changed"
    AMENDMENT_ADDED = "amendment_added"
    AMENDMENT_REMOVED = "amendment_removed"
    AMENDMENT_CHANGED = "amendment_changed"
    PROGRESS_RECORDED = "progress_recorded"
    PROGRESS_CORRECTED = "progress_corrected"
    PROGRESS_TAKEN_BACK = "progress_taken_back"
    PROGRESS_ALTERED = "progress_altered"  # an entry itself, where a later one should correct it
    PROGRESS_ERASED = "progress_erased"
    DUTY_ADDED = "duty_added"
    DUTY_REMOVED = "duty_removed"
    DUTY_CHANGED = "duty_changed"
    EVENT_ADDED = "event_added"
    EVENT_REMOVED = "event_removed"
    EVENT_CHANGED = "event_changed"
    INSPECTION_CHANGED = "inspection_changed"  # what is said of a year as a whole
    VISIT_ADDED = "visit_added"
    VISIT_REMOVED = "visit_removed"
    VISIT_CHANGED = "visit_changed"
    FINDING_ADDED = "finding_added"
    FINDING_REMOVED = "finding_removed"
    FINDING_CHANGED = "finding_changed"
    COMMUNICATION_CHANGED = "communication_changed"  # likewise
    ACTIVITY_ADDED = "activity_added"
    ACTIVITY_REMOVED = "activity_removed"
    ACTIVITY_CHANGED = "activity_changed"
    HELD_ADDED = "held_added"  # what was held for an activity on a day
    HELD_REMOVED = "held_removed"
    HELD_CHANGED = "held_changed"
    ACKNOWLEDGEMENT_ADDED = "acknowledgement_added"
    ACKNOWLEDGEMENT_REMOVED = "acknowledgement_removed"
    FROZEN_ADDED = "frozen_added"  # a report as it was sent
    FROZEN_REMOVED = "frozen_removed"
    FROZEN_CHANGED = "frozen_changed"
    CRITERIA_ADDED = "criteria_added"  # a list of criteria for scoring
    CRITERIA_REMOVED = "criteria_removed"
    CRITERIA_CHANGED = "criteria_changed"  # its total, years, rounding or fields
    CRITERION_ADDED = "criterion_added"
    CRITERION_REMOVED = "criterion_removed"
    CRITERION_CHANGED = "criterion_changed"
    SCORED_BY_CHANGED = "scored_by_changed"  # the list by which a year is scored
    DECLARED_ADDED = "declared_added"
    DECLARED_REMOVED = "declared_removed"
    DECLARED_CHANGED = "declared_changed"
    ROUND_ADDED = "round_added"  # of appraisal
    ROUND_REMOVED = "round_removed"
    ROUND_CHANGED = "round_changed"
    UNIT_ADDED = "unit_added"
    UNIT_REMOVED = "unit_removed"
    UNIT_RENAMED = "unit_renamed"
    UNIT_MERGED = "unit_merged"  # another unit takes over, or no longer does
    UNIT_CHANGED = "unit_changed"
    GROUP_ADDED = "group_added"
    GROUP_REMOVED = "group_removed"
    GROUP_CHANGED = "group_changed"
    OFFICE_CHANGED = "office_changed"
    CALENDAR_ADDED = "calendar_added"
    CALENDAR_REMOVED = "calendar_removed"
    CALENDAR_CHANGED = "calendar_changed"  # its weekly days of rest
    CALENDAR_DAY_ADDED = "calendar_day_added"
    CALENDAR_DAY_REMOVED = "calendar_day_removed"
    CALENDAR_DAY_CHANGED = "calendar_day_changed"
    TEMPLATE_ADDED = "template_added"
    TEMPLATE_REMOVED = "template_removed"
    TEMPLATE_CHANGED = "template_changed"


class Slot(NamedTuple):
    """One occurrence: its period and its due day, None where it has none."""

    period: str
    due: date | None


class Flip(NamedTuple):
    """A unit for which an occurrence has another status; None where there is no occurrence."""

    unit: str  # its id; of an open group, the group's name
    role: Role
    before: Status | None
    after: Status | None


class Shift(NamedTuple):
    """What becomes of one occurrence; None on the side where it is not there."""

    before: Slot | None
    after: Slot | None
    flips: tuple[Flip, ...] = ()

    @property
    def moved(self) -> bool:
        """Whether it is there on both sides with different due days."""
        return self.before is not None and self.after is not None and (
            self.before.due != self.after.due
        )  # fmt: skip


class Effect(NamedTuple):
    """What follows for the occurrences of a task, and the units that lead it."""

    units: tuple[str, ...]
    shifts: tuple[Shift, ...]


class Words(NamedTuple):
    """What a due day rests on: the words, the reading pinned to them, the events awaited."""

    deadline: Text | None
    reading: Text | None = None
    events: tuple[Text, ...] = ()


class Head(NamedTuple):
    """What a plan says about itself, and how many tasks it has where that is of interest."""

    period: str
    effective: date | None
    tasks: int | None = None
    parent: str | None = None


class Change(NamedTuple):
    """One change. `before` and `after` are the values or whole records, None where there is none.

    `plan` is empty for what all plans share. `subject` is the id of what has changed: a task, a
    unit, a section such as "IV.3". `weakens` says that somebody may come to answer for less.
    `span` is its place in the later state, or in the earlier one where it is gone.
    """

    kind: Kind
    plan: str
    subject: str
    before: object
    after: object
    span: Span | None = None
    weakens: bool = False
    effect: Effect | None = None

"""What holds for all changes: of nothing, of form only, and of both directions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable
from random import Random

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from cchc_cli.core.diff.changes import Change, Effect, Kind, Shift
from cchc_cli.core.diff.compare import hindering
from cchc_cli.core.diff.records import bare
from cchc_cli.core.source import SourceFile
from cchc_cli.syntax.load import Loaded, load

from .conftest import Texts, base, difference, edited
from .test_changes import CASES

# Lists whose order says nothing: records with an id, and names of units.
_UNORDERED = (
    "fields", "tasks", "units", "groups", "aliases", "members", "closed", "working", "rest",
    "events", "duties", "acknowledged", "extensions", "suspensions", "additions", "progress",
    "visits", "findings", "activities", "held",
)  # fmt: skip

some_cases = st.lists(st.integers(0, len(CASES) - 1), max_size=4, unique=True)


def after_some(texts: Texts, chosen: list[int]) -> Texts:
    """The texts after those of the edits that still find what they replace."""
    for number in chosen:
        try:
            changed = edited(texts, CASES[number].edits)
        except (AssertionError, KeyError):
            continue
        if not hindering(loaded_of(changed).diagnostics):  # two may give the same key
            texts = changed
    return texts


def loaded_of(texts: Texts) -> Loaded:
    """What the plan files among the texts hold."""
    return load(SourceFile(p, text) for p, text in sorted(texts.items()) if p.startswith("plans/"))


@settings(max_examples=15, deadline=None)
@given(some_cases)
def test_nothing_differs_from_itself(chosen: list[int]) -> None:
    state = after_some(base(), chosen)
    assert difference(state, state) == []


@settings(max_examples=40, deadline=None)
@given(some_cases, some_cases)
@example([], [43, 44])
def test_the_other_way_round_what_was_added_is_removed(one: list[int], other: list[int]) -> None:
    before, after = after_some(base(), one), after_some(base(), other)
    there, back = difference(before, after), difference(after, before)
    assert Counter(map(known, there)) == Counter(known(exchanged(change)) for change in back)


_ERASED = (Kind.PROGRESS_RECORDED, Kind.PROGRESS_CORRECTED, Kind.PROGRESS_TAKEN_BACK)


def exchanged(change: Change) -> Change:
    """The change as it is the other way round."""
    name = change.kind.value
    if name.endswith("_added"):
        name = name.replace("_added", "_removed")
    elif name.endswith("_removed"):
        name = name.replace("_removed", "_added")
    if change.kind is Kind.PLAN_RENAMED:  # it is called by the name it has in the later state
        change = change._replace(subject=str(change.before), plan=str(change.before))
    effect = change.effect
    if effect is not None:
        effect = effect._replace(shifts=tuple(map(shift_back, effect.shifts)))
    return change._replace(kind=Kind(name), before=change.after, after=change.before, effect=effect)


def shift_back(shift: Shift) -> Shift:
    flips = tuple(f._replace(before=f.after, after=f.before) for f in shift.flips)
    return Shift(shift.after, shift.before, flips)


def known(change: Change) -> Hashable:
    """What must be the same both ways: all but the place, the rank, and who leads in the end."""
    kind = Kind.PROGRESS_ERASED if change.kind in _ERASED else change.kind
    subject = change.subject.replace("I.6", "I.5")  # the task that some cases renumber
    subject = "cchc-2021-2025" if subject == "cchc" else subject  # the plan that one renames
    values = (without_place(change.before), without_place(change.after))
    return kind, subject, values, effects(change.effect)


def without_place(value: object) -> str:
    return repr(bare(value)) if isinstance(value, tuple) else repr(value)


def effects(effect: Effect | None) -> Hashable:
    return effect and frozenset(s._replace(flips=frozenset(s.flips)) for s in effect.shifts)


@settings(max_examples=15, deadline=None)
@given(some_cases, st.integers(0, 1000), st.sampled_from(['"', "'", None]))
def test_form_order_and_comments_are_no_change(
    chosen: list[int], seed: int, quote: str | None
) -> None:
    before, chance = after_some(base(), chosen), Random(seed)
    after = {
        path: reformatted(text, chance, quote) if path.endswith(".yaml") else text
        for path, text in before.items()
    }
    assert after != before
    assert difference(before, after) == []


def reformatted(text: str, chance: Random, quote: str | None) -> str:
    values = shuffled(yaml.load(text, yaml.CBaseLoader), chance)
    width = chance.choice([40, 100, 1000])
    flow = chance.choice([True, False, None])
    dumped = yaml.dump(
        values,
        Dumper=yaml.CDumper,
        default_style=quote,
        allow_unicode=chance.choice([True, False]),
        width=width,
        default_flow_style=flow,
        sort_keys=False,
    )
    commented = f"# Một ghi chú.\n{dumped}# Hết.\n"
    return commented.replace("\n", "\r\n") if chance.choice([True, False]) else commented


def shuffled(value: object, chance: Random, key: str = "") -> object:
    """The same values with keys and records in another order."""
    if isinstance(value, dict):
        items = list(value.items())
        chance.shuffle(items)
        return {name: shuffled(each, chance, name) for name, each in items}
    if isinstance(value, list):
        found = [shuffled(each, chance, "") for each in value]
        if key in _UNORDERED:
            name = occurrence if key == "progress" else repr
            place = {name(each): chance.random() for each in found}
            found.sort(key=lambda each: place[name(each)])
        return found
    return value


def occurrence(value: object) -> str:
    """What an entry of progress is about; those about the same thing stay in their order."""
    assert isinstance(value, dict)
    return f"{value['task']} {value.get('period')}"


@pytest.mark.parametrize("end", ["\r\n", "\n\n"])
def test_templates_differ_by_their_words_only(end: str) -> None:
    before = base()
    name = "templates/report.md.jinja"
    after = before | {name: before[name].replace("\n", end)}
    found = difference(before, after)
    assert [change.kind for change in found] == ([] if end == "\r\n" else [Kind.TEMPLATE_CHANGED])

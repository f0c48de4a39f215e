"""Jinja for templates that anybody may propose in a pull request.

Templates run in Jinja's sandbox, see view records only, and may not name what does not exist. A
mistake in one is a `TemplateFailure` that says where; it is never half a report.
"""

from __future__ import annotations

import re
import traceback
from collections.abc import Callable, Container, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from typing import TYPE_CHECKING

from cchc_cli.core.message import Message, msg

if TYPE_CHECKING:  # slow to import
    from jinja2 import BaseLoader, Environment
    from jinja2.runtime import Context

BLANK = "…………"
_NAME = re.compile(r"has no attribute '([^']+)'$|^'([^']+)' is undefined$")


class TemplateFailure(Exception):
    """A template cannot be rendered; one sentence that names the file and the place."""

    def __init__(self, message: Message, hint: Message | None = None) -> None:
        super().__init__(message.template)
        self.message = message
        self.hint = hint


def sandbox(finalize: Callable[[object], object], loader: BaseLoader) -> Environment:
    """An environment whose every printed value goes through `finalize`.

    Autoescape is on. Multiplying a text or list is refused: it is how a template that loops over
    nothing but view records could still fill the memory.
    """
    from jinja2 import StrictUndefined
    from jinja2.exceptions import SecurityError
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    class Sandbox(ImmutableSandboxedEnvironment):
        intercepted_binops = frozenset(("*", "**"))

        def call_binop(
            self, context: Context, operator: str, left: object, right: object
        ) -> object:
            if operator == "**" or not (isinstance(left, int) and isinstance(right, int)):
                raise SecurityError("only whole numbers can be multiplied")
            return super().call_binop(context, operator, left, right)

    environment = Sandbox(
        loader=loader,
        undefined=StrictUndefined,
        finalize=finalize,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        cache_size=0,
    )
    environment.filters["long_date"] = long_date
    return environment


def rendered(
    values: Mapping[str, object],
    name: str,
    templates: Mapping[str, str],
    folder: str,
    finalize: Callable[[object], object],
) -> str:
    """`values` by the template `name`, which may include the others in `templates`.

    `folder` is where they lie, for people. Raises `TemplateFailure`.
    """
    with _placed(templates, folder):
        return _of_texts(templates, finalize).get_template(name).render(values)


def examine(templates: Mapping[str, str], folder: str) -> None:
    """Read templates without filling them in. Raises `TemplateFailure` for the first broken one."""
    with _placed(templates, folder):
        for name in templates:
            _of_texts(templates, str).get_template(name)


def _of_texts(templates: Mapping[str, str], finalize: Callable[[object], object]) -> Environment:
    from jinja2 import FunctionLoader, TemplateNotFound

    def load(wanted: str) -> tuple[str, str, None]:
        if wanted not in templates:
            raise TemplateNotFound(wanted)
        return templates[wanted], wanted, None

    return sandbox(finalize, FunctionLoader(load))


@contextmanager
def _placed(templates: Container[str], folder: str) -> Iterator[None]:
    """Say in which template, and in which line of it, a mistake is."""
    try:
        yield
    except failures() as failure:
        place = line_of(failure, templates)
        if place is None:
            raise
        file, line = place
        message = msg("{file}:{line}: {reason}", file=f"{folder}/{file}", line=line,
                      reason=reason(failure))  # fmt: skip
        raise TemplateFailure(message, msg("mend the template; nothing was written")) from failure


def failures() -> tuple[type[Exception], ...]:
    """What a template can raise by what it says, as opposed to a bug of ours."""
    from jinja2 import TemplateError

    return (
        TemplateError,
        ArithmeticError,
        AttributeError,
        LookupError,
        MemoryError,
        RecursionError,
        TypeError,
        ValueError,
    )


def short_date(day: date) -> str:
    """``14/03/2022``, as in a table."""
    return f"{day:%d/%m/%Y}"


def long_date(day: date) -> str:
    """``14 tháng 3 năm 2022``: a zero before days to 9 and months to 2 (Nghị định 30/2020)."""
    month = f"{day.month:02}" if day.month < 3 else str(day.month)
    return f"{day.day:02} tháng {month} năm {day.year}"


def line_of(failure: BaseException, files: Container[str]) -> tuple[str, int] | None:
    """The template among `files` and the line (1-based) that a failure comes from."""
    from jinja2 import TemplateSyntaxError

    if isinstance(failure, TemplateSyntaxError):
        name = failure.filename or failure.name or "<template>"
        return (name, failure.lineno) if name in files else None
    found = None
    for frame, line in traceback.walk_tb(failure.__traceback__):
        if frame.f_code.co_filename in files:
            found = (frame.f_code.co_filename, line)
    return found


def missing_name(failure: BaseException) -> str | None:
    """The name that a template uses and that does not exist, if that is the failure."""
    found = _NAME.search(str(failure))
    return (found[1] or found[2]) if found else None


def reason(failure: BaseException) -> Message:
    """Why a template cannot be rendered."""
    from jinja2.exceptions import SecurityError, TemplateNotFound, TemplateSyntaxError

    name = missing_name(failure)
    if name is not None:
        return msg("there is no value named “{name}”", name=name)
    if isinstance(failure, TemplateNotFound):
        return msg("there is no template “{name}” in the same folder", name=failure.name or "")
    if isinstance(failure, TemplateSyntaxError):
        return msg("this is not a well-formed template: {reason}", reason=failure.message or "")
    if isinstance(failure, (SecurityError, OverflowError)):
        return msg("a template may not do this: {reason}", reason=str(failure))
    if isinstance(failure, (RecursionError, MemoryError)):
        return msg("the template never ends or grows without bound")
    return msg("this cannot be carried out: {reason}", reason=str(failure))

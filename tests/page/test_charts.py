"""The pictures: well formed, told in words, readable without colour, every letter drawn."""

from __future__ import annotations

import re
import struct
import xml.etree.ElementTree as ET
from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from cchc_cli.core.overview import Overview, Quarter, Strip, Summary
from cchc_cli.core.report.view import Figures, FiguresOf
from cchc_cli.core.status import Status
from cchc_cli.i18n import activate
from cchc_cli.render import charts
from cchc_cli.render.pictures import png

from .test_overview import made

SVG = "{http://www.w3.org/2000/svg}"
PICTURES: dict[str, Callable[[Overview], str]] = {
    "by_field": lambda page: charts.by_field(page.summary),
    "by_unit": lambda page: charts.by_unit(page.summary),
    "field_strip": lambda page: charts.field_strip(page.summary),
    "unit_strip": lambda page: charts.unit_strip(page.summary),
    "timeline": lambda page: charts.timeline(page.summary, page.timeline),
}


@pytest.fixture
def drawn() -> Callable[[str], str]:
    def draw(name: str) -> str:
        found = made("real", "2022-04-01")
        activate("vi")
        return PICTURES[name](found)

    return draw


def texts(svg: str) -> list[str]:
    return [element.text or "" for element in ET.fromstring(svg).iter(f"{SVG}text")]


@pytest.mark.parametrize("name", PICTURES)
def test_each_picture_is_an_image_with_a_title_and_its_numbers_in_words(
    drawn: Callable[[str], str], name: str
) -> None:
    root = ET.fromstring(drawn(name))
    title, told = root.find(f"{SVG}title"), root.find(f"{SVG}desc")
    assert root.get("role") == "img"
    assert title is not None
    assert told is not None
    assert root.get("aria-labelledby") == f"{title.get('id')} {told.get('id')}"
    assert "2022" in str(title.text)
    assert "quá hạn" in str(told.text)
    assert (root.get("width"), root.get("height")) == (None, None)
    assert str(root.get("viewBox")).startswith("0 0 400 ")


@pytest.mark.parametrize("name", PICTURES)
def test_nothing_is_drawn_outside_the_picture(drawn: Callable[[str], str], name: str) -> None:
    root = ET.fromstring(drawn(name))
    _x, _y, wide, high = map(float, str(root.get("viewBox")).split())
    for box in root.iter(f"{SVG}rect"):
        x, y, w, h = (float(str(box.get(key))) for key in ("x", "y", "width", "height"))
        assert 0 <= x <= x + w <= wide + 0.2
        assert 0 <= y <= y + h <= high
    assert all(0 < float(str(t.get("y"))) <= high for t in root.iter(f"{SVG}text"))


def test_bars_say_their_totals() -> None:
    found = made("real", "2022-04-01")
    numbers = [text for text in texts(charts.by_field(found.summary)) if text.isdigit()]
    for row in found.summary.by_field:
        assert str(row.figures.total) in numbers


def test_what_is_late_has_a_pattern_besides_its_colour(drawn: Callable[[str], str]) -> None:
    svg = drawn("by_unit")
    assert '<pattern id="unit-overdue"' in svg
    assert svg.count('fill="url(#unit-overdue)"') == 6  # five units and the legend


def test_every_status_is_drawn_as_one_sort() -> None:
    statuses = [status for sort in charts.SORTS for status in sort.statuses]
    assert sorted(s.value for s in statuses) == sorted(s.value for s in Status)


def _summary(name: str) -> Summary:
    figures = replace(made("sample", "2022-06-14").summary.figures)
    row, strip = FiguresOf("X", name, figures), Strip("X", name, 0, (Quarter(),) * 4)
    found = made("sample", "2022-06-14").summary
    return replace(
        found, by_field=(row,), by_unit=(row,), field_strip=(strip,), unit_strip=(strip,)
    )


@pytest.mark.parametrize("draw", [charts.by_field, charts.by_unit, charts.field_strip])
def test_a_name_that_xml_would_obey_stays_a_name(draw: Callable[[Summary], str]) -> None:
    name = 'A & B <script>alert("1")</script> ]]> \x07'
    svg = draw(_summary(name))
    assert ET.fromstring(svg).find(f".//{SVG}script") is None
    assert "A & B <script>" in " ".join(texts(svg))


def test_a_year_without_anything_is_a_picture_too() -> None:
    found = made("sample", "2022-06-14").summary
    empty = replace(
        found,
        as_of=date(2023, 1, 1),
        by_field=(FiguresOf("I", "", Figures(*(0,) * len(Figures.__slots__))),),
        unit_strip=(),
    )
    for svg in (charts.by_field(empty), charts.unit_strip(empty), charts.timeline(empty, ())):
        ET.fromstring(svg)


@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_for_word_is_as_wide_as_asked(drawn: Callable[[str], str], name: str) -> None:
    content = png(drawn(name), width=1600)
    assert content.startswith(b"\x89PNG\r\n")
    assert struct.unpack(">I", content[16:20]) == (1600,)


def test_letters_with_marks_are_drawn() -> None:
    """Each word gives another picture than without its marks: no letter is an empty box."""

    def draw(text: str) -> bytes:
        return png(
            '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 90 20" font-size="14" '
            f'font-family="Liberation Sans, Arial, DejaVu Sans"><text y="15">{text}</text></svg>',
            width=180,
        )

    assert len({draw(letter) for letter in "aăâàáảãạằắặđdơợờuưữôỗ"}) == 21


def test_the_font_names_need_no_network(drawn: Callable[[str], str]) -> None:
    svg = drawn("timeline")
    assert re.findall(r"https?://[^\"]+", svg) == ["http://www.w3.org/2000/svg"]

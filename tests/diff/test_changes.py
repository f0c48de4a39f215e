"""Every kind of change, as an edit of the real plan, from before to after and back again."""

from __future__ import annotations

from typing import NamedTuple

import pytest

from cchc_cli.core.diff.changes import Kind
from cchc_cli.render.change_words import TEXT, lines_of

from .conftest import FROZEN, LISTED, PLAN, Edit, base, difference, edited, named

APPENDIX, DOCUMENT = f"{PLAN}/appendix.yaml", f"{PLAN}/plan.yaml"
AMENDMENTS, PROGRESS = f"{PLAN}/amendments.yaml", f"{PLAN}/progress/VP.yaml"
INSPECTION, COMMUNICATION = f"{PLAN}/inspection/2022.yaml", f"{PLAN}/communication/2022.yaml"
CRITERIA, SCORES = "plans/scoring/criteria/bo.yaml", "plans/scoring/2022.yaml"
EVENTS, DUTIES, UNITS = f"{PLAN}/events.yaml", f"{PLAN}/reporting.yaml", "plans/units.yaml"

# A row with what tells it from all others.
I_1 = "Trước ngày 20/12 năm báo cáo\n      - id: I.2"
I_4 = """\
        name: Xây dựng Kế hoạch tuyên tuyền CCHC hàng năm
        products: [Quyết định của Sở]
        lead: Văn phòng Sở
        support: Các phòng, đơn vị thuộc Sở
        deadline: Quý I năm kế hoạch
"""
II_1 = """\
      - id: II.1
        number: 1
        name: >-
          Tham mưu triển khai thực hiện có hiệu quả, đồng bộ và nghiêm túc các quy định của Luật Ban
          hành văn bản quy phạm pháp luật
        products: [Văn bản chỉ đạo của Sở]
        lead: Văn phòng Sở
        support: Các phòng, đơn vị thuộc Sở
        deadline: Hằng năm
"""
FINDING = (
    "      - {id: KT.2022.1.1, name: Chưa niêm yết, measure: Niêm yết đủ, "
    "deadline: Trước ngày 01/4/2022}\n"
)
MORE_TIME = "{task: KT.2022.1.1, to: 2022-05-31, on: 2022-03-10, authority: CV 9, reason: Chờ}"
EVIDENCE = "    evidence:\n      - {document: Quyết định số 1, date: 2021-12-20}\n"
TTUD = "    name: Trung tâm Ứng dụng và Dịch vụ KHCN\n"
EXTENSION = (
    "{task: I.4, period: 2022, to: 2022-05-31, on: 2022-03-10, authority: CV 9, reason: Chờ}"
)


def row(old: str, new: str) -> list[Edit]:
    """An edit within I.4."""
    return [Edit(APPENDIX, I_4, I_4.replace(old, new))]


def recorded(entry: str) -> list[Edit]:
    """An entry of Văn phòng Sở beside the others."""
    end = "recorded_on: 2022-02-01, note: Đã họp}\n"
    return [Edit(PROGRESS, end, f"{end}  - {entry}\n")]


def renamed(name: str) -> list[Edit]:
    """The plan in a folder of another name."""
    moved = {path: text for path, text in base().items() if path.startswith(f"{PLAN}/")}
    old = PLAN.rpartition("/")[2]
    return [Edit(PLAN)] + [Edit(p.replace(old, name), None, t.replace(old, name))
                           for p, t in moved.items()]  # fmt: skip


class Case(NamedTuple):
    """Edits, the changes they are, those of taking them back, and the first one in words."""

    story: str
    edits: list[Edit]
    there: list[str]
    back: list[str]
    says: str = ""


CASES = [
    Case(
        "a whole plan is gone",
        [Edit(PLAN)],
        ["!plan_removed cchc-2021-2025"],
        ["plan_added cchc-2021-2025"],
        "plan removed: period “2021-2025”, effective from 2021-10-01, tasks 27",
    ),
    Case(
        "a plan has another name",
        renamed("cchc"),
        ["plan_renamed cchc"],
        ["plan_renamed cchc-2021-2025"],
        "plan renamed: cchc-2021-2025 → cchc",
    ),
    Case(
        "a plan takes effect earlier, and nothing follows",
        [Edit(DOCUMENT, "effective: 2021-10", "effective: 2021-10-05")],
        ["plan_changed cchc-2021-2025"],
        ["plan_changed cchc-2021-2025"],
        "plan changed: effective from: 2021-10-01 → 2021-10-05",
    ),
    Case(
        "a word of the signed text",
        [Edit(DOCUMENT, "giai đoạn 2012-2025, cụ thể", "giai đoạn 2021-2025, cụ thể")],
        ["text_changed Phần mở đầu"],
        ["text_changed Phần mở đầu"],
        "signed text changed: … hành chính giai đoạn [2012-2025, → 2021-2025,] cụ thể như sau:",
    ),
    Case(
        "two blanks where there was one in the signed text",
        [Edit(APPENDIX, "heading: PHỤ LỤC", "heading: PHỤ  LỤC")],
        ["text_changed Phụ lục"],
        ["text_changed Phụ lục"],
        "signed text changed: only spaces or line breaks differ",
    ),
    Case(
        "a section charges its unit with another task",
        [Edit(DOCUMENT, "charge: {tasks: [VII.4]}", "charge: {tasks: [VII.3]}")],
        ["section_changed Phần IV, mục 3"],
        ["section_changed Phần IV, mục 3"],
        "tied otherwise to the task table: charge: “VII.4” → “VII.3”",
    ),
    Case(
        "a field without tasks",
        [Edit(APPENDIX, "fields:\n", "fields:\n  - {id: VIII, name: Lĩnh vực khác, tasks: []}\n")],
        ["field_added VIII"],
        ["field_removed VIII"],
        "field added: “Lĩnh vực khác”",
    ),
    Case(
        "a field has another name",
        [Edit(APPENDIX, "name: Cải cách thể chế", "name: Hoàn thiện thể chế")],
        ["field_renamed II"],
        ["field_renamed II"],
        "field renamed: name: “Cải cách thể chế” → “Hoàn thiện thể chế”",
    ),
    Case(
        "a task is removed with all that it was due",
        [Edit(APPENDIX, II_1, "")],
        ["!task_removed II.1"],
        ["task_added II.1"],
        "5 occurrences less (2021, 2022, 2023, 2024, 2025), "
        "period 2021 is overdue and will be gone, unit VP",
    ),
    Case(
        "another number is printed",
        [Edit(APPENDIX, "id: II.6\n        number: 6", "id: II.6\n        number: 4")],
        ["task_renumbered II.6"],
        ["task_renumbered II.6"],
        "renumbered: 6 → 4",
    ),
    Case(
        "a task gets another id, and what was recorded does not follow it",
        [Edit(APPENDIX, "id: I.5\n        number: 5", "id: I.6\n        number: 6")],
        ["!progress_erased I.5", "task_renumbered I.6", "progress_recorded I.5"],
        ["!progress_erased I.5", "task_renumbered I.5", "progress_recorded I.5"],
        "recorded progress erased: VP, period 2022: in progress, recorded on 2022-02-01, "
        "note “Đã họp”",
    ),
    Case(
        "a task gets another id, and what was recorded follows it",
        [
            Edit(APPENDIX, "id: I.5\n        number: 5", "id: I.6\n        number: 6"),
            Edit(PROGRESS, "task: I.5", "task: I.6"),
        ],
        ["task_renumbered I.6"],
        ["task_renumbered I.5"],
        "renumbered: I.5 → I.6",
    ),
    Case(
        "a slip of the signed text is “mended”",
        row("tuyên tuyền", "tuyên truyền"),
        ["task_reworded I.4"],
        ["task_reworded I.4"],
        "reworded: Xây dựng Kế hoạch tuyên [tuyền → truyền] CCHC hàng năm",
    ),
    Case(
        "words come in, words go out",
        row("Kế hoạch tuyên tuyền CCHC hàng năm", "Kế hoạch chi tiết tuyên tuyền hàng năm"),
        ["task_reworded I.4"],
        ["task_reworded I.4"],
        "reworded: Xây dựng Kế hoạch [in: chi tiết] tuyên tuyền [out: CCHC] hàng năm",
    ),
    Case(
        "a task moves to another field",
        [
            Edit(APPENDIX, II_1, ""),
            Edit(APPENDIX, "    name: Cải cách thủ tục hành chính\n    tasks:\n",
                 f"    name: Cải cách thủ tục hành chính\n    tasks:\n{II_1}"),
        ],
        ["task_moved II.1"],
        ["task_moved II.1"],
        "moved to another field: II → III",
    ),
    Case(
        "a task carries out one of another plan",
        row("deadline: Quý I năm kế hoạch", "deadline: Quý I năm kế hoạch\n        "
            "parent: {task: I.1, period: 2022}"),
        ["link_changed I.4"],
        ["!link_changed I.4"],
        "carries out in the parent plan: – → “I.1”, “2022”",
    ),
    Case(
        "another unit leads",
        row("lead: Văn phòng Sở", "lead: Thanh tra Sở"),
        ["lead_changed I.4"],
        ["lead_changed I.4"],
        "lead: “Văn phòng Sở” (VP) → “Thanh tra Sở” (TTR)",
    ),
    Case(
        "nobody leads any more",
        row("        lead: Văn phòng Sở\n", ""),
        ["!lead_changed I.4"],
        ["lead_changed I.4"],
        "lead: “Văn phòng Sở” (VP) → –",
    ),
    Case(
        "fewer units support",
        row("support: Các phòng, đơn vị thuộc Sở", "support: Các phòng thuộc Sở, Thanh tra"),
        ["support_changed I.4"],
        ["support_changed I.4"],
        "support: “Các phòng, đơn vị thuộc Sở” (VP, KHTC, TDC, TTR, TTUD) → "
        "“Các phòng thuộc Sở, Thanh tra” (KHTC, TTR)",
    ),
    Case(
        "another product",
        row("[Quyết định của Sở]", "[Kế hoạch của Sở, Báo cáo]"),
        ["product_changed I.4"],
        ["product_changed I.4"],
        "product: “Quyết định của Sở” → “Kế hoạch của Sở”, “Báo cáo”",
    ),
    Case(
        "a deadline three months later, one period of it over",
        row("Quý I năm kế hoạch", "Quý II năm kế hoạch"),
        ["!deadline_changed I.4"],
        ["deadline_changed I.4"],
        "due 3 months later, 4 occurrences affected, "
        "period 2022 is overdue and no longer will be (not yet due), unit VP",
    ),
    Case(
        "a deadline some days earlier; later again, that of 2021 would be after all in time",
        [Edit(APPENDIX, I_1, I_1.replace("20/12", "15/12"))],
        ["deadline_changed I.1"],
        ["!deadline_changed I.1"],
        "due 5 days earlier, 5 occurrences affected, unit VP",
    ),
    Case(
        "other words for the same days",
        row("Quý I năm kế hoạch", "Trong quý I năm kế hoạch"),
        ["deadline_changed I.4"],
        ["deadline_changed I.4"],
        "deadline in other words; no day changes",
    ),
    Case(
        "a deadline that nobody understands any more",
        row("Quý I năm kế hoạch", "Quý I hoặc lúc khác"),
        ["!deadline_changed I.4"],
        ["deadline_changed I.4"],
        "4 occurrences less (2022, 2023, 2024, 2025), "
        "period 2022 is overdue and will be gone, unit VP",
    ),
    Case(
        "a single deadline in another quarter is the same work",
        [Edit(AMENDMENTS, "Trước ngày 01/3/2022", "Trước ngày 01/5/2022")],
        ["!deadline_changed V.9"],
        ["deadline_changed V.9"],
        "due 2 months later, 1 occurrence affected, "
        "period 2022-03-01 → 2022-05-01 is overdue and no longer will be (not yet due), unit VP",
    ),
    Case(
        "a pinned reading",
        row("deadline: Quý I năm kế hoạch\n",
            "deadline: Quý I năm kế hoạch\n"
            "        reading: {as: Quý II năm kế hoạch, reason: CV 8}\n"),
        ["!deadline_changed I.4"],
        ["deadline_changed I.4"],
        "pinned reading: – → “Quý II năm kế hoạch (CV 8)”",
    ),
    Case(
        "an extension of what is over, and its consequence",
        [Edit(AMENDMENTS, "extensions:\n", f"extensions:\n  - {EXTENSION}\n")],
        ["!deadline_changed I.4", "extension_added I.4"],
        ["deadline_changed I.4", "extension_removed I.4"],
        "due 2 months later, 1 occurrence affected, "
        "period 2022 is overdue and no longer will be (not yet due), unit VP",
    ),
    Case(
        "an extension to another day, for what is done",
        [Edit(AMENDMENTS, "to: 2022-02-28", "to: 2022-01-31")],
        ["deadline_changed I.3", "extension_changed I.3"],
        ["!deadline_changed I.3", "extension_changed I.3"],
        "due 1 month earlier, 1 occurrence affected, unit VP",
    ),
    Case(
        "a suspension",
        [Edit(AMENDMENTS, "suspensions:\n", "suspensions:\n  - {task: I.1, on: 2022-03-05, "
              "authority: CV 5, reason: Chờ}\n")],
        ["deadline_changed I.1", "amendment_added I.1"],
        ["deadline_changed I.1", "amendment_removed I.1"],
        "period 2022, 2023, 2024, 2025: not yet due → suspended, unit VP",
    ),
    Case(
        "what is late is cancelled by its period",
        [Edit(AMENDMENTS, "suspensions:\n", "cancellations:\n  - {task: I.4, period: 2022, "
              "on: 2022-04-15, authority: CV 6, reason: Thôi}\nsuspensions:\n")],
        ["!deadline_changed I.4", "amendment_added I.4"],
        ["deadline_changed I.4", "amendment_removed I.4"],
        "period 2022 is overdue and no longer will be (cancelled), unit VP",
    ),
    Case(
        "a suspension ends on another day",
        [Edit(AMENDMENTS, "until: 2022-09-30", "until: 2022-06-30")],
        ["amendment_changed II.6"],
        ["amendment_changed II.6"],
        "decision changed: suspended; until 2022-06-30 (Công văn số 3 of 2022-03-01): "
        "until: 2022-09-30 → 2022-06-30",
    ),
    Case(
        "work is transferred",
        [Edit(AMENDMENTS, "suspensions:\n", "transfers:\n  - {task: I.5, from: TTUD, to: VP, "
              "on: 2022-04-01, authority: QĐ 7, reason: Sắp xếp}\nsuspensions:\n")],
        ["amendment_added I.5"],
        ["amendment_removed I.5"],
        "decision: passes from TTUD to VP (QĐ 7 of 2022-04-01): Sắp xếp",
    ),
    Case(
        "a document words a deadline anew",
        [Edit(AMENDMENTS, "suspensions:\n", "rewordings:\n  - {task: I.1, on: 2022-04-01, "
              "deadline: Trước ngày 10/12 năm báo cáo, authority: QĐ 8, reason: Đổi}\n"
              "suspensions:\n")],
        ["deadline_changed I.1", "amendment_added I.1"],
        ["deadline_changed I.1", "amendment_removed I.1"],
        "due 10 days earlier, 4 occurrences affected, unit VP",
    ),
    Case(
        "a task that a document has added is no longer there",
        [Edit(AMENDMENTS, """\
additions:
  - id: V.9
    field: V
    number: 9
    name: Sơ kết công tác cải cách hành chính
    lead: Văn phòng Sở
    deadline: Trước ngày 01/3/2022
    on: 2022-01-10
    authority: Quyết định số 4
    reason: Yêu cầu của tỉnh
""", "")],
        ["!task_removed V.9", "amendment_removed V.9"],
        ["task_added V.9", "amendment_added V.9"],
        "task removed: “Sơ kết công tác cải cách hành chính”, lead “Văn phòng Sở”, "
        "deadline “Trước ngày 01/3/2022”",
    ),
    Case(
        "done, with evidence",
        recorded("{task: I.4, period: 2022, state: done, completed_on: 2022-03-30, "
                 "recorded_on: 2022-04-01, evidence: [{document: QĐ 5, date: 2022-03-30}]}"),
        ["progress_recorded I.4"],
        ["!progress_erased I.4"],
        "progress recorded: VP, period 2022: done on 2022-03-30, recorded on 2022-04-01, "
        "evidence “QĐ 5”, 2022-03-30",
    ),
    Case(
        "done, without evidence",
        recorded("{task: I.4, period: 2022, state: done, completed_on: 2022-03-30}"),
        ["!progress_recorded I.4"],
        ["!progress_erased I.4"],
        "progress recorded: VP, period 2022: done on 2022-03-30, without evidence",
    ),
    Case(
        "done, with evidence in a later entry",
        recorded("{task: I.4, period: 2022, state: done, completed_on: 2022-03-30}\n"
                 "  - {task: I.4, period: 2022, evidence: [{document: QĐ 5}]}"),
        ["progress_recorded I.4", "progress_recorded I.4"],
        ["!progress_erased I.4", "!progress_erased I.4"],
    ),
    Case(
        "a day of completion is corrected",
        recorded("{task: I.3, state: done, completed_on: 2021-12-28, recorded_on: 2022-01-05, "
                 "reason: Nhập nhầm ngày, evidence: [{document: Quyết định số 1}]}"),
        ["progress_corrected I.3"],
        ["!progress_erased I.3"],
        "progress corrected: VP: done on 2021-12-28, recorded on 2022-01-05, "
        "evidence “Quyết định số 1”, reason “Nhập nhầm ngày”",
    ),
    Case(
        "a done mark is taken back",
        recorded("{task: I.3, state: reopened, recorded_on: 2022-01-05, reason: Chưa ký}"),
        ["progress_taken_back I.3"],
        ["!progress_erased I.3"],
        "done mark taken back: VP: taken back, recorded on 2022-01-05, reason “Chưa ký”",
    ),
    Case(
        "an entry says another day than it did",
        [Edit(PROGRESS, "completed_on: 2021-12-20", "completed_on: 2021-12-30")],
        ["!progress_altered I.3"],
        ["!progress_altered I.3"],
        "recorded progress altered: VP: completed on: 2021-12-20 → 2021-12-30",
    ),
    Case(
        "an entry says more than it did",
        [Edit(PROGRESS, "note: Đã họp}", "note: Đã họp, difficulty: Thiếu người}")],
        ["progress_altered I.5"],
        ["!progress_altered I.5"],
        "recorded progress altered: VP, period 2022: difficulty: – → “Thiếu người”",
    ),
    Case(
        "an entry loses its evidence",
        [Edit(PROGRESS, EVIDENCE, "")],
        ["!progress_altered I.3"],
        ["progress_altered I.3"],
        "recorded progress altered: VP: evidence: “Quyết định số 1”, 2021-12-20 → –",
    ),
    Case(
        "done with evidence, and taken back at once",
        recorded(
            "{task: I.4, period: 2022, state: done, completed_on: 2022-03-30, "
            "evidence: [{document: QĐ 5}]}\n  - {task: I.4, period: 2022, state: reopened, "
            "recorded_on: 2022-04-02, reason: Nhầm}"
        ),
        ["progress_recorded I.4", "progress_taken_back I.4"],
        ["!progress_erased I.4", "!progress_erased I.4"],
    ),
    Case(
        "all that a unit has recorded is gone",
        [Edit(PROGRESS)],
        ["!progress_erased I.2", "!progress_erased I.3", "!progress_erased I.5"],
        ["progress_recorded I.2", "progress_recorded I.3", "progress_recorded I.5"],
    ),
    Case(
        "an event has happened",
        [Edit(EVENTS, "    name: Quy định của Trung ương\n",
              "    name: Quy định của Trung ương\n    on: 2022-04-10\n    document: Thông tư 1\n")],
        ["deadline_changed IV.1", "event_changed E.IV.1"],
        ["deadline_changed IV.1", "event_changed E.IV.1"],
        "1 occurrence more (E.IV.1), unit VP",
    ),
    Case(
        "an event is entered that lies after the day that statuses are of",
        [
            Edit(
                EVENTS,
                "    name: Quy định của Trung ương\n",
                "    name: Quy định của Trung ương\n    on: 2022-05-10\n",
            )
        ],
        ["deadline_changed IV.1", "event_changed E.IV.1"],
        ["deadline_changed IV.1", "event_changed E.IV.1"],
        "1 occurrence more (E.IV.1), unit VP",
    ),
    Case(
        "an event that nothing waits for yet",
        [Edit(EVENTS, "events:\n", "events:\n  - {id: E.1, name: Chỉ thị của tỉnh}\n")],
        ["event_added E.1"],
        ["event_removed E.1"],
        "event added: “Chỉ thị của tỉnh”",
    ),
    Case(
        "a reporting duty gets a due day",
        [Edit(DUTIES, "tháng cuối quý thuộc kỳ báo cáo\n", "tháng cuối quý thuộc kỳ báo cáo\n"
              "    deadline: chậm nhất ngày 16 của tháng cuối quý\n")],
        ["duty_changed BC.quy"],
        ["!duty_changed BC.quy"],
        "reporting duty changed: deadline: – → “chậm nhất ngày 16 của tháng cuối quý”",
    ),
    Case(
        "a reporting duty more",
        [Edit(DUTIES, "duties:\n", "duties:\n  - {id: BC.thang, name: Báo cáo tháng, "
              "lead: Văn phòng Sở, window: hằng tháng}\n")],
        ["duty_added BC.thang"],
        ["!duty_removed BC.thang"],
    ),
    Case(
        "a warning is acknowledged",
        [Edit(f"{PLAN}/acknowledged.yaml", "acknowledged:\n",
              "acknowledged:\n  - {code: CCHC503, at: I.2, reason: Đã hỏi}\n")],
        ["acknowledgement_added CCHC503 I.2"],
        ["acknowledgement_removed CCHC503 I.2"],
        "warning acknowledged: “Đã hỏi”",
    ),
    Case(
        "a report is frozen",
        [Edit(f"{PLAN}/frozen.yaml", "reports:\n", "reports:\n" + FROZEN.format(period="2022-Q1"))],
        ["frozen_added 2022-Q1"],
        ["!frozen_removed 2022-Q1"],
    ),
    Case(
        "a frozen report is altered",
        [Edit(f"{PLAN}/frozen.yaml", "number: 90/BC-SKHCN", "number: 91/BC-SKHCN")],
        ["!frozen_changed 2021"],
        ["!frozen_changed 2021"],
        "frozen report changed: number: “90/BC-SKHCN” → “91/BC-SKHCN”",
    ),
    Case(
        "a unit more",
        [Edit(UNITS, "units:\n", "units:\n  - {id: TCCB, name: Phòng Tổ chức cán bộ}\n")],
        ["unit_added TCCB"],
        ["unit_removed TCCB"],
        "unit added: “Phòng Tổ chức cán bộ”",
    ),
    Case(
        "a unit has another name",
        [Edit(UNITS, TTUD, "    name: Trung tâm Chuyển đổi số và KHCN\n"),
         Edit(UNITS, "units:\n",
              "units:\n  - {id: X, name: Trung tâm Ứng dụng và Dịch vụ KHCN}\n")],
        ["unit_added X", "unit_renamed TTUD"],
        ["unit_renamed TTUD", "unit_removed X"],
    ),
    Case(
        "a unit has another name, and nobody is known by the one that the plan prints",
        [Edit(UNITS, TTUD, "    name: Trung tâm Chuyển đổi số\n")],
        ["!lead_changed I.5", "!lead_changed IV.3", "!lead_changed V.2", "unit_renamed TTUD"],
        ["lead_changed I.5", "lead_changed IV.3", "lead_changed V.2", "unit_renamed TTUD"],
        "lead: “Trung tâm Ứng dụng và Dịch vụ KHCN” (TTUD) → "
        "“Trung tâm Ứng dụng và Dịch vụ KHCN” (no known unit)",
    ),
    Case(
        "a unit is merged into another",
        [Edit(UNITS, TTUD, f"{TTUD}    valid_until: 2023-01-31\n    successor: VP\n"
              "    authority: QĐ 3\n    reason: Sáp nhập\n")],
        ["unit_merged TTUD"],
        ["unit_merged TTUD"],
        "unit merged: ends with 2023-01-31, VP takes over its open work (QĐ 3: Sáp nhập)",
    ),
    Case(
        "a unit has another name beside its own",
        [Edit(UNITS, "aliases: [Văn phòng]", "aliases: [Văn phòng, VPS]")],
        ["unit_changed VP"],
        ["unit_changed VP"],
        "unit changed: other names: “Văn phòng” → “VPS”, “Văn phòng”",
    ),
    Case(
        "a group has a member less",
        [Edit(UNITS, "members: [TDC, TTUD]", "members: [TDC]")],
        ["group_changed cac-don-vi"],
        ["group_changed cac-don-vi"],
        "group of units changed: members: “TDC”, “TTUD” → “TDC”",
    ),
    Case(
        "a group more",
        [Edit(UNITS, "groups:\n", "groups:\n  - {id: tat-ca, name: Tất cả, members: [VP, TTR]}\n")],
        ["group_added tat-ca"],
        ["group_removed tat-ca"],
        "group of units added: “Tất cả” (TTR, VP)",
    ),
    Case(
        "what counts as near",
        [Edit("plans/office.yaml", "due_soon_days: 7", "due_soon_days: 10")],
        ["office_changed"],
        ["office_changed"],
        "office changed: days counted as due soon: 7 → 10",
    ),
    Case(
        "a working calendar",
        [Edit("plans/calendar/2026.yaml")],
        ["calendar_removed 2026"],
        ["calendar_added 2026"],
    ),
    Case(
        "Saturdays are worked",
        [Edit("plans/calendar/2022.yaml", "rest: [saturday, sunday]", "rest: [sunday]")],
        ["calendar_changed 2022"],
        ["calendar_changed 2022"],
        "weekly days of rest: “saturday”, “sunday” → “sunday”",
    ),
    Case(
        "a day off more",
        [Edit("plans/calendar/2022.yaml", "closed:\n",
              "closed:\n  - {date: 2022-06-15, name: Nghỉ bù, source: Thông báo 1}\n")],
        ["calendar_day_added 2022-06-15"],
        ["calendar_day_removed 2022-06-15"],
        "day added to the working calendar: closed, “Nghỉ bù” (Thông báo 1)",
    ),
    Case(
        "a day off has another name",
        [Edit("plans/calendar/2022.yaml", "name: Giao thừa Tết Nguyên Đán", "name: Giao thừa")],
        ["calendar_day_changed 2022-01-31"],
        ["calendar_day_changed 2022-01-31"],
    ),
    Case(
        "another template",
        [Edit("templates/report.md.jinja", None, "x")],
        ["template_changed report.md.jinja"],
        ["template_changed report.md.jinja"],
        "template changed",
    ),
    Case(
        "a template more",
        [Edit("templates/reminder.txt.jinja", None, "x")],
        ["template_added reminder.txt.jinja"],
        ["template_removed reminder.txt.jinja"],
    ),
    Case(
        "what was found gets more time, when it is late",
        [Edit(INSPECTION, "Trước ngày 01/4/2022", "Trước ngày 01/7/2022")],
        ["!finding_changed KT.2022.1.1"],
        ["finding_changed KT.2022.1.1"],
        "finding of an inspection changed: deadline: “Trước ngày 01/4/2022” → "
        "“Trước ngày 01/7/2022”",
    ),
    Case(
        "what was found is gone",
        [Edit(INSPECTION, "    findings:\n" + FINDING, "")],
        ["!finding_removed KT.2022.1.1"],
        ["finding_added KT.2022.1.1"],
        "finding of an inspection removed: “Chưa niêm yết”, measure “Niêm yết đủ”, deadline "
        "“Trước ngày 01/4/2022”, unit “KHTC”",
    ),
    Case(
        "what was found asks for nothing any more",
        [Edit(INSPECTION, "measure: Niêm yết đủ, ", "")],
        ["!finding_changed KT.2022.1.1"],
        ["finding_changed KT.2022.1.1"],
        "finding of an inspection changed: measure: “Niêm yết đủ” → –",
    ),
    Case(
        "a document grants more time for what was found",
        [Edit(AMENDMENTS, "extensions:\n", f"extensions:\n  - {MORE_TIME}\n")],
        ["!deadline_changed KT.2022.1.1", "extension_added KT.2022.1.1"],
        ["extension_removed KT.2022.1.1", "deadline_changed KT.2022.1.1"],
        "due 2 months later, 1 occurrence affected, "
        "period 2022-04-01 is overdue and no longer will be (not yet due), unit KHTC",
    ),
    Case(
        "a visit was held on another day",
        [Edit(INSPECTION, "held_on: 2022-03-02", "held_on: 2022-03-04")],
        ["visit_changed KT.2022.1"],
        ["visit_changed KT.2022.1"],
        "visit of an inspection changed: held on: 2022-03-02 → 2022-03-04",
    ),
    Case(
        "a visit is no longer planned",
        [Edit(INSPECTION, "  - {id: KT.2022.2, unit: TTR, deadline: Quý IV năm 2022}\n", "")],
        ["visit_removed KT.2022.2"],
        ["visit_added KT.2022.2"],
        "visit of an inspection removed: unit “TTR”, deadline “Quý IV năm 2022”",
    ),
    Case(
        "another document set up the team",
        [Edit(INSPECTION, "Quyết định số 5", "Quyết định số 6")],
        ["inspection_changed 2022"],
        ["inspection_changed 2022"],
        "inspection of the year: document: “Quyết định số 5” → “Quyết định số 6”",
    ),
    Case(
        "a channel counts something else",
        [Edit(COMMUNICATION, "measure: bài", "measure: lượt")],
        ["communication_changed 2022"],
        ["communication_changed 2022"],
    ),
    Case(
        "an activity has other words",
        [Edit(COMMUNICATION, "name: Đăng bài", "name: Đăng tin")],
        ["activity_changed TT.2022.1"],
        ["activity_changed TT.2022.1"],
        "activity of communication changed: name: “Đăng bài” → “Đăng tin”",
    ),
    Case(
        "an activity is planned",
        [Edit(COMMUNICATION, "activities:\n",
              "activities:\n  - {id: TT.2022.2, channel: web, name: Hỏi đáp}\n")],
        ["activity_added TT.2022.2"],
        ["activity_removed TT.2022.2"],
        "activity of communication: “Hỏi đáp”, channel “web”",
    ),
    Case(
        "something more was held",
        [Edit(COMMUNICATION, "    held:\n", "    held:\n      - {on: 2022-04-05}\n")],
        ["held_added TT.2022.1"],
        ["!held_removed TT.2022.1"],
        "communication held: day 2022-04-05",
    ),
    Case(
        "the number of what was held is another one",
        [Edit(COMMUNICATION, "quantity: 3", "quantity: 5")],
        ["!held_changed TT.2022.1"],
        ["!held_changed TT.2022.1"],
        "communication held, altered: number: 3 → 5",
    ),
    Case(
        "another list of criteria",
        [Edit("plans/scoring/criteria/moi.yaml", None, LISTED.replace("id: bo", "id: moi")
              .replace("2022-2023", "2024"))],
        ["criteria_added moi"],
        ["!criteria_removed moi"],
        "list of criteria: name “Bộ tiêu chí (bịa ra)”, period “2024-2024”, total 5, example no, "
        "fields “Chỉ đạo”, 5",
    ),
    Case(
        "a list of criteria is only named otherwise",
        [Edit(CRITERIA, "(bịa ra)", "(ví dụ)")],
        ["criteria_changed bo"],
        ["criteria_changed bo"],
    ),
    Case(
        "points are rounded from now on",
        [Edit(CRITERIA, "total: 5\n", "total: 5\ndecimals: 1\n")],
        ["!criteria_changed bo"],
        ["!criteria_changed bo"],
        "list of criteria changed: decimals: – → 1",
    ),
    Case(
        "a threshold is another one",
        [Edit(CRITERIA, "floor: 80", "floor: 70")],
        ["!criterion_changed bo 1.2"],
        ["!criterion_changed bo 1.2"],
        "criterion changed: rule: proportional, 80 → proportional, 70",
    ),
    Case(
        "a criterion is only named otherwise",
        [Edit(CRITERIA, "name: Hoàn thành", "name: Mức độ hoàn thành")],
        ["criterion_changed bo 1.2"],
        ["criterion_changed bo 1.2"],
    ),
    Case(
        "a criterion more",
        [Edit(CRITERIA, '      - {id: "1.2"', '      - {id: "1.3", name: Sáng kiến, maximum: 1, '
              'rule: {kind: bonus}}\n      - {id: "1.2"')],
        ["criterion_added bo 1.3"],
        ["!criterion_removed bo 1.3"],
        "criterion: “Sáng kiến”, maximum 1, rule bonus, may not apply no",
    ),
    Case(
        "the criteria stand in another order",
        [Edit(CRITERIA, LISTED[LISTED.index('      - {id: "1.1"'):],
              "\n".join([*LISTED.splitlines()[:-3:-1], ""]))],
        [],
        [],
    ),
    Case(
        "the scoring of a year begins",
        [Edit("plans/scoring/2023.yaml", None, "year: 2023\ncriteria: bo\n")],
        ["scored_by_changed 2023"],
        ["!scored_by_changed 2023"],
        "scored by the list: – → “bo”",
    ),
    Case(
        "something is declared",
        [Edit(SCORES, "rounds:\n", '  - {criterion: "1.2", value: 8, of: 9}\nrounds:\n')],
        ["declared_added 2022 1.2"],
        ["!declared_removed 2022 1.2"],
        "declared: answer “8”, of how many 9",
    ),
    Case(
        "what was declared is altered, and not declared again",
        [Edit(SCORES, "value: yes", "value: no")],
        ["!declared_changed 2022 1.1"],
        ["!declared_changed 2022 1.1"],
        "what was declared, altered: answer: “yes” → “no”",
    ),
    Case(
        "a round of appraisal more",
        [Edit(SCORES, "rounds:\n", "rounds:\n  - {id: V2, name: Vòng 2}\n")],
        ["round_added 2022 V2"],
        ["!round_removed 2022 V2"],
    ),
    Case(
        "a round gives points for one criterion more",
        [Edit(SCORES, "points: 1.5}\n", 'points: 1.5}\n      - {criterion: "1.2", points: 2}\n')],
        ["round_changed 2022 V1"],
        ["!round_changed 2022 V1"],
    ),
    Case(
        "points of an appraisal are altered",
        [Edit(SCORES, "points: 1.5", "points: 2")],
        ["!round_changed 2022 V1"],
        ["!round_changed 2022 V1"],
        "round of appraisal changed: points given: “1.1”, 1.5 → “1.1”, 2",
    ),
]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.story)
def test_a_change_there_and_back(case: Case) -> None:
    before = base()
    after = edited(before, case.edits)
    there = difference(before, after)
    assert named(there) == case.there
    assert named(difference(after, before)) == case.back
    lines = [line for change in there for line in lines_of(change, TEXT)]
    assert not case.says or case.says in lines, lines


def test_the_table_has_every_kind_of_change() -> None:
    found = {name.lstrip("!").split(" ")[0] for case in CASES for name in case.there + case.back}
    assert found == {kind.value for kind in Kind}

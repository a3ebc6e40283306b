"""The kind of upload that brings who is on a course's list, and who came."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.urls import reverse

from accounts.models import User
from collection.choices import RowState
from collection.models import Upload, UploadRow
from collection.rules.upload_shapes import CODE, NAME, Shape
from collection.services.upload_kinds import Kind, Line, Progress, Question, Taken, Task
from collection.services.upload_taking import UploadError
from staffing.models import Attendance, Course
from staffing.rules.attendance_fields import FIELDS
from staffing.rules.roster_fields import BESIDE
from staffing.services.attendance_upload_judge import AttendanceJudge
from staffing.services.sealing import seal_identity, sealer
from staffing.services.training import Mark, enrol, locked, record

MEGABYTE: Final = 1024 * 1024
MOST_COURSES: Final = 100
RUN: Final = "staffing.run_training"
SHAPE: Final = Shape(
    key="attendance",
    label="参训名单",
    fields=FIELDS,
    view="staffing.view_person",
    imports=(RUN,),
    export="staffing.export_person",
    counted="人",
    sheet="参训名单",
    file_name="参训名单",
    sealed=frozenset({"identity_number"}),
    subject=(CODE, NAME, "person_name", "identity_number"),
    each="人员",
    beside=BESIDE | {"单位", "职务", "性别", "联系电话", "电话", "签名"},
    limits=(5_000, 10 * MEGABYTE),
)


def questions(by: User, on: date) -> Sequence[Question]:
    """Which of the office's courses it is, the latest first."""
    rows = Course.objects.of_office(by).order_by("-starts_on", "-pk")[:MOST_COURSES]
    choices = [(str(one.pk), f"{one.starts_on} {one.title}") for one in rows]
    hint = "" if choices else "本单位还没有培训班，先登记培训班"
    missing = "选择培训班" if choices else hint
    return [Question("course", "培训班", choices, hint=hint, missing=missing)]


def course_of(upload: Upload) -> Course | None:
    """The course of an upload, if it is there still. One query."""
    found: Course | None = Course.objects.filter(pk=upload.options.get("course") or 0).first()
    return found


def check(by: User, year: int, options: Mapping[str, Any]) -> str:
    """That the course is one of the office."""
    key = str(options.get("course", ""))
    rows = Course.objects.of_office(by)
    return "" if key.isdecimal() and rows.filter(pk=key).exists() else "选择本单位的培训班"


def about(upload: Upload) -> Sequence[str]:
    """The course."""
    course = course_of(upload)
    return (SHAPE.label, f"{course.starts_on} {course.title}") if course else (SHAPE.label,)


def home(upload: Upload) -> tuple[str, str]:
    """The page of the course."""
    return reverse("staffing:course", args=[upload.options["course"]]), "培训班"


def lacks(names: Collection[str]) -> str:
    """The headings that say whom a row is about."""
    return "" if "person_name" in names else "表头里没有“姓名”。加上这一列再导入"


def take_attendance(task: Task, progress: Progress) -> Taken:
    """Put people on the list of the course and record who came; in the caller's transaction.

    Raises UploadError with what hinders it, as the pages of the course say it.
    """
    course = course_of(task.upload)
    if course is None:
        raise UploadError("培训班已经不在了。取消这次导入")
    takeable = (RowState.NEW, RowState.CHANGED)
    kept = UploadRow.objects.filter(upload=task.upload, state__in=takeable)
    rows = list(kept.order_by("number"))
    try:
        locked(course, task.by)  # before the rows are read once more
        judge = AttendanceJudge(task)
        lines = [Line(row.number, row.cells, row.reasons) for row in rows]
        judge.subjects(lines)
        judged = {one.number: one for one in judge.judge(lines, {})}
        good = [
            row
            for row in rows
            if (row.state, row.before) == (judged[row.number].state, judged[row.number].before)
        ]
        _write(task, course, judge, [row.number for row in good])
    except ValidationError as error:
        raise UploadError("；".join(error.messages)) from error
    UploadRow.objects.filter(pk__in=[row.pk for row in good]).update(state=RowState.TAKEN)
    stale = tuple(row.number for row in rows if row not in good)
    new = sum(row.state == RowState.NEW for row in good)
    return Taken(new, len(good) - new, stale)


def _write(task: Task, course: Course, judge: AttendanceJudge, numbers: Sequence[int]) -> None:
    persons = {number: judge.persons[number] for number in numbers}
    enrol(course=course, persons=persons.values(), by=task.by, at=task.at)
    listed = Attendance.objects.filter(course=course, person__in=persons.values())
    keys = dict(listed.values_list("person_id", "pk"))
    marks = {
        keys[person.pk]: Mark(*said)
        for number, person in persons.items()
        if (said := judge.marks[number]) is not None
    }
    record(course=course, marks=marks, by=task.by, at=task.at, on=task.on)


ATTENDANCE: Final = Kind(
    SHAPE, AttendanceJudge, take_attendance, lacks, questions=questions, check=check, about=about,
    home=home, seal=sealer({"identity_number": seal_identity}),
)  # fmt: skip

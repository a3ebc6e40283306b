"""Courses and who attended them: added, changed, listed, recorded; certificates of attendance."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import F, Max, Min
from django.utils.timezone import localdate

from accounts.models import User
from accounts.scope import contains
from communities.services.editing import StaleError, change
from staffing.models import Attendance, Course, Person

MOST_LISTED = 2_000
NUMBERED_ONCE = "attendance_certificate_once"
# the last part of a certificate's number that the system gave; a list may bring other ones
PLACE = re.compile("[0-9]{4,6}")


@dataclass(frozen=True)
class Mark:
    """What is recorded of a person on a list; attended None: nothing yet. hours None: the course's.

    version: of the row as it was opened; None for whoever did not see it, such as an import.
    """

    attended: bool | None
    hours: int | None = None
    certificate_no: str | None = None
    version: int | None = None


@transaction.atomic
def add_course(*, course: Course, by: User, at: datetime) -> Course:
    """Store a course under the code that it has; return it.

    Raises ValidationError in words for a course of an office outside the scope.
    """
    if not contains(by.scope, course.code):
        raise ValidationError("培训班由举办单位登记")
    course.made_by, course.made_at = by, at
    course.save(force_insert=True)
    return course


@transaction.atomic
def change_course(
    *, course: Course, fields: Iterable[str], version: int, by: User, reason: str = ""
) -> Course:
    """Store fields of a course that was opened at a version; return it.

    Hours recorded for persons that were those of the course follow it. Raises StaleError, and
    ValidationError in words for another office's course, for fewer hours than somebody has, and for
    a first day after the day on which it was recorded who came.
    """
    held = locked(course, by)
    _keeps_the_record(held, course)
    changed: Course = change(course, fields=fields, version=version, reason=reason)
    if changed.hours != held.hours:
        rows = Attendance.objects.filter(course=changed, attended=True, hours=held.hours)
        rows.update(hours=changed.hours, version=F("version") + 1)
    return changed


def _keeps_the_record(held: Course, course: Course) -> None:
    """Refuse a change of a course that contradicts what is recorded of its people."""
    came = Attendance.objects.filter(course=held, attended=True)
    most = came.exclude(hours=held.hours).aggregate(most=Max("hours"))["most"]
    if most is not None and most > course.hours:
        raise ValidationError(
            {"hours": f"有人登记了{most}学时，多于{course.hours}学时。先改参训登记"}
        )
    if course.starts_on != held.starts_on:
        known = Attendance.objects.filter(course=held).exclude(attended=None)
        first = known.aggregate(first=Min("made_at"))["first"]
        if first is not None and localdate(first) < course.starts_on:
            raise ValidationError(
                {"starts_on": f"{localdate(first)}已经登记参训，开始日期不能晚于这一天"}
            )


def locked(course: Course, by: User) -> Course:
    """The course, held until the end of the transaction; only its own office changes it."""
    held: Course = Course.objects.select_for_update(no_key=True).get(pk=course.pk)
    if not contains(by.scope, held.code):
        raise ValidationError(f"“{held.title}”由{held.organiser}办理")
    return held


@transaction.atomic
def enrol(*, course: Course, persons: Iterable[Person], by: User, at: datetime) -> int:
    """Put persons on the list of a course; return how many were not on it.

    Raises ValidationError in words for another office's course and for a list that grows too long.
    """
    held = locked(course, by)
    wanted = {one.pk: one for one in persons}
    on_it = set(Attendance.objects.filter(course=held).values_list("person_id", flat=True))
    fresh = [one for key, one in wanted.items() if key not in on_it]
    if len(on_it) + len(fresh) > MOST_LISTED:
        raise ValidationError(
            f"名单会有{len(on_it) + len(fresh):,}人，一个培训班最多{MOST_LISTED:,}人。分班登记"
        )
    Attendance.objects.bulk_create(
        Attendance(
            course=held, person=one, code=one.code, made_by=by, made_at=at, is_demo=held.is_demo
        )
        for one in fresh
    )
    return len(fresh)


@transaction.atomic
def record(*, course: Course, marks: Mapping[int, Mark], by: User, at: datetime, on: date) -> int:
    """Record who came, by key of the attendance; return how many rows changed.

    on: today. Raises ValidationError in words before the course began, for hours above the
    course's, for a certificate of somebody who did not come, for a number that two people have,
    and for another office's course; StaleError for a row that somebody else changed after it was
    opened.
    """
    held = locked(course, by)
    if any(one.attended is not None for one in marks.values()) and on < held.starts_on:
        raise ValidationError(f"培训{held.starts_on}开始，开始以后再登记参训")
    rows = Attendance.objects.select_for_update().filter(course=held, pk__in=marks)
    changed = []
    for row in rows.order_by("pk"):
        if _marked(row, marks[row.pk], held):
            row.made_by, row.made_at, row.version = by, at, row.version + 1
            changed.append(row)
    fields = ["attended", "hours", "certificate_no", "made_by", "made_at", "version"]
    try:
        with transaction.atomic():
            Attendance.objects.bulk_update(changed, fields)
    except IntegrityError as wrong:
        if NUMBERED_ONCE not in str(wrong):
            raise
        raise ValidationError(_doubled(held, changed)) from wrong
    return len(changed)


def _doubled(course: Course, changed: Iterable[Attendance]) -> str:
    """The sentence on a certificate number that two people of a course would have."""
    numbers = dict(Attendance.objects.filter(course=course).values_list("pk", "certificate_no"))
    numbers |= {row.pk: row.certificate_no for row in changed}
    counted = Counter(number for number in numbers.values() if number)
    twice = [number for number, times in counted.items() if times > 1]
    if twice:
        return f"证书编号{twice[0]}有两个人用。核对后改其中一个"
    return "两个人互换了证书编号。先清空其中一个保存，再填"


def _marked(row: Attendance, mark: Mark, course: Course) -> bool:
    """Write a mark on a row; whether it says something new."""
    hours = (course.hours if mark.hours is None else mark.hours) if mark.attended else None
    number = row.certificate_no if mark.certificate_no is None else mark.certificate_no
    if hours is not None and not 0 < hours <= course.hours:
        raise ValidationError(f"学时{hours}应在1至{course.hours}之间，培训共{course.hours}学时")
    if number and not mark.attended:
        raise ValidationError(f"证书{number}的人没有参加培训。先清空证书编号，或改为参加")
    if (row.attended, row.hours, row.certificate_no) == (mark.attended, hours, number):
        return False
    if mark.version is not None and row.version != mark.version:
        raise StaleError(row)
    row.attended, row.hours, row.certificate_no = mark.attended, hours, number
    return True


@transaction.atomic
def remove(*, course: Course, attendance: int, by: User, on: date) -> None:
    """Take a person off the list of a course that has not begun (on: today).

    Raises ValidationError in words once it has begun: then it is recorded who did not come.
    """
    held = locked(course, by)
    if on >= held.starts_on:
        raise ValidationError(f"培训已于{held.starts_on}开始，没有来的登记为未参加")
    Attendance.objects.filter(course=held, pk=attendance).delete()


@transaction.atomic
def certify(*, course: Course, by: User, at: datetime, on: date) -> int:
    """Number the certificates of those who came and have none; return how many.

    The number is the day of the end, the key of the course and the place on the list. Raises
    ValidationError in words before the course ended (on: today).
    """
    held = locked(course, by)
    if on < held.ends_on:
        raise ValidationError(f"培训{held.ends_on}结束，结束以后再编结业证书")
    came = Attendance.objects.select_for_update().filter(course=held, attended=True)
    start = f"{held.ends_on.year}-{held.code}-{held.pk}-"
    taken = came.filter(certificate_no__startswith=start).values_list("certificate_no", flat=True)
    places = [number.removeprefix(start) for number in taken]
    last = max((int(one) for one in places if PLACE.fullmatch(one)), default=0)
    waiting = list(came.filter(certificate_no="").order_by("code", "pk"))
    for place, row in enumerate(waiting, last + 1):
        row.certificate_no = f"{start}{place:04}"
        row.made_by, row.made_at, row.version = by, at, row.version + 1
    fields = ["certificate_no", "made_by", "made_at", "version"]
    Attendance.objects.bulk_update(waiting, fields)
    return len(waiting)

"""Demo courses: of the city, of districts and of a street, with who came."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Final

from accounts.models import User
from communities.services.demo import Draw
from staffing.choices import COMMITTEE_POSTS, Audience, CourseLevel, Post
from staffing.models import Appointment, Attendance, Course

BATCH: Final = 2_000
DIRECTORS: Final = (Post.DIRECTOR,)
OTHERS: Final = (Post.DEPUTY, Post.MEMBER, Post.WORKER)


@dataclass(frozen=True)
class Plan:
    """A course: whose, for whom, how many days before today or after it, and the share who came.

    came None: it is not over, those asked are enrolled.
    """

    code: str
    runner: str
    title: str
    audience: tuple[Audience, ...]
    posts: tuple[Post, ...]
    organiser: str
    starts_on: date
    hours: int
    place: str
    cost_yuan: int
    came: float | None


def plans(year: int, on: date) -> tuple[Plan, ...]:
    """The courses of the demo."""
    directors, members = Audience.DIRECTORS, (Audience.MEMBERS, Audience.WORKERS)
    return (
        Plan("3715", "liaocheng", f"{year - 1}年社区居委会主任培训班", (directors,), DIRECTORS,
             "聊城市民政局", date(year - 1, 5, 19), 24, "演示培训中心", 186_400, 0.93),
        Plan("3715", "liaocheng", f"{year}年社区居委会主任培训班", (directors,), DIRECTORS,
             "聊城市民政局", date(year, 5, 18), 24, "演示培训中心", 191_600, 0.72),
        Plan("371502", "dongchangfu", f"{year - 2}年社区工作者轮训", members, OTHERS,
             "东昌府区民政局", date(year - 2, 9, 10), 16, "演示干部学校", 64_800, 0.8),
        Plan("371502", "dongchangfu", f"{year}年社区工作者轮训", members, OTHERS,
             "东昌府区民政局", date(year, 4, 14), 16, "演示干部学校", 58_200, 0.55),
        Plan("371502", "dongchangfu", f"{on.year}年新一届成员培训班", (Audience.NEW_MEMBERS,),
             COMMITTEE_POSTS, "东昌府区民政局", on + timedelta(days=20), 16, "演示干部学校",
             36_000, None),
        Plan("330206", "beilun", f"{year}年社区工作者能力提升班", (Audience.ALL,),
             (*COMMITTEE_POSTS, Post.WORKER), "北仑区民政局", date(year, 3, 17), 24, "演示党校",
             142_500, 0.85),
        Plan("371502001", "gulou", "社区台账和数据填报培训", (Audience.WORKERS,), (Post.WORKER,),
             "古楼街道办事处", date(year, 6, 5), 4, "街道会议室", 1_200, 0.9),
    )  # fmt: skip


def load_courses(people: Mapping[str, User], *, year: int, on: date, at: datetime) -> int:
    """Store the courses whose runners have an account, with who came; return rows of lists."""
    number = 0
    for plan in plans(year, on):
        runner = people.get(plan.runner)
        if runner is not None:
            number += _load(plan, runner, on, at)
    return number


def _load(plan: Plan, runner: User, on: date, at: datetime) -> int:
    levels = {4: CourseLevel.CITY, 6: CourseLevel.DISTRICT, 9: CourseLevel.STREET}
    over = plan.starts_on + timedelta(days=1) < on
    course = Course.objects.create(
        code=plan.code,
        title=plan.title,
        level=levels[len(plan.code)],
        audience=[one.value for one in plan.audience],
        organiser=plan.organiser,
        starts_on=plan.starts_on,
        ends_on=plan.starts_on + timedelta(days=(plan.hours - 1) // 8),
        hours=plan.hours,
        place=plan.place,
        cost_yuan=Decimal(plan.cost_yuan),
        made_by=runner,
        made_at=at,
        is_demo=True,
    )
    rows = Appointment.objects.under(plan.code).filter(post__in=plan.posts, is_demo=True)
    if plan.came is None or not over:
        # whoever begins with the election that is under way
        rows = rows.filter(valid_from__gte=on - timedelta(days=60), valid_until=None)
    else:
        rows = rows.as_of(plan.starts_on)
    asked = {row.person_id: row for row in rows.select_related("person").order_by("-pk")}
    listed = sorted(asked.values(), key=lambda row: row.pk)
    attendances = []
    for row in listed:
        draw = Draw(f"{plan.title} {row.code} {row.post} {row.person.identity_mask}")
        if over and draw.part(1) < 0.06:
            continue  # nobody put him on the list
        came = draw.part(0) < plan.came if over and plan.came is not None else None
        attendances.append(
            Attendance(
                course=course,
                person=row.person,
                code=row.person.code,
                attended=came,
                hours=plan.hours if came else None,
                made_by=runner,
                made_at=at,
                is_demo=True,
            )
        )
    _number(course, attendances)
    Attendance.objects.bulk_create(attendances, batch_size=BATCH)
    return len(attendances)


def _number(course: Course, attendances: list[Attendance]) -> None:
    """Certificates of those who came, numbered as the page numbers them."""
    came = [row for row in attendances if row.attended]
    for place, row in enumerate(sorted(came, key=lambda row: row.code), 1):
        row.certificate_no = f"{course.ends_on.year}-{course.code}-{course.pk}-{place:04}"

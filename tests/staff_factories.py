"""Rows of staffing for tests: persons, posts, acts; anything overridden by name."""

from datetime import UTC, date, datetime
from hashlib import sha256
from typing import Any

from django.conf import settings

from accounts.models import User
from accounts.scope import scope
from communities.models import Community
from staffing.models import (
    Appointment,
    Attendance,
    Award,
    Certificate,
    Course,
    Election,
    ElectionRound,
    ExtraWorkers,
    PayRecord,
    Person,
    PersonPhone,
    QuotaPlan,
    StaffAct,
    StaffPaper,
    StaffPaperContent,
)
from staffing.rules.identities import hashed, masked, masked_phone
from tests.factories import make_user
from tests.paper_samples import pdf

AT = datetime(2026, 11, 1, 2, 0, tzinfo=UTC)
# numbers that nobody has: the check characters are right, the places and days are made up
IDENTITY_NUMBERS = ("371502198506153823", "371502199003074511")


def maker() -> User:
    return User.objects.first() or make_user(username="maker")


def make_person(
    code: str = "371502001",
    name: str = "王小红",
    *,
    identity_number: str = "",
    phone: str = "",
    **overrides: Any,
) -> Person:
    """A person whose file a street keeps."""
    values: dict[str, Any] = {
        "sex": "female",
        "born_in": date(1990, 5, 1),
        "political_status": "party",
        "full_time_education": "junior_college",
        "highest_education": "bachelor",
        "highest_education_on": date(2016, 7, 1),
        "joined_on": date(2020, 3, 1),
    }
    with scope("0"):
        person = Person.objects.create(
            code=code,
            name=name,
            identity_hmac=hashed(identity_number, settings.IDENTITY_KEY),
            identity_mask=masked(identity_number),
            phone_mask=masked_phone(phone),
            **(values | overrides),
        )
        if phone:
            PersonPhone.objects.create(person=person, code=code, number=phone)
    return person


def make_appointment(
    community: Community, post: str = "member", person: Person | None = None, **overrides: Any
) -> Appointment:
    """A post that somebody has held since 2022, elected where the post is."""
    values: dict[str, Any] = {
        "identity": "recruited" if post in ("worker", "grid_worker") else "elected",
        "pay_channel": "funded",
        "valid_from": date(2022, 1, 10),
        "lives_here": True,
    }
    with scope("0"):
        person = person or make_person(community.code[:9])
        return Appointment.objects.create(
            person=person,
            community=community,
            code=community.code,
            post=post,
            **(values | overrides),
        )


def make_act(person: Person, community: Community, kind: str = "enter", **overrides: Any) -> Any:
    values: dict[str, Any] = {"on": date(2026, 3, 1), "made_at": AT}
    with scope("0"):
        by = overrides.pop("made_by", None) or maker()
        return StaffAct.objects.create(
            person=person,
            community=community,
            code=community.code,
            kind=kind,
            made_by=by,
            **(values | overrides),
        )


def make_certificate(person: Person, level: str = "assistant", **overrides: Any) -> Certificate:
    values: dict[str, Any] = {"issued_on": date(2021, 11, 1), "registration_no": "鲁2021001"}
    with scope("0"):
        return Certificate.objects.create(
            person=person, code=person.code, level=level, **(values | overrides)
        )


def make_course(code: str = "371502", title: str = "社区工作者培训班", **overrides: Any) -> Course:
    values: dict[str, Any] = {
        "level": {4: "city", 6: "district", 9: "street"}[len(code)],
        "audience": ["all"],
        "organiser": "东昌府区民政局",
        "starts_on": date(2026, 5, 11),
        "ends_on": date(2026, 5, 12),
        "hours": 16,
        "made_at": AT,
    }
    with scope("0"):
        by = overrides.pop("made_by", None) or maker()
        return Course.objects.create(code=code, title=title, made_by=by, **(values | overrides))


def make_attendance(course: Course, person: Person, **overrides: Any) -> Attendance:
    values: dict[str, Any] = {"attended": True, "hours": course.hours, "made_at": AT}
    with scope("0"):
        by = overrides.pop("made_by", None) or maker()
        return Attendance.objects.create(
            course=course, person=person, code=person.code, made_by=by, **(values | overrides)
        )


def make_election_round(code: str = "371502", **overrides: Any) -> ElectionRound:
    values: dict[str, Any] = {
        "title": "第八届社区居委会换届",
        "opens_on": date(2026, 9, 1),
        "closes_on": date(2026, 12, 31),
        "made_at": AT,
    }
    with scope("0"):
        by = overrides.pop("made_by", None) or maker()
        return ElectionRound.objects.create(code=code, made_by=by, **(values | overrides))


def make_election(community: Community, **overrides: Any) -> Election:
    with scope("0"):
        by = overrides.pop("made_by", None) or maker()
        return Election.objects.create(
            community=community, code=community.code, made_by=by, made_at=AT, **overrides
        )


def make_quota_plan(code: str = "371502", year: int = 2026, **overrides: Any) -> QuotaPlan:
    with scope("0"):
        by = overrides.pop("made_by", None) or maker()
        values: dict[str, Any] = {"total": 10, "made_at": AT}
        return QuotaPlan.objects.create(code=code, year=year, made_by=by, **(values | overrides))


def make_extra_workers(community: Community, year: int = 2026, **overrides: Any) -> ExtraWorkers:
    values: dict[str, Any] = {"number": 1, "reason": "流动人口多", "made_at": AT}
    with scope("0"):
        by = overrides.pop("made_by", None) or maker()
        return ExtraWorkers.objects.create(
            community=community, code=community.code, year=year, made_by=by, **(values | overrides)
        )


def make_award(person: Person, community: Community, **overrides: Any) -> Award:
    values: dict[str, Any] = {
        "kind": "annual_award",
        "year": 2025,
        "starts_on": date(2026, 1, 1),
        "made_at": AT,
    }
    with scope("0"):
        by = overrides.pop("made_by", None) or maker()
        return Award.objects.create(
            person=person,
            community=community,
            code=community.code,
            made_by=by,
            **(values | overrides),
        )


def make_pay_record(person: Person, community: Community, **overrides: Any) -> PayRecord:
    values: dict[str, Any] = {
        "year": 2026,
        "first_month": 1,
        "last_month": 12,
        "pay_channel": "funded",
        "allowance_yuan": "42000.00",
        "made_at": AT,
    }
    with scope("0"):
        by = overrides.pop("made_by", None) or maker()
        return PayRecord.objects.create(
            person=person,
            community=community,
            code=community.code,
            made_by=by,
            **(values | overrides),
        )


def make_staff_paper(act: StaffAct, content: bytes = b"", **overrides: Any) -> StaffPaper:
    """A PDF of an act with its bytes."""
    content = content or pdf()
    values: dict[str, Any] = {
        "kind": "decision",
        "content_type": "application/pdf",
        "size": len(content),
        "sha256": sha256(content).hexdigest(),
        "uploaded_at": AT,
    }
    where = {"community": act.community, "code": act.code}
    with scope("0"):
        by = overrides.pop("uploaded_by", None) or maker()
        paper = StaffPaper.objects.create(act=act, uploaded_by=by, **where, **(values | overrides))
        StaffPaperContent.objects.create(paper=paper, content=content, **where)
    return paper

"""Checks of persons' files: filed twice, no number, no post; certificates, recruits, acts."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from django.db.models import Exists, OuterRef, Q

from staffing.choices import ActKind, CertificateLevel, Identity
from staffing.models import Appointment, Certificate, StaffAct
from staffing.rules.entry import age_at_entry, education_on
from staffing.rules.spans import EXPIRED, HOLDS, certificate_state
from staffing.selectors.checks_ground import File, Finding, Ground
from staffing.selectors.recruiting import Entry, rulings_of


def same_persons(ground: Ground) -> list[Finding]:
    """Files of the same name, sex and month of birth, of which one has no number. One query."""
    alike: dict[tuple[str, str, date], list[File]] = defaultdict(list)
    for one in ground.files:
        alike[one.name, one.sex, one.born_in].append(one)
    found = []
    for (name, _, born), files in alike.items():
        if len(files) < 2 or all(one.number for one in files):
            continue
        text = f"{len(files)}份登记同名、同性别、同为{born:%Y-%m}出生，其中有的没有证件号码"
        for one in files:
            post = ground.persons.get(one.key)
            where = (post.code, post.place) if post else (one.code, "")
            found.append(Finding(*where, text, one.key, name))
    return found


def without_number(ground: Ground) -> list[Finding]:
    """Persons in post whose identity number is not registered. No query of its own."""
    found: dict[int, Finding] = {}
    for one in ground.held:
        if one.who.startswith("file ") and one.person not in found:
            text = "没有登记证件号码，跨街道重复任职查不出"
            found[one.person] = Finding(one.code, one.place, text, one.person, one.name)
    return sorted(found.values(), key=lambda one: (one.code, one.person))


def without_post(ground: Ground) -> list[Finding]:
    """Files without a post and without an act of leaving. Three queries."""
    posts = set(ground.under(Appointment).order_by().values_list("person_id", flat=True).distinct())
    # who is in post under a file of another street is known there
    idle = [
        one for one in ground.files if one.key not in posts and one.number not in ground.by_person
    ]
    acts = ground.under(StaffAct).filter(kind__in=[ActKind.LEAVE, ActKind.FOLLOW])
    left = set(
        acts.filter(person__in=[one.key for one in idle]).values_list("person_id", flat=True)
    )
    text = "没有任职，也没有退出记录"
    return [Finding(one.code, "", text, one.key, one.name) for one in idle if one.key not in left]


def certificates(ground: Ground) -> list[Finding]:
    """Certificates of persons in post that have expired or end within 90 days. One query."""
    rows = ground.under(Certificate).exclude(expires_on=None)
    columns = ("person_id", "level", "name", "expires_on")
    latest: dict[tuple[int, str, str], date] = {}
    for person, level, name, expires in rows.values_list(*columns):
        key = (person, level, name)
        latest[key] = max(expires, latest.get(key, expires))
    found = []
    for (person, level, name), expires in sorted(latest.items(), key=lambda row: row[1]):
        state = certificate_state(expires, ground.on)
        post = ground.persons.get(person)
        if state == HOLDS or post is None:
            continue
        what = name or CertificateLevel(level).label
        said = f"已于{expires}过期" if state == EXPIRED else f"{expires}到期"
        found.append(
            Finding(
                post.code, post.place, f"{what}登记{said}", person, post.name, bad=state == EXPIRED
            )
        )
    return found


def unfit_recruits(ground: Ground) -> list[Finding]:
    """Recruits in post who did not meet the clauses of their day of entry.

    An entry is the first post of a recruit, by whatever act, or one that an act of entering began;
    who came from another street was judged there. Queries by the number of periods in which the
    texts stayed the same.
    """
    before = Q(valid_from__lt=OuterRef("valid_from")) | Q(
        valid_from=OuterRef("valid_from"), pk__lt=OuterRef("pk")
    )
    earlier = Appointment.objects.filter(before, person=OuterRef("person")).order_by()
    rows = (
        ground.under(Appointment)
        .filter(identity=Identity.RECRUITED)
        .annotate(had=Exists(earlier), was=Exists(earlier.filter(identity=Identity.RECRUITED)))
        .order_by("valid_from", "pk")
    )
    columns = ("person_id", "code", "community__short_name", "post", "valid_from", "begun_by__kind",
        "person__name", "person__born_in", "person__full_time_education",
        "person__highest_education", "person__highest_education_on", "had", "was")  # fmt: skip
    entries: list[Entry] = []
    shown: list[tuple[int, str, str, str]] = []
    for row in rows.values_list(*columns):
        person, code, place, post, since, kind, name, born, first, highest, got, had, was = row
        becomes = not was and (had or kind != ActKind.TRANSFER)
        if (becomes or kind == ActKind.ENTER) and person in ground.persons:
            education = education_on(first, highest, got, since)
            age = age_at_entry(born, since)
            entries.append(Entry(code, post, Identity.RECRUITED, education, age, since))
            shown.append((person, code, place, name))
    found = []
    for number, rulings in rulings_of(entries, ground.prefix).items():
        person, code, place, name = shown[number]
        for one in rulings:
            if one.reason:
                text = f"{entries[number].on}招聘时{one.reason}"
                found.append(
                    Finding(code, place, text, person, name, clause=one.clause, bad=not one.unknown)
                )
    return sorted(found, key=lambda one: (one.code, one.person or 0))


def unchecked_acts(ground: Ground) -> list[Finding]:
    """Acts that nobody has looked over for 30 days. One query."""
    rows = ground.under(StaffAct).filter(checked_by=None, made_at__date__lte=ground.month_ago)
    rows = rows.exclude(kind=ActKind.FOLLOW).order_by("made_at", "pk")
    columns = ("pk", "code", "community__short_name", "person_id", "person__name", "kind", "on",
        "made_at__date")  # fmt: skip
    return [
        Finding(
            code, place,
            f"{ActKind(kind).label}（{on}）{made}登记，{(ground.on - made).days}天没有核对",
            person, name, act=pk,
        )
        for pk, code, place, person, name, kind, on, made in rows.values_list(*columns)
    ]  # fmt: skip

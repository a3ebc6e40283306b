"""Personal data of persons who left long ago goes; heads, posts and education stay."""

from __future__ import annotations

import logging
from datetime import date, datetime
from typing import Any, Final

from django.db import connection, transaction
from django.db.models import Exists, F, OuterRef, QuerySet
from django.utils import timezone

from accounts.scope import WHOLE_COUNTRY, scope
from communities.querysets import not_ended
from staffing.choices import ActKind
from staffing.models import (
    Appointment,
    Candidate,
    Certificate,
    Person,
    PersonPhone,
    StaffAct,
    StaffPaperContent,
)

logger = logging.getLogger(__name__)
GONE: Final = "已清除"
# who somebody was; sex, month of birth, education and posts stay for statistics
BLANK: Final[dict[str, Any]] = {
    "name": GONE,
    "identity_hmac": "",
    "identity_mask": "",
    "phone_mask": "",
    "school": "",
    "major": "",
    "remarks": "",
}
BATCH: Final = 500


def years_before(day: date, years: int) -> date:
    """The same day so many years earlier; 28 February in place of the 29th."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)


def purge_staff(*, before: date, at: datetime, most: int | None = None) -> int:
    """Remove the personal data of persons whose last post ended before a day; return how many.

    Name, identity, telephone, school, remarks, the numbers of certificates, notes and papers of
    acts go, also from the history. Who never had a post goes when nothing has been written about
    him since. `most`: no more at a time. Opens its own transactions, one for so many persons.
    """
    gone = 0
    while most is None or gone < most:
        number = BATCH if most is None else min(BATCH, most - gone)
        with scope(WHOLE_COUNTRY, command="purge_staff"):
            found = list(_left(before)[:number].values_list("pk", flat=True))
            _purge(found, at)
        gone += len(found)
        if len(found) < number:
            break
    if gone:
        logger.info("personal data of %d persons was removed", gone)
    return gone


def _left(before: date) -> QuerySet[Person]:
    """Persons of before a day whose data is still there, the rows locked."""
    posts = Appointment.objects.filter(person=OuterRef("pk"))
    recent = posts.filter(not_ended(before))
    moment = timezone.make_aware(datetime.combine(before, datetime.min.time()))
    events: Any = Person.pgh_event_models["insert"]  # type: ignore[attr-defined]
    written = events.objects.filter(pgh_obj=OuterRef("pk"), pgh_created_at__gte=moment)
    stood = Candidate.objects.filter(person=OuterRef("pk"), election__made_at__gte=moment)
    rows = Person.objects.filter(~Exists(recent), purged_at=None)
    rows = rows.filter(Exists(posts) | ~Exists(written) & ~Exists(stood))
    return rows.select_for_update(of=("self",), skip_locked=True).order_by("pk")


@transaction.atomic
def _purge(persons: list[int], at: datetime) -> None:
    """Blank rows first: the history then holds that they were, and is blanked afterwards."""
    rows = Person.objects.filter(pk__in=persons)
    rows.update(purged_at=at, version=F("version") + 1, **BLANK)
    PersonPhone.objects.filter(person__in=persons).delete()
    certificates = Certificate.objects.filter(person__in=persons)
    certificates.update(registration_no="", name="", version=F("version") + 1)
    acts = StaffAct.objects.filter(person__in=persons)
    acts.exclude(kind=ActKind.FOLLOW).update(note="", version=F("version") + 1)
    StaffPaperContent.objects.filter(paper__act__person__in=persons).delete()
    with connection.cursor() as cursor:
        statement = "SELECT staffing_blank_history(one) FROM unnest(%s::bigint[]) AS one"
        cursor.execute(statement, [persons])

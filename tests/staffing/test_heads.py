"""Heads of communities on a day: one query, persons told apart over streets."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from staffing.selectors.heads import heads_of
from tests.factories import make_community
from tests.staff_factories import IDENTITY_NUMBERS, make_appointment, make_person

pytestmark = pytest.mark.django_db
GUCHENG, HUNAN = "371502001001", "371502001002"


def test_heads_then_those_of_the_day_by_community() -> None:
    gucheng, hunan = make_community(GUCHENG), make_community(HUNAN, "湖南社区居委会")
    # in the morning of the day somebody left he is not there any more
    make_appointment(gucheng, "member", valid_until=date(2026, 6, 30))
    make_appointment(gucheng, "member", valid_from=date(2026, 6, 30))
    make_appointment(gucheng, "deputy", valid_from=date(2026, 7, 1))

    with CaptureQueriesContext(connection) as asked:
        found = heads_of([gucheng.pk, hunan.pk], date(2026, 6, 30))

    assert len(asked) == 1
    assert {key: len(heads.committee) for key, heads in found.items()} == {gucheng.pk: 1}


def test_heads_when_two_files_have_one_number_then_one_head() -> None:
    gucheng = make_community(GUCHENG)
    for street in ("371502001", "371502002"):
        person = make_person(street, identity_number=IDENTITY_NUMBERS[0])
        make_appointment(gucheng, "worker", person)
    make_appointment(gucheng, "worker", make_person())
    make_appointment(gucheng, "worker", make_person())

    heads = heads_of([gucheng.pk], date(2026, 6, 30))[gucheng.pk]

    # those without a number are told apart by their files
    assert (len(heads.workers), heads.posts) == (3, 4)

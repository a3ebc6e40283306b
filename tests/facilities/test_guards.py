"""What the database refuses whoever asks: records in another street than their premises, parts over
the whole.
"""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import Error, connection, transaction

from accounts.scope import scope
from communities.models import Community
from facilities.models import Inspection, Premises, Room, Share
from tests.factories import make_community
from tests.space_factories import (
    make_contract,
    make_hall_check,
    make_inspection,
    make_order,
    make_premises,
    make_project,
    make_room,
    make_share,
    make_space_paper,
)

pytestmark = pytest.mark.django_db
FAR = "371502002001"


@transaction.atomic
def done(change: Callable[[], object] | None = None) -> None:
    """Do something and let the database look, as at the end of a transaction."""
    if change:
        change()
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def moved(rows: Any, code: str = FAR) -> Callable[[], object]:
    return lambda: rows.update(code=code)


@pytest.fixture
def premises() -> Premises:
    return make_premises(make_community(), total_parts=3, parts=2)


@pytest.mark.parametrize(
    "make", [make_room, make_contract, make_inspection, make_hall_check, make_space_paper]
)
def test_record_in_another_street_than_its_premises_then_refused(
    premises: Premises, make: Any
) -> None:
    rows = type(make(premises)).objects.all()
    done(moved(rows, "371502001009"))

    with pytest.raises(Error, match="stands in another street"):
        done(moved(rows))


def test_share_of_a_community_of_another_street_then_refused(premises: Premises) -> None:
    far = make_community(FAR, "新城社区居委会")

    with pytest.raises(Error, match="a share stands in another street"):
        done(lambda: make_share(premises, far, 1))


def test_share_that_has_ended_or_whose_premises_have_then_it_goes_with_its_community(
    premises: Premises,
) -> None:
    share = Share.objects.filter(premises=premises)
    done()
    with pytest.raises(Error, match="a share stands in another street"):
        done(moved(share))
    share.update(valid_until="2026-01-01")
    done(moved(share))

    done(lambda: share.update(valid_until=None, code=premises.code))
    Premises.objects.update(valid_until="2026-01-01")
    done(moved(share))
    assert share.get().code == FAR


def test_order_and_paper_in_another_street_than_what_they_belong_to_then_refused(
    premises: Premises,
) -> None:
    order = make_order(make_inspection(premises, "occupied"))
    paper = make_space_paper(make_project(), "project")

    for record, code in ((order, FAR), (paper, "371502002")):
        with pytest.raises(Error, match="stands in another street"):
            done(moved(type(record).objects.filter(pk=record.pk), code))


def test_record_on_premises_that_its_street_does_not_see_then_refused(premises: Premises) -> None:
    make_community(FAR, "新城社区居委会")
    room = make_room(premises)

    def brought() -> None:
        with scope("371502002"):
            columns = {"community": Community.objects.get(code=FAR), "code": FAR, "use": "work"}
            Room.objects.create(premises_id=room.premises_id, building_m2=9, name="甲", **columns)
            connection.cursor().execute("SET CONSTRAINTS ALL IMMEDIATE")

    with pytest.raises(Error, match="a room stands in another street"):
        brought()


def test_premises_that_move_then_they_take_their_records_along(premises: Premises) -> None:
    make_room(premises)
    make_inspection(premises)
    tables = (Premises, Room, Share, Inspection)
    done()

    with pytest.raises(Error, match="a premises stands in another street"):
        done(moved(Premises.objects.all()))

    done(lambda: [one.objects.update(code=FAR) for one in tables])
    assert {code for one in tables for code in one.objects.values_list("code", flat=True)} == {FAR}


def test_parts_over_the_whole_then_refused(premises: Premises) -> None:
    near = make_community("371502001002", "新城社区居委会")
    done(lambda: make_share(premises, near, 1))

    with pytest.raises(Error, match="more than the whole"):
        done(lambda: Share.objects.filter(community=near).update(parts=2))
    with pytest.raises(Error, match="more than the whole"):
        done(lambda: Premises.objects.update(total_parts=2))

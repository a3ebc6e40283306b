"""Which area counts on a day: shared areas add up, and nothing counts twice."""

import itertools
from collections import Counter
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from facilities.choices import Measure, RoomUse
from facilities.models import Premises
from facilities.rules.areas import (
    Part,
    RoomArea,
    Site,
    Stop,
    areas_on,
    change_days,
    counted_rooms,
    covers,
    divided,
    given_away,
    spans_of,
    together,
)
from facilities.selectors.areas import areas_of
from tests.factories import make_community
from tests.space_factories import make_premises, make_room, make_share

DAY = date(2026, 6, 1)
DAYS = st.one_of(st.none(), st.integers(0, 40).map(lambda number: DAY + timedelta(days=number)))


@st.composite
def spans(draw: Any) -> tuple[date | None, date | None]:
    """Days from one until before another; either may be open."""
    since, until = draw(DAYS), draw(DAYS)
    if since is not None and until is not None and until <= since:
        until = since + timedelta(days=1 + (since - until).days)
    return since, until


@st.composite
def sites(draw: Any) -> Site:
    """Premises with any rooms, stops that may overlap, and shares over or under the whole."""
    rooms = [
        RoomArea(
            key,
            draw(st.sampled_from(RoomUse.values)),
            draw(st.integers(1, 99_999)),
            draw(st.one_of(st.none(), st.integers(0, 99_999))),
            draw(st.one_of(st.none(), st.integers(0, 99_999))),
            *draw(spans()),
        )
        for key in range(draw(st.integers(0, 4)))
    ]
    stops = [
        Stop(draw(st.sampled_from([None, 0, 1, 2, 3])), draw(spans())[0] or DAY, draw(DAYS))
        for _ in range(draw(st.integers(0, 3)))
    ]
    parts = [
        Part(key, f"37150200100{key}", draw(st.integers(1, 9)), *draw(spans()))
        for key in range(draw(st.integers(0, 4)))
    ]
    return Site(rooms, parts, draw(st.integers(1, 20)), stops, *draw(spans()))


@given(st.integers(0, 10**9), st.lists(st.integers(1, 10**6), min_size=1, max_size=9))
def test_divided_adds_up_to_the_whole_where_all_parts_are_given(
    amount: int, numbers: list[int]
) -> None:
    parts = [Part(key, str(key), number) for key, number in enumerate(numbers)]

    shares = divided(amount, parts, sum(numbers))

    assert sum(shares) == amount
    # nobody is more than one hundredth from the exact share
    whole = sum(numbers)
    assert all(abs(s * whole - amount * n) < whole for s, n in zip(shares, numbers, strict=True))


@given(
    st.integers(0, 10**9),
    st.lists(st.integers(1, 10**6), min_size=2, max_size=9),
    st.integers(0, 10**6),
)
def test_divided_keeps_its_sum_when_two_who_share_become_one(
    amount: int, numbers: list[int], rest: int
) -> None:
    whole = sum(numbers) + rest
    apart = [Part(key, str(key), number) for key, number in enumerate(numbers)]
    merged = [Part(0, "0", numbers[0] + numbers[1]), *apart[2:]]

    assert sum(divided(amount, apart, whole)) == sum(divided(amount, merged, whole))
    assert sum(divided(amount, apart, whole)) == given_away(amount, sum(numbers), whole)
    assert sum(divided(amount, apart, whole)) <= amount


@pytest.mark.parametrize(
    ("numbers", "total", "expected"),
    [
        ([1], 1, [10_001]),
        ([1, 1], 2, [5_001, 5_000]),  # the first code gets the odd hundredth
        ([1, 1, 1], 3, [3_334, 3_334, 3_333]),
        ([1], 2, [5_001]),  # half up where the rest serves nobody
        ([2, 2], 3, [5_001, 5_000]),  # over the whole: by what was given
        ([], 3, []),
    ],
)
def test_divided_by_hand(numbers: list[int], total: int, expected: list[int]) -> None:
    parts = [Part(key, str(key), number) for key, number in enumerate(numbers)]

    assert divided(10_001, parts, total) == expected


@settings(max_examples=300)
@given(sites(), st.integers(-1, 42))
def test_areas_on_any_day_count_each_room_at_most_once(site: Site, number: int) -> None:
    day = DAY + timedelta(days=number)
    there: Counter[str] = Counter()
    for room in site.rooms:
        stopped = any(covers(stop, day) and stop.room in (None, room.key) for stop in site.stops)
        if covers(site, day) and covers(room, day) and not stopped:
            there[room.use] += room.building
    found = together(areas_on(site, day).values())

    assert all(found.of((use,)) <= there[use] for use in RoomUse.values)
    given = sum(part.parts for part in site.parts if covers(part, day))
    if given >= site.total_parts:
        assert {use: found.of((use,)) for use in there} == dict(there)


@settings(max_examples=300)
@given(sites())
def test_spans_say_of_every_day_what_that_day_says(site: Site) -> None:
    spans = spans_of(site)

    assert (spans[0].since, spans[-1].until) == (None, None)
    for before, after in itertools.pairwise(spans):
        assert before.until == after.since
        assert (before.rooms, before.areas) != (after.rooms, after.areas)
    for day in (DAY + timedelta(days=number) for number in range(-1, 43)):
        (span,) = [one for one in spans if covers(one, day)]
        assert span.areas == areas_on(site, day)
        assert span.rooms == tuple(room.key for room in counted_rooms(site, day))
    dated: list[Any] = [site, *site.rooms, *site.parts, *site.stops]
    bounds = {one.since for one in dated} | {one.until for one in dated}
    assert change_days(site) == sorted(bounds - {None})


@pytest.mark.django_db
def test_areas_of_communities_that_share_premises_add_up_to_its_rooms() -> None:
    first, second = make_community(), make_community("371502001002", "新城社区居委会")
    premises = make_premises(first, parts=0, total_parts=3)
    make_share(premises, first, 1)
    make_share(premises, second, 2)
    make_room(premises, "work", "100.01")
    make_room(premises, "hall", "50", usable_m2="40")
    make_room(premises, "property", "20")
    alone = make_premises(second, "活动室")
    make_room(alone, "activity", "30", usable_m2="25", valid_until=date(2026, 6, 2))

    areas = areas_of([first.pk, second.pk], DAY)

    assert {key: (one.work, one.service, one.property_rooms) for key, one in areas.items()} == {
        first.pk: (3334, 1667, 667),
        second.pk: (6667, 3333 + 3000, 1333),
    }
    assert [areas[one.pk].has_hall for one in (first, second)] == [True, True]
    assert not areas[first.pk].known(Measure.USABLE)
    assert areas_of([second.pk], date(2026, 6, 2))[second.pk].service == 3333
    assert Premises.objects.count() == 2

"""Shares: communities of one street use premises from a day on; what was before stays."""

from datetime import date, timedelta
from fractions import Fraction

import pytest
from django.core.exceptions import ValidationError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.models import User
from communities.models import Community
from facilities.models import Premises, Share
from facilities.selectors.areas import areas_of
from facilities.services.shares import set_shares
from tests.conftest import Browse
from tests.factories import make_community
from tests.space_factories import make_premises, make_room

ON = date(2026, 11, 22)
SINCE = date(2026, 7, 1)


@pytest.fixture
def three(db: None) -> list[Community]:
    names = ("古城", "新城", "东关")
    return [
        make_community(f"37150200100{number}", f"{name}社区居委会")
        for number, name in enumerate(names, start=1)
    ]


def share(premises: Premises, parts: dict[int, int], total: int, since: date | None) -> Premises:
    version = Premises.objects.get(pk=premises.pk).version
    return set_shares(
        premises=premises, parts=parts, total=total, since=since, version=version, on=ON
    )


def test_shares_from_a_day_leave_what_was_before(three: list[Community]) -> None:
    first, second, _third = three
    premises = make_premises(first)
    make_room(premises, "work", "100")

    made = share(premises, {first.pk: 1, second.pk: 2}, 3, SINCE)

    assert (made.total_parts, made.version) == (3, 2)
    assert [
        (one.community, one.parts, one.valid_from, one.valid_until)
        for one in Share.objects.order_by("pk")
    ] == [
        (first, 3, date(2020, 6, 1), SINCE),
        (first, 1, SINCE, None),
        (second, 2, SINCE, None),
    ]
    day = SINCE - timedelta(days=1)
    assert {key: one.work for key, one in areas_of([first.pk], day).items()} == {first.pk: 10_000}
    after = areas_of([one.pk for one in three], SINCE)
    assert {key: one.work for key, one in after.items()} == {first.pk: 3333, second.pk: 6667}


def test_shares_from_the_beginning_replace_all(three: list[Community]) -> None:
    premises = make_premises(three[0])
    share(premises, {three[0].pk: 1, three[1].pk: 1}, 2, SINCE)

    made = share(premises, {three[2].pk: 2}, 4, None)

    (only,) = Share.objects.all()
    assert (only.community, only.parts, made.total_parts) == (three[2], 1, 2)
    assert only.valid_from == date(2020, 6, 1)


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.lists(
        st.tuples(st.lists(st.integers(0, 9), min_size=3, max_size=3), st.integers(0, 9)),
        min_size=1,
        max_size=3,
    ).filter(lambda steps: all(any(numbers) for numbers, _ in steps))
)
def test_shares_of_every_day_keep_their_fractions(
    three: list[Community], steps: list[tuple[list[int], int]]
) -> None:
    Share.objects.all().delete()
    premises = make_premises(three[0], f"用房{Premises.objects.count()}")
    expected = [{three[0].pk: Fraction(1)}]
    for place, (numbers, rest) in enumerate(steps):
        total = sum(numbers) + rest
        parts = {one.pk: n for one, n in zip(three, numbers, strict=True) if n}
        share(premises, parts, total, SINCE + timedelta(days=place))
        expected.append({key: Fraction(n, total) for key, n in parts.items()})

    whole = Premises.objects.get(pk=premises.pk).total_parts
    for place, meant in enumerate(expected):
        day = SINCE + timedelta(days=place - 1)
        held = Share.objects.filter(premises=premises).as_of(day)
        found = {one.community_id: Fraction(one.parts, whole) for one in held}
        assert found == meant


def test_shares_of_communities_elsewhere_or_ended_are_refused(three: list[Community]) -> None:
    premises = make_premises(three[0])
    elsewhere = make_community("371502002001", "柳园社区居委会")
    Community.objects.filter(pk=three[1].pk).update(valid_until=date(2026, 1, 1))
    Community.objects.filter(pk=three[2].pk).update(valid_from=date(2026, 8, 1))

    for one, words in (
        (elsewhere, "合用的社区限同一街道"),
        (three[1], "已于2026-01-01撤销，不再分给它份额"),
        (three[2], "2026-08-01设立，2026-07-01还没有"),
    ):
        with pytest.raises(ValidationError, match=words):
            share(premises, {one.pk: 1}, 1, SINCE)
    assert Share.objects.count() == 1


@pytest.mark.parametrize(
    ("parts", "total", "since", "expected"),
    [
        ([], 1, SINCE, "没有社区使用"),
        ([2, 2], 3, SINCE, "各社区合计4，大于总数3"),
        ([1], 1, date(2020, 5, 31), "2020-05-31早于用房启用日期2020-06-01"),
        ([1], 999_983, SINCE, "份数太细"),
    ],
)
def test_shares_with_mistakes_are_refused_in_words(
    three: list[Community], parts: list[int], total: int, since: date, expected: str
) -> None:
    premises = make_premises(three[0], total_parts=7)

    with pytest.raises(ValidationError, match=expected):
        share(premises, dict(zip([c.pk for c in three], parts, strict=False)), total, since)
    assert Share.objects.get().valid_until is None


def test_share_page_takes_areas(three: list[Community], clerk: User, browse: Browse) -> None:
    premises = make_premises(three[0])
    make_room(premises, "work", "300")
    path = f"/premises/{premises.pk}/shares/"
    keys = [f"of_{one.pk}" for one in three]
    typed = {"by": "area", "total": "300", "since": "2026-07-01", "version": "1"}

    over = browse(clerk).post(path, typed | {keys[0]: "200", keys[1]: "100.01"})
    halves = browse(clerk).post(path, typed | {"by": "parts", keys[0]: "1.5"})
    nobody = browse(clerk).post(path, typed)
    done = browse(clerk).post(path, typed | {keys[0]: "199.99", keys[1]: "100.01"})
    stale = browse(clerk).post(path, typed | {keys[0]: "1"})

    assert "各社区合计300.01，大于总数300。改小其中一个，或改总数" in over.content.decode()
    assert "份数1.5不是整数" in halves.content.decode()
    assert "没有社区使用这处用房" in nobody.content.decode()
    assert done["Location"] == f"/premises/{premises.pk}/#shares"
    assert {key: one.work for key, one in areas_of([c.pk for c in three], ON).items()} == {
        three[0].pk: 19_999, three[1].pk: 10_001,
    }  # fmt: skip
    assert stale.status_code == 422
    assert "有人改过这处用房" in stale.content.decode()
    page = browse(clerk).get(f"/premises/{premises.pk}/").content.decode()
    assert "合计300.00㎡＝全部在用房间300.00㎡" in page


def test_share_page_says_what_is_left_over(
    three: list[Community], clerk: User, browse: Browse
) -> None:
    premises = make_premises(three[0], total_parts=4)
    make_room(premises, "work", "100")

    page = browse(clerk).get(f"/premises/{premises.pk}/").content.decode()

    assert "合计25.00㎡，全部在用房间100.00㎡，余下75.00㎡没有分给社区，不计入" in page

"""Publishing beside other texts, superseding and withdrawing."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db.backends.postgresql.psycopg_any import DateRange

from accounts.models import User
from policy import services
from tests.policy.samples import ON, published, rule, source

pytestmark = pytest.mark.django_db


def test_publication_when_days_overlap_then_both_texts_subjects_and_days_are_named() -> None:
    published(effective_until=date(2028, 1, 1))
    later = services.draft(source("b-2025", effective_from=date(2025, 1, 1)), by=None)

    with pytest.raises(ValidationError) as caught:
        services.publish(later, by=None, on=ON)

    assert caught.value.messages == [
        "《办法b-2025》与《办法a-2020》同是3715的规定，2025-01-01至2028-01-01（不含）都规定"
        "“一站式服务大厅”。勾选“取代原来的规定”，或改其中一个文件的起止日期"
    ]
    later.refresh_from_db()
    assert later.status == "draft"


@pytest.mark.parametrize(
    "head",
    [
        {"effective_from": date(2028, 1, 1)},
        {"authority": "37"},
        {"jurisdiction": "371502"},
    ],
)
def test_publication_when_days_or_authority_differ_then_both_hold(head: dict[str, object]) -> None:
    published(effective_until=date(2028, 1, 1))

    assert published("b-2025", **head).status == "published"


def test_publication_when_superseding_then_earlier_text_ends_for_the_named_subjects() -> None:
    earlier = published(provisions=(rule(), rule("A-2", "grids")))
    later = services.draft(source("b-2025", effective_from=date(2025, 1, 1)), by=None)

    later = services.publish(later, by=None, on=ON, supersede=True)

    days = {row.subject: (row.validity, row.superseded_by) for row in earlier.answers.all()}
    assert days == {
        "service_halls": (DateRange(date(2020, 1, 1), date(2025, 1, 1)), later),
        "grids": (DateRange(date(2020, 1, 1), None), None),
    }
    earlier.refresh_from_db()
    assert (earlier.status, earlier.effective_until) == ("published", None)


def test_publication_when_all_is_superseded_then_earlier_text_has_ended() -> None:
    earlier = published()
    later = services.draft(source("b-2025", effective_from=date(2025, 1, 1)), by=None)

    services.publish(later, by=None, on=ON, supersede=True)

    earlier.refresh_from_db()
    assert (earlier.status, earlier.effective_until) == ("superseded", date(2025, 1, 1))


def test_publication_when_other_text_begins_later_then_cannot_supersede_it() -> None:
    published("b-2025", effective_from=date(2025, 1, 1))
    earlier = services.draft(source(), by=None)

    with pytest.raises(ValidationError, match="把《办法a-2020》的“到何日止”填为2025-01-01或更早"):
        services.publish(earlier, by=None, on=ON, supersede=True)


def test_publication_when_other_text_holds_for_more_then_cannot_supersede_it() -> None:
    published(jurisdiction="37")
    later = services.draft(
        source("b-2025", jurisdiction="3715", authority="37", effective_from=date(2025, 1, 1)),
        by=None,
    )

    with pytest.raises(ValidationError, match="只适用于3715，不能取代它。先修订范围较宽的文件"):
        services.publish(later, by=None, on=ON, supersede=True)


def test_publication_when_it_fails_then_what_it_would_supersede_stays() -> None:
    earlier = published(provisions=(rule(),))
    published("b-2026", provisions=(rule("B-1", "grids"),), effective_from=date(2026, 1, 1))
    both = services.draft(
        source("c-2025", (rule(), rule("C-2", "grids")), effective_from=date(2025, 1, 1)), by=None
    )

    with pytest.raises(ValidationError):
        services.publish(both, by=None, on=ON, supersede=True)

    assert earlier.answers.get().validity == DateRange(date(2020, 1, 1), None)


def test_withdrawal_when_in_force_then_ends_on_the_day_with_its_reason(city_officer: User) -> None:
    text = published()

    done = services.withdraw(text, by=city_officer, on=date(2026, 7, 1), reason="上级废止")

    assert (done.status, done.effective_until) == ("superseded", date(2026, 7, 1))
    assert done.answers.get().validity == DateRange(date(2020, 1, 1), date(2026, 7, 1))


def test_withdrawal_when_before_its_first_day_then_it_never_held() -> None:
    done = services.withdraw(published(), by=None, on=date(2019, 1, 1), reason="误发")

    assert done.effective_until == date(2020, 1, 1)
    assert done.answers.get().validity.isempty


def test_withdrawal_when_ended_before_then_refused() -> None:
    text = published(effective_until=date(2024, 1, 1))

    with pytest.raises(ValidationError, match="到2024-01-01为止，2025-01-01已不执行"):
        services.withdraw(text, by=None, on=date(2025, 1, 1), reason="清理")


def test_withdrawal_when_draft_then_refused() -> None:
    text = services.draft(source(), by=None)

    with pytest.raises(ValidationError, match="状态是“草稿”，只有已发布的能停止执行"):
        services.withdraw(text, by=None, on=ON, reason="清理")


def test_withdrawal_when_successor_follows_then_days_are_free_again() -> None:
    services.withdraw(published(), by=None, on=date(2024, 1, 1), reason="修订")

    assert published("b-2024", effective_from=date(2024, 1, 1)).status == "published"

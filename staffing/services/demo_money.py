"""Demo quotas, increases, awards and what was paid."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any, Final

from accounts.models import User
from communities.choices import DecisionState
from communities.models import Community
from communities.selectors.assessment import get_assessment
from communities.services.demo import Draw
from staffing.choices import COMMITTEE_POSTS, AwardKind, PayChannel, Post
from staffing.models import Appointment, Award, ExtraWorkers, PayRecord, QuotaPlan
from staffing.selectors.quotas import places_of, quota_range
from staffing.services.extra import decide_increase, propose_increase
from staffing.services.quotas import Shift, approve_plan, propose_plan, save_plan

DISTRICT: Final = "371502"
PAID: Final = "330206"
AWARDED: Final = "330206002"
BATCH: Final = 2_000
# community, number, days ago (the oldest first), what was decided
INCREASES: Final = (
    ("371502001003", 2, 70, True, "户数多，按超出部分增配"),
    ("371502001013", 3, 40, False, "先用足名额，下一年度再议"),
    ("371502001007", 1, 6, None, ""),
)
# months' pay of the demo: a base by post, of which some get a little less than asked
MONTHLY: Final = {Post.DIRECTOR: 1500, Post.DEPUTY: 1300}
INSURANCE: Final = Decimal("412.50")


def load_quotas(
    people: Mapping[str, User], *, year: int, on: date, at: datetime, url: str
) -> QuotaPlan | None:
    """The year's quota of 东昌府区, approved by the city, with one worker moved; or nothing."""
    maker, decider = people.get("dongchangfu"), people.get("liaocheng")
    if maker is None or decider is None:
        return None
    assessment = get_assessment(maker, DISTRICT, year, on)
    allowed, places = quota_range(assessment, DISTRICT), places_of(assessment, DISTRICT)
    if allowed.least is None or allowed.most is None or allowed.unknown or len(places) < 5:
        return None
    plan = save_plan(
        code=DISTRICT,
        year=year,
        total=(allowed.least + allowed.most) // 2,
        reason="",
        allowed=allowed,
        places=places,
        shifts={
            places[0].key: Shift(1, "演示：承担市级试点"),
            max(places, key=lambda one: one.households or 0).key: Shift(-1, "演示：调剂给试点社区"),
        },
        version=0,
        by=maker,
        at=at - timedelta(days=50),
    )
    QuotaPlan.objects.filter(pk=plan.pk).update(is_demo=True)
    before = at - timedelta(days=49)
    plan = propose_plan(plan=plan, version=plan.version, url=url, by=maker, at=before)
    return approve_plan(
        plan=plan,
        version=plan.version,
        decision="同意",
        doc_no=f"演示字〔{year}〕21号",
        url=url,
        by=decider,
        at=at - timedelta(days=47),
    )


def load_extra(people: Mapping[str, User], *, year: int, on: date, at: datetime, url: str) -> int:
    """Increases that 古楼街道 asked for: one approved, one that waits, one refused."""
    maker, decider = people.get("gulou"), people.get("dongchangfu")
    if maker is None or decider is None:
        return 0
    codes = [code for code, *_ in INCREASES]
    communities = {one.code: one for one in Community.objects.filter(code__in=codes).as_of(on)}
    number = 0
    for code, workers, days, approved, said in INCREASES:
        if code not in communities:
            continue
        record = propose_increase(
            record=ExtraWorkers(
                community=communities[code],
                year=year,
                number=workers,
                reason="演示：户数多，网格和服务任务重",
            ),
            by=maker,
            on=on,
            at=at - timedelta(days=days),
            url=url,
        )
        if approved is not None:
            decide_increase(
                record=record,
                version=record.version,
                approved=approved,
                decision=said,
                doc_no=f"演示字〔{year}〕30号" if approved else "",
                by=decider,
                at=at - timedelta(days=days - 4),
                url=url,
            )
        number += 1
    return number


def load_awards(people: Mapping[str, User], *, year: int, at: datetime) -> int:
    """Awards in 新碶街道: yearly ones, of which the last two wait, and two by the month."""
    maker, decider = people.get("xinqi"), people.get("beilun")
    if maker is None or decider is None:
        return 0
    rows = Appointment.objects.under(AWARDED).filter(is_demo=True, valid_until=None)
    best = list(rows.filter(post=Post.DIRECTOR).order_by("code")[:6])
    kinds = [AwardKind.ANNUAL] * 4 + [AwardKind.LONG_SERVICE] * 2
    awards = []
    for place, (row, kind) in enumerate(zip(best, kinds, strict=False)):
        waits = place in (2, 3)
        awards.append(
            Award(
                person_id=row.person_id,
                community_id=row.community_id,
                code=row.code,
                kind=kind,
                year=year - 1,
                starts_on=date(year, 1 if kind == AwardKind.LONG_SERVICE else 4, 1),
                doc_no="" if waits else f"演示字〔{year}〕9号",
                note="演示：年度考核优秀",
                state=DecisionState.PROPOSED if waits else DecisionState.APPROVED,
                made_by=maker,
                made_at=at - timedelta(days=30),
                decided_by=None if waits else decider,
                decided_at=None if waits else at - timedelta(days=25),
                is_demo=True,
            )
        )
    return len(Award.objects.bulk_create(awards))


def load_pay(people: Mapping[str, User], *, year: int, on: date, at: datetime) -> int:
    """What was paid in Beilun in a year, up to the month before today; return the records."""
    maker = people.get("beilun")
    last = 12 if on.year > year else on.month - 1 if on.year == year else 0
    if maker is None or last < 1:
        return 0
    rows = Appointment.objects.under(PAID).filter(
        is_demo=True,
        valid_until=None,
        pay_channel=PayChannel.FUNDED,
        post__in=(*COMMITTEE_POSTS, Post.WORKER),
        valid_from__lt=date(year, 1, 1),
    )
    records: dict[tuple[int, int], PayRecord] = {}
    for row in rows.select_related("person").order_by("pk"):
        key = (row.person_id, row.community_id)
        if key not in records:
            records[key] = paid(row, year, last, by=maker, at=at)
    return len(PayRecord.objects.bulk_create(records.values(), batch_size=BATCH))


def paid(row: Any, year: int, last: int, *, by: User, at: datetime) -> PayRecord:
    """A record of January to a month for a post, one in twelve a little short."""
    draw = Draw(f"{row.code} {row.person.identity_mask} pay {year}")
    monthly = Decimal(MONTHLY.get(row.post, 1000))
    if draw.part(0) < 1 / 12:
        monthly -= 60
    return PayRecord(
        person_id=row.person_id,
        community_id=row.community_id,
        code=row.code,
        year=year,
        first_month=1,
        last_month=last,
        pay_channel=PayChannel.FUNDED,
        allowance_yuan=monthly * last,
        insurance_yuan=INSURANCE * last,
        made_by=by,
        made_at=at,
        is_demo=True,
    )

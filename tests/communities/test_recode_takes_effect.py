"""A code list from its upload to its day: swaps, a street with a new code, past years the same."""

from datetime import UTC, date, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from accounts.models import User
from communities.models import AnnualFacts, ChangeAct, Community, Division, FormerDesignation
from communities.selectors.places import division_names
from communities.services import acts
from communities.services.decisions import Decision
from tests.communities.test_recode import listed
from tests.communities.test_recode_pages import compared, propose
from tests.communities.test_register_by_day import columns
from tests.conftest import Browse
from tests.factories import make_user
from tests.paper_samples import pdf
from tests.world import (
    CHANGZHENG,
    GUCHENG,
    HUNAN,
    LIUYUAN,
    STREET,
    STREET_ELSEWHERE,
    WENXUAN,
    assessed,
    load_texts,
    make_place,
)

pytestmark = pytest.mark.django_db
DAY = date(2027, 1, 1)
AT = datetime(2027, 1, 1, 1, tzinfo=UTC)
NEW_STREET = "371502022"
# 古城 and 湖南 change codes, 文轩 gets another, and 柳园街道 with all of its communities
LIST = listed(
    f"{STREET},古楼街道",
    f"{GUCHENG},湖南社区居委会",
    f"{HUNAN},古城社区居委会",
    "371502001033,文轩社区居委会",
    f"{NEW_STREET},柳园街道",
    f"{NEW_STREET}001,柳园社区居委会",
    f"{NEW_STREET}002,长征社区居委会",
)


@pytest.fixture
def officer(browse: Browse, district_officer: User) -> Client:
    load_texts()
    for code in (GUCHENG, HUNAN, WENXUAN, LIUYUAN, CHANGZHENG):
        make_place(code)
        make_place(code, 2027)
    return browse(district_officer)


def decided(act: ChangeAct, by: User, reviewer: User) -> ChangeAct:
    """The act after its review and the government's decision, on the effective day."""
    act = acts.pass_act(act=act, by=reviewer, at=AT, on=DAY, version=act.version)
    decision = Decision(
        authority="东昌府区人民政府",
        doc_no="东政字〔2026〕9号",
        decided_on=date(2026, 12, 20),
        effective_on=DAY,
        file=SimpleUploadedFile("批复.pdf", pdf()),
        title="批复",
    )
    return acts.decide(act=act, by=by, at=AT, on=DAY, version=act.version, decision=decision)


def test_list_takes_effect_then_new_codes_and_past_years_to_the_fen(
    officer: Client, city_officer: User, clerk_elsewhere: User
) -> None:
    before = columns(assessed(city_officer))
    names = dict(Community.objects.values_list("pk", "name"))
    propose(officer, compared(officer, LIST))
    act = ChangeAct.objects.get()
    assert Community.objects.filter(code=WENXUAN).exists()

    act = decided(act, city_officer, make_user("city_officer", "3715", username="second"))

    assert act.state == "applied"
    assert dict(Community.objects.order_by("code").values_list("code", "short_name")) == {
        GUCHENG: "湖南社区",
        HUNAN: "古城社区",
        "371502001033": "文轩社区",
        f"{NEW_STREET}001": "柳园社区",
        f"{NEW_STREET}002": "长征社区",
    }
    assert dict(Community.objects.values_list("pk", "name")) == names
    assert FormerDesignation.objects.filter(valid_until=DAY).count() == 5
    assert columns(assessed(city_officer)) == before
    assert division_names({NEW_STREET, STREET_ELSEWHERE}, DAY) == {
        NEW_STREET: "柳园街道",
        STREET_ELSEWHERE: "柳园街道",
    }
    assert Division.objects.get(code=STREET_ELSEWHERE).valid_until == DAY
    # the office of the street goes on under its new code
    clerk_elsewhere.refresh_from_db()
    assert clerk_elsewhere.scope == NEW_STREET
    assert set(AnnualFacts.objects.filter(year=2027).values_list("code", "street_code")) == {
        (GUCHENG, STREET),
        (HUNAN, STREET),
        ("371502001033", STREET),
        (f"{NEW_STREET}001", NEW_STREET),
        (f"{NEW_STREET}002", NEW_STREET),
    }


def test_list_takes_effect_then_old_addresses_lead_on(officer: Client, city_officer: User) -> None:
    propose(officer, compared(officer, LIST))
    decided(
        ChangeAct.objects.get(),
        city_officer,
        make_user("city_officer", "3715", username="second"),
    )

    answers = {code: officer.get(f"/communities/{code}/") for code in (WENXUAN, LIUYUAN, GUCHENG)}

    assert answers[WENXUAN]["Location"] == f"/communities/371502001033/?former={WENXUAN}"
    assert answers[LIUYUAN]["Location"] == f"/communities/{NEW_STREET}001/?former={LIUYUAN}"
    # its code was given to 湖南: its holder is shown, and whose it was
    page = answers[GUCHENG].content.decode()
    assert f"代码{GUCHENG}在2027-01-01以前是古城社区的" in page
    assert f'href="/communities/{HUNAN}/?year=2026"' in page
    assert officer.get("/districts/371502/?year=2026").status_code == 200
    assert "柳园街道" in officer.get("/districts/371502/?year=2026").content.decode()

"""Which bodies the texts in force ask for, whose words they use, and what lifts them."""

from datetime import date

import pytest

from policy import services
from policy.engine import catalogue
from policy.models import Exemption
from policy.selectors import OrganisationAsked, organisations_asked, policy_for
from tests.policy.samples import ON, published, rule, source

pytestmark = pytest.mark.django_db
CODE = "371502001001"
PARTY = rule("P-1", more='organisations = ["party"]')
ATTRIBUTE = """[[provision]]
id = "Q-1"
article = "第九条"
summary = "设监督委员会"
binding = "attribute"
organisations = ["supervision_committee"]
"""


def asked(code: str = CODE, on: date = ON, prefix: str = "") -> list[tuple[str, str]]:
    found = organisations_asked(policy_for(prefix or code, on), code)
    return [(one.provision, one.organisation) for one in found]


def test_organisations_of_the_shipped_texts_then_nearest_text_first() -> None:
    services.import_texts(on=ON)

    assert asked() == [
        ("LC-ORG-3", "party"),
        ("LC-ORG-6", "mediation"),
        ("LC-ORG-6", "security"),
        ("LC-ORG-6", "public_health"),
        ("LC-STF-1", "residents_committee"),
        ("OL-ORG-1", "residents_committee"),
    ]
    assert organisations_asked(policy_for(CODE, ON), CODE)[1] == OrganisationAsked(
        "mediation",
        "聊城市城市社区管理办法（试行）",
        "",
        "第十二条",
        "LC-ORG-6",
        "居委会下设调解、治安、公共卫生等委员会",
    )


def test_organisations_when_place_is_another_then_its_own_texts() -> None:
    services.import_texts(on=ON)

    assert asked("330206002001") == [("OL-ORG-1", "residents_committee")]
    assert asked(prefix="0") == asked()


def test_organisations_when_no_text_is_in_force_then_none() -> None:
    services.import_texts(on=ON)

    assert asked(on=date(2014, 12, 31)) == []
    assert asked(on=date(2015, 1, 1))[0] == ("LC-ORG-3", "party")


def test_organisations_when_community_is_exempt_then_not_asked_there() -> None:
    published(provisions=(PARTY, ATTRIBUTE))
    Exemption.objects.create(
        code=CODE, provision="Q-1", reason="甲", approver="乙", valid_from=date(2026, 1, 1)
    )

    assert asked() == [("P-1", "party")]
    assert asked("371502001002") == [("P-1", "party"), ("Q-1", "supervision_committee")]


def test_organisations_when_subject_is_answered_by_a_later_text_then_not_asked() -> None:
    published(provisions=(PARTY, ATTRIBUTE, rule("G-1", "grids")))
    services.publish(services.draft(next_source("b-2021"), by=None), by=None, on=ON, supersede=True)

    assert asked(on=date(2020, 6, 1)) == [("P-1", "party"), ("Q-1", "supervision_committee")]
    assert asked(on=date(2021, 6, 1)) == [("Q-1", "supervision_committee")]


def next_source(text_id: str) -> str:
    return source(text_id, (rule("B-1"),), effective_from=date(2021, 1, 1))


def test_organisations_when_a_newer_version_drops_them_then_not_asked() -> None:
    published(provisions=(PARTY, ATTRIBUTE))
    published_again = services.draft(
        next_source("a-2020").replace("2021-01-01", "2020-01-01"), by=None
    )
    services.publish(published_again, by=None, on=ON, supersede=True)

    assert asked() == []


def test_words_then_every_one_has_a_label() -> None:
    assert all(catalogue().organisations.values())

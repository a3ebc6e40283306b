"""组织: by kind, what the texts in force ask for and what is lacking, terms that have run out."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from communities.choices import OrganisationKind
from communities.models import Community, Organisation
from communities.selectors.organisations import KindGroup, missing, organisation_groups
from policy.engine import catalogue
from policy.selectors import policy_for
from tests.conftest import Browse
from tests.factories import make_community, make_organisation
from tests.queries import queries_of
from tests.world import load_texts

pytestmark = pytest.mark.django_db
PAGE = "/communities/371502001001/organisations/"
ASKED = ["社区党组织", "居民委员会", "人民调解委员会", "治安保卫委员会", "公共卫生委员会"]


@pytest.fixture
def community(db: None) -> Community:
    return make_community()


@pytest.fixture
def desk(browse: Browse, clerk: User, community: Community) -> Client:
    return browse(clerk)


def groups_of(user: User, community: Community) -> list[KindGroup]:
    today = timezone.localdate()
    return organisation_groups(user, community, policy_for(community.code, today), today)


def test_kinds_then_those_of_the_catalogue_with_its_labels() -> None:
    assert dict(OrganisationKind.choices) == catalogue().organisations


def test_groups_then_verdicts_only_where_a_text_asks(clerk: User, community: Community) -> None:
    load_texts()
    make_organisation(community, "party")
    make_organisation(community, "mediation")
    make_organisation(community, "security", valid_until=timezone.localdate())
    make_organisation(community, "social", "合唱团")
    make_organisation(community, "social", "书画社")

    groups = groups_of(clerk, community)

    assert [group.key for group in groups] == OrganisationKind.values
    assert {group.label: group.verdict for group in groups if group.verdict} == {
        "社区党组织": "有",
        "居民委员会": "缺",
        "人民调解委员会": "有",
        "治安保卫委员会": "缺",
        "公共卫生委员会": "缺",
    }
    assert missing(groups) == ["居民委员会", "治安保卫委员会", "公共卫生委员会"]
    assert {group.key: group.held for group in groups if group.rows} == {
        "party": 1,
        "mediation": 1,
        "security": 0,
        "social": 2,
    }
    [committee] = [group for group in groups if group.key == "residents_committee"]
    assert [(one.title, one.article) for one in committee.asked] == [
        ("聊城市城市社区管理办法（试行）", "第十一条"),
        ("中华人民共和国城市居民委员会组织法", "第三条"),
    ]


def test_groups_when_no_text_is_in_force_then_no_verdict(clerk: User, community: Community) -> None:
    assert missing(groups_of(clerk, community)) == []


def test_groups_of_a_village_then_nothing_is_asked(clerk: User) -> None:
    load_texts()

    assert missing(groups_of(clerk, make_community("371502001200", "大路村委会"))) == []


def test_page_then_there_or_lacking_with_the_clause_and_others_without(
    desk: Client, community: Community
) -> None:
    load_texts()
    make_organisation(community, "party", "古城社区党总支")

    page = desk.get(PAGE).content.decode()

    assert page.count('<span class="tag ok">有</span>') == 1
    assert page.count('<span class="tag bad">缺</span>') == 4
    assert "《聊城市城市社区管理办法（试行）》第十二条" in page
    assert page.count("现行文件没有要求") == len(OrganisationKind) - 5


@pytest.mark.parametrize(("days", "told"), [(-1, 1), (0, 0), (1, 0)])
def test_page_when_term_has_run_out_then_warned(
    desk: Client, community: Community, days: int, told: int
) -> None:
    make_organisation(community, term_ends_on=timezone.localdate() + timedelta(days))

    assert desk.get(PAGE).content.decode().count("任期已满") == told


def test_page_when_empty_then_says_what_to_do_next(desk: Client) -> None:
    assert "先登记社区党组织和居民委员会" in desk.get(PAGE).content.decode()


def test_page_then_the_same_queries_for_1_and_30_rows(desk: Client, community: Community) -> None:
    load_texts()
    make_organisation(community, "social", "0")
    desk.get(PAGE)
    one = queries_of(desk, PAGE)
    for number in range(1, 30):
        make_organisation(community, "social", str(number))

    assert queries_of(desk, PAGE) == one


def test_form_when_there_is_a_residents_committee_then_said_at_the_kind(
    desk: Client, community: Community
) -> None:
    make_organisation(community, "residents_committee", "古城社区居委会")

    answer = desk.post(f"{PAGE}add/", {"kind": "residents_committee", "name": "第二居委会"})

    assert answer.status_code == 422
    assert {name: list(said) for name, said in answer.context["form"].errors.items()} == {
        "kind": ["一个社区只设一个居民委员会，已经登记了。打开已有的修改"]
    }
    assert Organisation.objects.count() == 1


def test_form_then_document_number_is_mended_and_days_are_checked(desk: Client) -> None:
    typed = {"kind": "party", "name": "古城社区党总支", "set_up_doc_no": "古党发（2021）8号"}

    wrong = desk.post(
        f"{PAGE}add/", {**typed, "set_up_on": "2021-05-01", "term_ends_on": "2021-05-01"}
    )
    desk.post(f"{PAGE}add/", {**typed, "set_up_on": "2021-05-01", "term_ends_on": "2026-05-01"})

    assert wrong.context["form"].errors == {
        "term_ends_on": ["本届任期到2021-05-01，不晚于成立日期2021-05-01。改其中一个日期"]
    }
    assert Organisation.objects.get().set_up_doc_no == "古党发〔2021〕8号"

"""修改记录: every change of a community and its parts, by whom, from what to what, and why."""

from datetime import date
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from accounts.scope import scope
from communities.models import Community, Contact, Estate, Grid
from communities.selectors.history import Change, changes_of, history_of
from communities.services.editing import change
from tests.conftest import Browse
from tests.factories import make_community, make_contact, make_facts
from tests.posted import opened
from tests.queries import queries_of

CODE = "371502001001"
HISTORY = f"/communities/{CODE}/history/"
EDIT = f"/communities/{CODE}/profile/edit/"


@pytest.fixture
def community(db: None) -> Community:
    return make_community(address="东昌路1号")


def estate_of(community: Community, name: str = "甲小区", **values: Any) -> Estate:
    with scope("0"):
        return Estate.objects.create(community=community, code=community.code, name=name, **values)


def update(record: Any, *, by: User | None = None, reason: str = "", **values: Any) -> None:
    for name, value in values.items():
        setattr(record, name, value)
    known = {"user": by.pk} if by else {}
    with scope("0", **known):
        change(record, fields=values, version=record.version, reason=reason)


def told(one: Change) -> tuple[str, str, str, list[tuple[str, str, str]]]:
    fields = [(field.label, field.before, field.after) for field in one.fields]
    return one.act, one.record, one.what, fields


def test_history_when_a_field_changed_then_who_when_from_what_to_what_and_why(
    clerk: User, community: Community
) -> None:
    update(community, by=clerk, reason="搬迁", address="东昌路2号", area_km2="1.5000", kind="new")

    newest, oldest = history_of(clerk, community)

    assert told(newest) == (
        "修改",
        "社区",
        "古城社区",
        [
            ("类型", "（空）", "新建"),
            ("面积（平方公里）", "（空）", "1.5"),
            ("办公地址", "东昌路1号", "东昌路2号"),
        ],
    )
    assert (newest.by, newest.reason) == ("李敏", "搬迁")
    assert newest.at == community.events.latest("pgh_id").pgh_created_at
    assert told(oldest)[:3] == ("登记", "社区", "古城社区")
    assert ("办公地址", "（空）", "东昌路1号") in told(oldest)[3]
    assert (oldest.by, oldest.reason) == ("系统", "")


def test_history_then_every_kind_of_record_with_its_name(clerk: User, community: Community) -> None:
    estate = estate_of(community, households=3000, is_new=True, built_year=2003)
    make_contact(community)
    make_facts(community)
    of_it = {"community": community, "code": CODE}
    with scope("0"):
        estate.buildings.create(name="3号楼", **of_it)
        estate.meetings.create(held_on=date(2026, 5, 1), subject="停车", decided="甲", **of_it)
        community.grid_set.create(name="一", **of_it)
        community.organisation_set.create(kind="party", name="党委", **of_it)
        community.archiveentry_set.create(
            kind="activity", title="端午", happened_on=date(2026, 6, 1), **of_it
        )
        community.papers.create(
            code=CODE, kind="decision", title="批复", file_name="a.pdf", size=1, sha256="0" * 64,
            content_type="application/pdf", uploaded_by=clerk,
            uploaded_at=community.events.first().pgh_created_at,
        )  # fmt: skip

    found = {(one.kind, one.record, one.what) for one in history_of(clerk, community)}

    assert found == {
        ("community", "社区", "古城社区"),
        ("facts", "年度数据", "2026年"),
        ("estate", "小区", "甲小区"),
        ("building", "楼栋", "3号楼"),
        ("meeting", "联席会议", "2026-05-01 停车"),
        ("grid", "网格", "一"),
        ("organisation", "组织", "党委"),
        ("archive", "电子档案", "端午"),
        ("paper", "材料", "批复"),
        ("contact", "责任人", "社区党组织书记 王建国"),
    }
    (made,) = changes_of(clerk, community, kind="estate")
    assert told(made)[3] == [
        ("小区名称", "（空）", "甲小区"),
        ("新建住宅区", "（空）", "是"),
        ("建成年份", "（空）", "2003"),
        ("户数", "（空）", "3,000"),
    ]


def test_history_when_only_technical_columns_changed_then_nothing_is_told(
    clerk: User, community: Community
) -> None:
    with scope("0"):
        Community.objects.filter(pk=community.pk).update(version=5, initials="gc", is_demo=True)

    assert [one.act for one in history_of(clerk, community)] == ["登记"]


def test_history_when_an_estate_went_to_another_community_then_both_say_so(
    district_officer: User, community: Community
) -> None:
    other = make_community("371502001002", "湖南社区居委会")
    estate = estate_of(community)
    update(estate, households=10)
    update(estate, community=other, code=other.code)
    update(estate, households=20)

    left = [told(one)[3] for one in changes_of(district_officer, community, kind="estate")]
    got = [told(one)[3] for one in changes_of(district_officer, other, kind="estate")]

    moved = [("社区代码", CODE, "371502001002")]
    assert left[:2] == [moved, [("户数", "（空）", "10")]]
    assert len(left) == 3
    assert got == [[("户数", "10", "20")], moved]


def test_history_when_a_record_came_from_outside_the_scope_then_what_it_was_is_not_told(
    clerk: User, clerk_elsewhere: User, community: Community
) -> None:
    other = make_community("371502002009", "柳园社区居委会")
    estate = estate_of(community, households=10)
    update(estate, community=other, code=other.code)

    with scope(clerk_elsewhere.scope):
        (got,) = changes_of(clerk_elsewhere, other, kind="estate")

    assert told(got) == (
        "修改",
        "小区",
        "甲小区",
        [
            ("社区代码", "（在别的辖区时的内容）", other.code),
            ("小区名称", "（在别的辖区时的内容）", "甲小区"),
            ("户数", "（在别的辖区时的内容）", "10"),
        ],
    )
    # nor what became of it, to those whom it left
    with scope(clerk.scope):
        assert [one.act for one in changes_of(clerk, community, kind="estate")] == ["登记"]


def test_history_of_another_scope_then_empty(clerk_elsewhere: User, community: Community) -> None:
    assert list(history_of(clerk_elsewhere, community)) == []


def test_changes_when_of_one_record_or_one_field_then_those_only(
    clerk: User, community: Community
) -> None:
    first, second = estate_of(community), estate_of(community, "乙小区")
    update(first, households=10)
    update(second, households=20, address="东昌路")

    of_first = changes_of(clerk, community, kind="estate", key=first.pk)
    assert [one.what for one in of_first] == ["甲小区", "甲小区"]
    addresses = changes_of(clerk, community, kind="estate", field="address")
    assert [told(one)[3] for one in addresses] == [[("坐落", "（空）", "东昌路")]]
    with pytest.raises(KeyError):
        changes_of(clerk, community, kind="castle")


# ── The page ──


def page_of(client: Client, query: str = "") -> str:
    answer = client.get(f"{HISTORY}{query}")
    assert answer.status_code == 200
    return answer.content.decode()


def test_page_then_the_change_of_a_clerk_is_on_it(
    browse: Browse, clerk: User, auditor: User, community: Community
) -> None:
    client = browse(clerk)
    typed = {"address": "<b>东昌路2号</b>", "change_reason": "据公告"}
    assert client.post(EDIT, opened(client, EDIT) | typed).status_code == 302

    for person in (clerk, auditor):
        page = page_of(browse(person))
        assert "<del>东昌路1号</del> → &lt;b&gt;东昌路2号&lt;/b&gt;" in page
        assert "<td>李敏</td>" in page
        assert '<td class="wrapcell">据公告</td>' in page
        assert "共2次修改" in page


def test_page_when_a_field_is_asked_for_then_its_changes_only(
    browse: Browse, clerk: User, community: Community
) -> None:
    update(community, by=clerk, address="东昌路2号")
    update(community, by=clerk, remarks="新")
    estate_of(community, address="别处")

    answer = browse(clerk).get(f"{HISTORY}?field=address")

    assert [one.act for one in answer.context["changes"]] == ["修改", "登记"]
    chosen = '<option value="address" selected>办公地址</option>'
    assert chosen in answer.content.decode()


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("?record=castle", "没有“castle”这种记录，已不按它筛选"),
        ("?record=estate-x", "没有“estate-x”这种记录，已不按它筛选"),
        ("?record=estate-99999999999999999999", "没有“estate-9999999999999”这种记录，已不按它筛选"),
        ("?field=secret", "没有“secret”这一项，已不按它筛选"),
        ("?field=search_grams", "没有“search_grams”这一项，已不按它筛选"),
        ("?record=estate&field=boundary_east", "没有“boundary_east”这一项，已不按它筛选"),
    ],
)
def test_page_when_the_filter_is_unknown_then_ignored_and_said(
    browse: Browse, clerk: User, community: Community, query: str, said: str
) -> None:
    assert said in page_of(browse(clerk), query)


def test_page_when_nothing_is_found_then_says_so(
    browse: Browse, clerk: User, community: Community
) -> None:
    assert "没有符合条件的修改记录" in page_of(browse(clerk), "?record=estate-7")


def test_page_when_there_is_much_then_paged_with_no_more_queries(
    browse: Browse, clerk: User, reviewer: User, community: Community
) -> None:
    client = browse(clerk)
    estate = estate_of(community)
    update(estate, by=clerk, households=1)
    page_of(client)
    few = queries_of(client, HISTORY)
    for number in range(60):
        update(estate, by=(clerk, reviewer)[number % 2], households=number + 2)
    estate_of(community, "乙小区")
    make_contact(community)

    assert (few, queries_of(client, HISTORY)) == (18, 18)
    first, second = client.get(HISTORY), client.get(f"{HISTORY}?page=2")
    assert (len(first.context["changes"]), len(second.context["changes"])) == (50, 15)
    assert "共65次修改，显示第1~50次" in first.content.decode()
    assert f"{HISTORY}" in first.content.decode()


def test_page_of_another_street_then_404(
    browse: Browse, clerk_elsewhere: User, community: Community
) -> None:
    assert browse(clerk_elsewhere).get(HISTORY).status_code == 404


def test_history_of_contacts_then_those_of_the_community_only(
    clerk: User, community: Community
) -> None:
    make_contact(code="371502001", name="街道主任")
    make_contact(community, name="王建国")
    with scope("0"):
        Contact.objects.filter(code=CODE).update(valid_until=date(2026, 1, 1))

    changes = changes_of(clerk, community, kind="contact")

    assert [told(one)[0] for one in changes] == ["修改", "登记"]
    assert told(changes[0])[3] == [("到何日止", "（空）", "2026-01-01")]
    assert Grid.objects.count() == 0

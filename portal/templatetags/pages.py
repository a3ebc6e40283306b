"""Template tags of the page frame: navigation, kept query, page numbers, payer bars."""

import re
from collections.abc import Iterable, Iterator
from datetime import timedelta
from fractions import Fraction
from typing import Any, NamedTuple

from django import template
from django.core.paginator import Page
from django.template import Context
from django.urls import reverse

from accounts.scope import CITY, DISTRICT
from portal.templatetags.figures import exact

register = template.Library()

BAR_WIDTH = 1000
BAR_GAP = 3
SHEET_SCOPES = (CITY, DISTRICT)
FACTS = "communities.view_annualfacts"
UPLOAD = ("communities.change_annualfacts", "communities.import_annualfacts")
REVIEW, CONFIRM = "communities.review_annualfacts", "communities.confirm_annualfacts"
# the pages of a community's facts of a year
OF_A_YEAR = re.compile(r"/communities/[0-9]{12}/[0-9]{4}/(?P<page>[a-z]+)/")
# the forms of one person, and the page of the navigation to which each belongs
OF_A_PERSON = re.compile(r"/staff/persons/[0-9]+/(?P<page>[a-z-]+)/")
PERSON_PAGES = {
    **dict.fromkeys(("add-post", "promote", "transfer", "leave"), "staffing:acts"),
    "pay": "staffing:pay",
    "awards": "staffing:awards",
}
# what is done with premises or a project lies under its address, but is another page's
OF_SPACE = (
    (re.compile(r"/premises/[0-9]+/inspections/"), "inspections"),
    (re.compile(r"/premises/inspections/[0-9]+/order/"), "orders"),
    (re.compile(r"/premises/(?:[0-9]+/)?hall-checks/"), "halls"),
    (re.compile(r"/projects/(?:[0-9]+/defaults|notices)/"), "defaults"),
    (re.compile(r"/space/measures/"), "plans"),
)


class NavigationItem(NamedTuple):
    label: str
    url: str
    current: bool


class Bar(NamedTuple):
    payer: str
    x: int
    width: int


class _Entry(NamedTuple):
    """A page of the navigation: its label, its addresses (the first is linked), who may open it."""

    label: str
    urls: tuple[str, ...]
    rights: tuple[str, ...] = ()


def _community_pages() -> list[_Entry]:
    return [
        _Entry("社区台账", (reverse("communities:list"),)),
        _Entry("基本台账", (reverse("communities:basic"),)),
        _Entry("变更", (reverse("communities:acts"), reverse("communities:recode"))),
        _Entry("核查", (reverse("communities:checks"),)),
    ]


def _collection_pages(user: Any) -> list[_Entry]:
    confirms = user.has_perm(CONFIRM) and not user.has_perm(REVIEW)
    return [
        _Entry("数据填报", (reverse("collection:collect"),), (FACTS,)),
        _Entry("批量导入", (reverse("collection:uploads"),), UPLOAD),
        _Entry("复核" if confirms else "审核", (reverse("collection:reviews"),), (REVIEW, CONFIRM)),
        _Entry("更正", (reverse("collection:corrections"),), (FACTS,)),
        _Entry("填报任务", (reverse("collection:rounds"),), ("collection.view_round",)),
        _Entry("指数", (reverse("collection:indices"),), ("policy.view_indexvalue",)),
    ]


def _staff_pages(user: Any) -> list[_Entry]:
    """The pages of staff; each needs all of its rights, for awards show names beside money."""
    entries = (
        ("花名册", ("roster",), ("person",)),
        ("人员变动", ("acts", "enter"), ("person",)),
        ("编制", ("establishment",), ("establishment",)),
        ("名额", ("quotas",), ("establishment",)),
        ("增配", ("extra_workers",), ("establishment",)),
        ("选举", ("elections",), ("election",)),
        ("培训", ("courses",), ("training",)),
        ("待遇", ("pay",), ("pay",)),
        ("奖励", ("awards",), ("pay", "person")),
        ("核查", ("checks",), ("person",)),
        ("统计", ("statistics",), ("person",)),
    )
    return [
        _Entry(label, tuple(reverse(f"staffing:{name}") for name in names))
        for label, names, rights in entries
        if all(user.has_perm(f"staffing.view_{right}") for right in rights)
    ]


def _space_pages(user: Any) -> list[_Entry]:
    """The pages of premises, projects and plans."""
    entries = (
        ("用房台账", "premises_list", "premises"),
        ("应有与现有", "space", "premises"),
        ("小区物业用房", "estate_duties", "premises"),
        ("开发项目", "projects", "project"),
        ("违约", "defaults", "project"),
        ("巡查", "inspections", "premises"),
        ("整改", "orders", "premises"),
        ("服务大厅", "halls", "premises"),
        ("达标计划", "plans", "spaceplan"),
        ("补助测算", "subsidies", "premises"),
        ("补助资金", "pools", "spaceplan"),
        ("核查", "premises_checks", "premises"),
    )
    return [
        _Entry(label, (reverse(f"facilities:{name}"),))
        for label, name, right in entries
        if user.has_perm(f"facilities.view_{right}")
    ]


def _open_to(user: Any, entries: Iterable[_Entry]) -> list[_Entry]:
    """The entries that a person has a right to open."""
    return [one for one in entries if not one.rights or any(map(user.has_perm, one.rights))]


def _groups(user: Any) -> list[tuple[str, list[_Entry]]]:
    """The top bar: a label and the pages under it that the person may open."""
    groups = [
        ("工作台", [_Entry("工作台", (reverse("portal:home"),))]),
        ("社区台账", _community_pages()),
        ("数据填报", _open_to(user, _collection_pages(user))),
        ("人员", _staff_pages(user)),
        ("用房", _space_pages(user)),
    ]
    if len(user.scope) in SHEET_SCOPES:
        sheet = reverse("portal:district", args=[user.scope])
        groups.append(("县区汇总", [_Entry("县区汇总", (sheet,))]))
    if user.is_staff:
        groups.append(("后台管理", [_Entry("后台管理", (reverse("admin:index"),))]))
    return [(label, entries) for label, entries in groups if entries]


@register.simple_tag(takes_context=True)
def navigation(context: Context) -> list[NavigationItem]:
    """Return the entries of the top bar that the user's role and scope give reason to open."""
    groups = _groups(context["user"])
    current = _current(context["request"].path, groups)
    return [
        NavigationItem(label, entries[0].urls[0], any(current in one.urls for one in entries))
        for label, entries in groups
    ]


@register.simple_tag(takes_context=True)
def subnavigation(context: Context) -> list[NavigationItem]:
    """Return the pages beside the one that is open, where its entry of the top bar has several."""
    groups = _groups(context["user"])
    current = _current(context["request"].path, groups)
    for _, entries in groups:
        if len(entries) > 1 and any(current in one.urls for one in entries):
            return [NavigationItem(one.label, one.urls[0], current in one.urls) for one in entries]
    return []


def _current(path: str, groups: Iterable[tuple[str, list[_Entry]]]) -> str:
    """Return the address of the navigation that a path belongs to, or ''.

    A community's form, its review and its correction lie under the community's own address, what
    is done with a person, premises or a project under theirs.
    """
    home = reverse("portal:home")
    if path == home:
        return home
    if found := OF_A_YEAR.match(path):
        page = {"review": "reviews", "correct": "corrections"}.get(found["page"], "collect")
        return reverse(f"collection:{page}")
    if (found := OF_A_PERSON.match(path)) and found["page"] in PERSON_PAGES:
        return reverse(PERSON_PAGES[found["page"]])
    for pattern, name in OF_SPACE:
        if pattern.match(path):
            return reverse(f"facilities:{name}")
    urls = [url for _, entries in groups for one in entries for url in one.urls if url != home]
    return max((url for url in urls if path.startswith(url)), key=len, default="")


@register.simple_tag(takes_context=True)
def kept_query(context: Context, *dropped: str) -> list[tuple[str, str]]:
    """Return the query's pairs without the dropped names, for the hidden inputs of a GET form."""
    query = context["request"].GET
    return [(key, value) for key in query if key not in dropped for value in query.getlist(key)]


@register.simple_tag
def page_numbers(page: Page) -> Iterator[int | str]:
    return page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1)


@register.simple_tag
def payer_bars(payers: Iterable[Any]) -> list[Bar]:
    """Return the rectangles of a payer bar, 1000 units wide, in the payers' order.

    Payers without an amount or with zero get none. Edges are floors of exact running totals, so
    the bars end at 1000 sharp; a gap separates neighbours.
    """
    paid = [payer for payer in payers if payer.amount]
    total = sum((exact(payer.amount) for payer in paid), start=Fraction(0))
    bars, so_far = [], Fraction(0)
    for payer in paid:
        start = int(so_far * BAR_WIDTH / total)
        so_far += exact(payer.amount)
        end = int(so_far * BAR_WIDTH / total)
        gap = BAR_GAP if payer is not paid[-1] else 0
        bars.append(Bar(payer.payer, start, max(end - start - gap, 1)))
    return bars


@register.filter
def duration(value: timedelta) -> str:
    """Write a span of time in hours and minutes, rounded up to the minute: 1小时30分钟."""
    minutes = -(-value // timedelta(minutes=1))
    hours, minutes = divmod(minutes, 60)
    text = f"{hours}小时" if hours else ""
    return text + f"{minutes}分钟" if minutes or not text else text

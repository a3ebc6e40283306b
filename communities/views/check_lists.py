"""The checks one by one: what each finds, by which rule, with its columns and links."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone

from accounts.scope import contains
from communities.selectors.assessment import get_assessment, read_present
from communities.selectors.checks import (
    DUPLICATES,
    MISSING,
    get_differences,
    get_duplicates,
    get_lacking,
)
from communities.selectors.establishing import get_due
from communities.selectors.sizes import SIDES, size_checks
from communities.tables import checks as columns
from communities.tables.checks import CheckColumn
from communities.views.division import DivisionPage

MISSING_LABELS = {
    "committee": "没有登记居民委员会的社区",
    "grid": "没有登记网格的社区",
    "estate": "没有登记小区的社区",
    "contact": "没有登记责任人的社区",
    "credit_code": "没有统一社会信用代码的社区",
}
# the page on which the missing thing is registered
MISSING_PAGES = {
    "committee": "organisations",
    "grid": "grids",
    "estate": "estates",
    "contact": "profile",
    "credit_code": "profile",
}
DUPLICATE_LABELS = {
    "estate": "同名小区在两个社区",
    "credit_code": "统一社会信用代码相同",
    "community": "同一街道社区重名",
    "grid_number": "网格编号相同",
}
DUPLICATE_RULES = {
    "estate": "同一县（市、区）里，同名的小区登记在两个以上社区。"
    "一个小区只归一个社区，核对后改其中一处",
    "credit_code": "辖区内两个以上社区填了同一个代码。照各自的登记证书核对",
    "community": "同一街道里有两个以上社区简称相同",
    "grid_number": "同一县（市、区）里，两个以上网格的编号相同",
}
DUPLICATE_PAGES = {
    "estate": "estates",
    "credit_code": "profile",
    "community": "profile",
    "grid_number": "grids",
}


@dataclass(frozen=True)
class Listing:
    """One check's list: title, the rule in sentences, columns, rows, and where a cell leads.

    links: by the number of a column, the address for a row ('' for none). action: a label and the
    address for a row.
    """

    title: str
    says: Sequence[str]
    columns: Sequence[CheckColumn]
    rows: Any
    links: dict[int, Callable[[Any], str]] = field(default_factory=dict)
    action: tuple[str, Callable[[Any], str]] | None = None


class ChecksPage(DivisionPage):
    """The checks of a division that a request asks for: register as of today, facts of a year."""

    def __init__(self, request):
        super().__init__(request, {})
        self.today = timezone.localdate()

    @cached_property
    def assessment(self):
        return get_assessment(self.user, self.prefix, self.year, self.on, read_present())

    @cached_property
    def sizes(self):
        return size_checks(self.assessment, self.prefix)

    @cached_property
    def due(self):
        return get_due(self.user, self.assessment, self.prefix, self.today)

    @cached_property
    def differences(self):
        return get_differences(self.user, self.prefix, self.year, self.today)

    def lacking(self, what):
        return get_lacking(self.user, self.prefix, what, self.year, self.today)

    def duplicates(self, what):
        return get_duplicates(self.user, self.prefix, what, self.today)

    def page_of(self, code, tab="profile"):
        """The address of a page of a community that the user may open, else ''."""
        if not code or not contains(self.user.scope, code):
            return ""
        return reverse(f"communities:{tab}", args=[code])

    def url(self, check, **query):
        """The address of a check's list with the filters of this page."""
        kept = {name: self.form.data.get(name, "") for name in ("year", "on", "street")} | query
        text = urlencode({name: value for name, value in kept.items() if value})
        return reverse("communities:check", args=[check]) + (f"?{text}" if text else "")


def listing_of(page: ChecksPage, check: str) -> Listing | None:
    """The list of a check, None for a name that no check has."""
    if check == "size":
        return _size(page)
    if check == "establish":
        return _due_communities(page)
    if check == "establish-estates":
        return _due_estates(page)
    if check == "households":
        return _differences(page)
    kind, _, what = check.partition("-")
    what = what.replace("-", "_")
    if kind == "without" and what in MISSING:
        return _lacking(page, what)
    if kind == "same" and what in DUPLICATES:
        return _duplicates(page, what)
    return None


def _size(page):
    clause, side = page.request.GET.get("clause", ""), page.request.GET.get("side", "")
    for check in page.sizes:
        if check.clause.id == clause and side in check.sides:
            named = f"《{check.clause.title}》{check.clause.article}"
            return Listing(
                f"社区规模{SIDES[side]}",
                [f"{named}：{check.clause.summary}", *size_rules(check)],
                columns.SIZE,
                check.sides[side],
                {0: lambda row: page.page_of(row.present)},
            )
    return None


def size_rules(check):
    """By which rule a clause on size sorts communities, in sentences."""
    if "off" in check.sides:
        rule = "条款只给一个约数，不作达标判断：户数与它不同的都列出，离得最远的在前"
    else:
        rule = "户数少于下限的列为偏小，多于上限的列为偏大，离得最远的在前"
    unknown = [f"{check.unknown}个社区未填核定户数，没有列入"] if check.unknown else []
    return [rule, *unknown]


def _clauses(due):
    return [f"《{one.title}》{one.article}：{one.summary}" for one in due.asked]


def _due_communities(page):
    due = page.due
    unknown = (
        [f"{due.unknown_communities}个社区缺数据，不能判断"] if due.unknown_communities else []
    )
    return Listing(
        "应设未设居民委员会的社区",
        [
            *_clauses(due),
            "按年度数据达到条款的条件，而没有登记居民委员会，或填报的居委会是0个",
            *unknown,
        ],
        columns.DUE_COMMUNITIES,
        due.communities,
        {0: lambda row: page.page_of(row.present, "organisations")},
    )


def _due_estates(page):
    due = page.due
    unknown = [f"{due.unknown_estates}个小区缺数据，不能判断"] if due.unknown_estates else []
    action = (
        "提出设立",
        lambda row: f"{reverse('communities:act_new', args=['establish'])}?estate={row.key}",
    )
    return Listing(
        "自身达到设立条件的小区",
        [
            *_clauses(due),
            "把小区自己的户数、竣工和入住套数代入条款，达到条件的列出。"
            "一个社区只有这一个小区的，不列",
            *unknown,
        ],
        columns.DUE_ESTATES,
        due.estates,
        {
            0: lambda row: reverse("communities:estate", args=[row.code, row.key]),
            1: lambda row: page.page_of(row.code, "estates"),
        },
        action if page.user.has_perm("communities.propose_changeact") else None,
    )


def _lacking(page, what):
    tab = MISSING_PAGES[what]
    rule = f"{page.today:%Y-%m-%d}在册的城市社区；居委会个数是{page.year}年度填报的"
    links = {0: lambda row: page.page_of(row.code, tab)}
    return Listing(MISSING_LABELS[what], [rule], columns.LACKING, page.lacking(what), links)


def _duplicates(page, what):
    tab = DUPLICATE_PAGES[what]
    return Listing(
        DUPLICATE_LABELS[what],
        [DUPLICATE_RULES[what]],
        columns.DUPLICATES,
        page.duplicates(what),
        {1: lambda row: page.page_of(row.code, tab)},
    )


def _differences(page):
    found = page.differences
    partial = (
        [f"{found.partial}个社区有小区或网格没有填户数，那一项没有合计"] if found.partial else []
    )
    return Listing(
        "户数不一致的社区",
        [
            f"{page.year}年度核定户数、登记的小区户数合计、登记的网格户数合计，有两项以上而不相等的都列出，"
            "相差最多的在前",
            *partial,
        ],
        columns.DIFFERENCES,
        found.rows,
        {0: lambda row: page.page_of(row.code)},
    )

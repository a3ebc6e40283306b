"""Template tags of the page frame: navigation, kept query, page numbers, payer bars."""

from collections.abc import Iterable, Iterator
from datetime import timedelta
from fractions import Fraction
from typing import Any, NamedTuple

from django import template
from django.core.paginator import Page
from django.template import Context
from django.urls import reverse

from portal.templatetags.figures import exact

register = template.Library()

BAR_WIDTH = 1000
BAR_GAP = 3
SHEET_SCOPES = (4, 6)


class NavigationItem(NamedTuple):
    label: str
    url: str
    current: bool


class Bar(NamedTuple):
    payer: str
    x: int
    width: int


@register.simple_tag(takes_context=True)
def navigation(context: Context) -> list[NavigationItem]:
    """Return the entries of the top bar that the user's role and scope give reason to open."""
    user, path = context["user"], context["request"].path
    home = reverse("portal:home")
    entries = [
        ("工作台", home),
        ("社区台账", reverse("communities:list")),
        ("基本台账", reverse("communities:basic")),
        ("变更", reverse("communities:acts"), reverse("communities:recode")),
        ("核查", reverse("communities:checks")),
    ]
    if len(user.scope) in SHEET_SCOPES:
        entries.append(("县区汇总", reverse("portal:district", args=[user.scope])))
    if user.is_staff:
        entries.append(("后台管理", reverse("admin:index")))
    current = _current(path, [url for _, *urls in entries for url in urls if url != home])
    return [
        NavigationItem(label, urls[0], path == home if urls[0] == home else current in urls)
        for label, *urls in entries
    ]


def _current(path: str, urls: list[str]) -> str:
    """Return the longest address that a path lies under, or ''."""
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

"""社区页: one community in a year."""

from datetime import date
from urllib.parse import urlencode

from django.contrib.auth.decorators import permission_required
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from collection.selectors.rounds import call_for
from collection.views.entry_place import ENTER
from communities.forms.ledger import PeriodForm
from communities.selectors.assessment import read_present
from communities.selectors.designations import (
    designation_on,
    ending_of,
    get_designations,
    get_relatives,
    lineage_of,
)
from communities.selectors.ledger import STATUS_LABELS
from communities.selectors.places import find_community
from communities.views.one_community import holder_query
from communities.views.responses import within
from facilities.selectors.space_line import space_line
from portal.selectors.community import fact_groups, history
from portal.selectors.confirmed import get_confirmed
from portal.selectors.needs import need_groups
from portal.views.frame import Page, unknown
from portal.views.trails import community_trail
from staffing.selectors.establishment_roster import roster_line

TO_FILL_IN = ("未填报", "填报中", "已退回")
VIEW_PERSON = "staffing.view_person"
VIEW_PREMISES = "facilities.view_premises"


class CommunityPage(Page):
    """One community in a year, under the code and name that it had on the year's last day.

    A community that moved to another scope is read here up to the day it moved.
    """

    def __init__(self, request, code, found, present):
        user = request.user
        self.user, self.code, self.community = user, code, found.community
        self.former = request.GET.get("former", "")
        # those who had this code before it was given to another; of one that moved away, the rest
        self.former_holders = found.former_holders[0 if self.community else 1 :]
        self.moved = None if self.community else found.former_holders[0]
        self.key = self.moved.key if self.moved else self.community.pk
        self.holder = found.holder
        self.designations = get_designations(self.key, self.community)
        self.known = [one for one in self.designations if within(request, one.code)]
        self.latest = self.known[0]
        period = self._period(request, present.versions.years)
        last_day = date(period.chosen_year, 12, 31)
        self.of_the_year = designation_on(self.known, last_day)
        # the years before it came into the reader's scope are another's to show
        self.hidden = self.of_the_year is None and self._existed(last_day)
        self.named = self.of_the_year or self.latest
        super().__init__(request, self.named.code, present, period)
        self.row = None if self.hidden else self.assessment.register.place_of(self.key)
        self.relatives = get_relatives(user, self.key)

    def _period(self, request, years):
        """The asked year; of a community that has ended or moved away, the last one it has."""
        period = PeriodForm(request.GET, years)
        until = self.latest.until
        if until is None or request.GET.keys() & {"year", "on"}:
            return period
        last = until.year - 1
        if date(period.chosen_year, 12, 31) < until or last not in years:
            return period
        return PeriodForm({**request.GET.dict(), "year": last}, years)

    def _existed(self, day):
        """Whether the community was there on a day, as far as the reader may know."""
        begun = self.community and self.community.valid_from
        ended = self.community and self.community.valid_until
        return (begun is None or begun <= day) and (ended is None or day < ended)

    def status(self):
        if self.row is not None:
            return STATUS_LABELS[self.assessment.register.statuses[self.row]]
        if self.hidden:
            return "不在你的辖区"
        ended = self.latest.until
        return "已撤并" if ended and date(self.frame.year, 12, 31) >= ended else "未填报"

    def remarks(self, former):
        """What a reader must know before the figures: old codes, the end, another holder."""
        year, latest = self.frame.year, self.latest
        if self.moved:
            yield (
                f"{self.moved.until}起改为{self.moved.code}，不在你的辖区，这里只有以前年度的数据",
                "",
            )
        for old in [one for one in self.known[1:] if one.code == former][:1]:
            yield f"原代码{former}，{old.until}起改为{self.code}", ""
        if self.community and latest.until:
            successors = [one for one in self.relatives if one.relation == "successor"]
            to_come = not successors and latest.until > timezone.localdate()
            ending = ending_of(latest.until, successors)
            yield f"将于{latest.until}停用" if to_come else ending, ""
        if self.hidden:
            yield f"{year}年它不在你的辖区，不显示那一年的数据", ""
        elif self.named.code != self.code:
            yield f"{year}年代码为{self.named.code}", ""
        if self.named.name != latest.name:
            yield f"{year}年名称为{self.named.name}", ""
        for one in self.former_holders:
            told = f"代码{self.code}在{one.until}以前是{one.short_name}的"
            query = urlencode({"year": one.until.year - 1} | _holder(one.holder))
            yield told, f"/communities/{one.code}/?{query}" if one.reachable else ""

    def context(self):
        context = super().context()
        community, row = self.community, self.row
        notices = [
            {"tone": "", "strong": "", "text": text, "link": url, "label": url and "打开"}
            for text, url in self.remarks(self.former)
        ]
        return context | {
            "notices": [*context["notices"], *notices],
            "demo": context["demo"] or bool(community and community.is_demo),
            "community": {"name": self.latest.short_name, "code": self.code},
            "tab": "" if self.moved else "policy",
            "holder_query": holder_query(self.holder),
            "trail": community_trail(self.frame, self.named.code, self.latest.short_name),
            "facts_status": self.status(),
            "need_groups": [] if row is None else need_groups(self.assessment, row),
            "fact_groups": fact_groups(
                self.named, self.assessment, row, self.roster(), self.space()
            ),
            "history": history(self.user, self.key, self.known, self.present, self.frame.year),
            "texts": self.assessment.policy.texts_in_force(self.named.code),
            "lineage": lineage_of(self.designations, self.relatives),
            "confirmed": get_confirmed(self.user, self.key, self.frame, self.code, self.holder),
            "entry_url": self.entry_url(),
        }

    def roster(self):
        """The head-counts of the roster, for those who may open it. One query."""
        if self.community is None or self.row is None or not self.user.has_perm(VIEW_PERSON):
            return None
        on = min(date(self.frame.year, 12, 31), timezone.localdate())
        return roster_line(self.assessment, self.row, on)

    def space(self):
        """The areas of the register of premises, for those who may open it. Five queries."""
        if self.community is None or self.row is None or not self.user.has_perm(VIEW_PREMISES):
            return None
        on = min(date(self.frame.year, 12, 31), timezone.localdate())
        return space_line(self.assessment, self.row, on)

    def entry_url(self):
        """Where the year's form is, for whoever may fill it in while a round asks for it."""
        fills_in = self.user.has_perms(ENTER) and self.community and not self.latest.until
        if not fills_in or self.status() not in TO_FILL_IN:
            return ""
        if call_for(self.code, self.frame.year) is None:
            return ""
        address = reverse("collection:entry", args=[self.code, self.frame.year])
        return address + holder_query(self.holder)


@require_safe
@permission_required("communities.view_community", raise_exception=True)
def community(request, code):
    present = read_present()
    on = PeriodForm(request.GET, present.versions.years).chosen_on
    found = find_community(request.user, code, on, request.GET.get("holder", ""))
    if found.redirect_to:
        asked = request.GET.dict() | {"former": code}
        asked.pop("holder", "")
        query = urlencode(asked | _holder(found.holder))
        return redirect(f"/communities/{found.redirect_to}/?{query}")
    if found.community is None and not found.former_holders:
        return unknown(request, code)
    page = CommunityPage(request, code, found, present)
    return render(request, "portal/community.html", page.context())


def _holder(key):
    return {"holder": key} if key else {}

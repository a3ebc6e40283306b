"""Proposing a change act: its kind, its communities, its plan; and changing a draft."""

import uuid
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts.scope import DISTRICT, STREET
from accounts.services import once
from communities.choices import ActKind
from communities.forms.act_plan import (
    PlanForm,
    choice_mistake,
    keys_in,
    typed_in,
    with_another,
    without,
)
from communities.forms.act_texts import key_in, searched, unfit_in, version_in, words_in
from communities.selectors.act_page import (
    get_act_page,
    last_comments,
    typed_at,
    without_changes,
)
from communities.selectors.act_sources import (
    MOST_OFFERED,
    choosable,
    estate_for,
    free_codes,
    read_sources,
)
from communities.selectors.places import streets_under
from communities.services.act_sheets import MOST_SOURCES, ONE_ONLY, Sheet, default_title, starting
from communities.services.acts import NotNowError, all_mistakes, plan_mistakes, propose, save_draft
from communities.services.before_after import before_after
from communities.services.editing import StaleError
from communities.services.facts_succession import past_words
from communities.tables.acts import comparison
from communities.views.acts import TRAIL, may_propose, unknown

# kinds whose new codes lie in a street that is chosen
INTO_STREET = (ActKind.ESTABLISH, ActKind.TRANSFER)
KINDS = {
    ActKind.ESTABLISH: "新建小区达到规模，或从现有社区划出，成立新的社区",
    ActKind.RENAME: "代码不变，换一个名称",
    ActKind.RECODE: "名称不变，换一个代码",
    ActKind.RESCALE: "几个社区之间划转户数、小区和网格，社区数不变",
    ActKind.TRANSFER: "社区整个划到另一个街道，换成那里的代码",
    ActKind.MERGE: "两个或几个社区并成一个",
    ActKind.SPLIT: "一个社区分成两个或几个",
    ActKind.ABOLISH: "撤销社区，户数由相邻社区接收",
    ActKind.REOPEN: "恢复已撤销的社区",
}
PROPOSE = "communities.propose_changeact"


def offered_kinds(user):
    """The kinds that a person may propose: a street has no other street to hand over to."""
    return [one for one in KINDS if one != ActKind.TRANSFER or len(user.scope) < STREET]


@require_safe
@permission_required(PROPOSE, raise_exception=True)
def act_kinds(request):
    if not may_propose(request.user):
        raise PermissionDenied
    # the community from whose page somebody came
    chosen = "".join(f"?c={pk}" for pk in keys_in(request.GET.getlist("c")[:1]))
    kinds = [
        {
            "label": one.label,
            "text": KINDS[one],
            "url": f"{reverse('communities:act_new', args=[one])}{chosen}",
        }
        for one in offered_kinds(request.user)
    ]
    trail = [TRAIL, {"label": "提出变更", "url": ""}]
    return render(
        request,
        "communities/acts/kinds.html",
        {"kinds": kinds, "trail": trail, "may_import": len(request.user.scope) < STREET},
    )


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(PROPOSE, raise_exception=True)
def act_new(request, kind):
    if not may_propose(request.user):
        raise PermissionDenied
    if kind not in ActKind.values or kind not in offered_kinds(request.user):
        raise Http404
    return Editing(request, ActKind(kind)).answer()


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(PROPOSE, raise_exception=True)
def act_edit(request, pk):
    page = get_act_page(request.user, pk)
    if page is None:
        return unknown(request)
    ours = request.user.scope == page.act.code and "typed" in page.act.plan
    if request.method == "POST" and ours and not page.allowed.edit:
        return Editing(request, ActKind(page.act.kind), page).locked()
    if not page.allowed.edit:
        messages.warning(request, f"“{page.act.title}”现在不能修改，看本页的最新情况")
        return redirect("communities:act", pk)
    return Editing(request, ActKind(page.act.kind), page).answer()


class Editing:
    """The form of a new act or of a draft: first its communities, then its plan."""

    def __init__(self, request, kind, page=None):
        self.request, self.user, self.kind = request, request.user, kind
        self.act: Any = page.act if page else None
        self.comments = last_comments(page.steps) if page and page.act.round else {}
        self.on = timezone.localdate()
        self.data = request.POST if request.method == "POST" else request.GET
        self.stored = dict(self.act.plan.get("typed", {})) if self.act else {}
        self.estate = self._estate()
        self.sources = read_sources(self.user, self._keys(), self.on)
        self.street = self._street()

    def _estate(self):
        """The estate for which a community is proposed, named in the address."""
        keys = keys_in([self.data.get("estate", "")])
        if self.kind != ActKind.ESTABLISH or not keys:
            return None
        found = estate_for(self.user, keys[0], self.on)
        if found is None:
            raise Http404
        return found

    def _keys(self):
        if self.estate:
            return [self.estate.community_id]
        chosen = self.request.method == "POST" or {"c", "pick", "plan"} & self.data.keys()
        if self.act and not chosen:
            return self.act.plan["communities"]
        return keys_in(self.data.getlist("c"))[: MOST_SOURCES + 1]

    def _street(self):
        """The street of new codes: chosen, else the own, else that of the communities."""
        chosen = self.data.get("to") or self.stored.get("to", "")
        if chosen and chosen in {place.code for place in self.streets()}:
            return chosen
        if len(self.user.scope) == STREET:
            return self.user.scope
        near = [one.code[:STREET] for one in self.sources]
        return near[0] if near and self.kind != ActKind.TRANSFER else ""

    def streets(self):
        if len(self.user.scope) == STREET:
            return []
        return streets_under(self.user.scope, self.on)

    def answer(self):
        if self.request.method == "POST":
            return self.posted()
        ready = self.estate or self.data.get("plan") or (self.act and "pick" not in self.data)
        if not ready:
            return self.choose()
        mistake = self.mistake()
        return self.choose(mistake) if mistake else self.plan(self.sheet(self.opened()))

    def mistake(self):
        if self.kind in INTO_STREET and not self.street:
            return "没有选街道。选新代码所在的街道"
        return choice_mistake(self.kind, self.sources)

    def choose(self, mistake=""):
        """The page on which communities are chosen."""
        text, unfit = searched(self.data)
        street, ended = self.data.get("street", ""), self.kind == ActKind.REOPEN
        streets = self.streets()
        under = street if street in {place.code for place in streets} else self.user.scope
        listed = len(under) >= DISTRICT or text or ended
        asked = {
            "under": under if listed else "",
            "text": text,
            "villages": bool(self.data.get("villages")),
            "on": self.on,
        }
        chosen = {one.pk for one in self.sources if not ended or one.ended_on}
        choices = choosable(self.user, ended=ended, chosen=chosen, **asked)
        living = {one.pk for one in self.sources} - chosen
        # whom an ended community's households can come back from
        heirs = ended and choosable(self.user, ended=False, chosen=living, heirs=not text, **asked)
        return render(
            self.request,
            "communities/acts/choose.html",
            {
                **self.context("选社区"),
                "choices": choices,
                "heirs": heirs or [],
                "most": MOST_OFFERED if len(choices) >= MOST_OFFERED else None,
                "listed": listed,
                "q": text,
                "villages": self.data.get("villages"),
                "streets": options(streets, street),
                "targets": options(streets, self.street) if self.kind in INTO_STREET else [],
                "one_only": ended or self.kind in ONE_ONLY,
                "mistake": mistake or unfit,
            },
        )

    def context(self, step):
        steps = [{"label": "提出变更", "url": reverse("communities:act_kinds")}]
        if self.act:
            url = reverse("communities:act", args=[self.act.pk])
            steps = [{"label": self.act.title, "url": url}]
        title = f"修改“{self.act.title}”" if self.act else f"提出{self.kind.label}"
        return {
            "kind": self.kind,
            "demo": any(one.is_demo for one in self.sources),
            "title": title,
            "step": step,
            "act": self.act,
            "trail": [TRAIL, *steps, {"label": step, "url": ""}],
            "cancel_url": steps[0]["url"] if self.act else TRAIL["url"],
        }

    def free(self):
        return tuple(free_codes(self.user, self.street, MOST_SOURCES))

    def sheet(self, typed):
        return Sheet(self.kind, self.sources, typed | {"to": self.street}, self.free())

    def opened(self):
        """What the form holds when it is opened: what was kept, and the usual for the rest."""
        estate = self.estate
        told = (estate.pk, estate.name, estate.households) if estate else None
        return starting(self.kind, self.sources, self.free(), told) | self.stored

    def plan(self, sheet, *, mistakes=None, table=None, status=200, words=None, **more):
        """The page on which the plan is filled in."""
        words = words or self.data
        title = words.get("title", self.stored.get("title", ""))
        reason = words.get("reason", self.act.reason if self.act else "")
        if self.estate and "reason" not in self.data:
            reason = f"{self.estate.name}达到设立社区居民委员会的规模"
        if mistakes is None:
            mistakes = all_mistakes(self.act, self.user, self.on) if self.act else []
        form = PlanForm(
            sheet,
            title=title,
            reason=reason,
            mistakes=mistakes,
            comments=self.comments,
            key=self.data.get("key") or str(uuid.uuid4()),
        )
        return render(
            self.request,
            "communities/acts/plan.html",
            {
                **self.context("填写方案"),
                "form": form,
                "table": comparison(table),
                "version": self.data.get("version") or (self.act.version if self.act else 0),
                **more,
            },
            status=status,
        )

    def posted(self):
        """A pressed button: another row, a calculation, or the draft is kept."""
        if mistake := self.mistake():
            return self.choose(mistake)
        pressed, typed = self.data.get("do", ""), typed_in(self.data)
        if pressed == "add":
            return self.plan(self.sheet(with_another(typed)), mistakes=[])
        if pressed.startswith("drop:"):
            return self.plan(self.sheet(without(typed, pressed[5:])), mistakes=[])
        sheet = self.sheet(typed)
        plan, unread = sheet.read()
        words, wrong = words_in(self.data)
        if unfit := [*wrong, *unfit_in(typed)]:
            return self.plan(sheet, mistakes=[*unfit, *unread], status=422)
        if pressed == "preview":
            return self._preview(sheet, plan, unread)
        if same := sheet.without_change():
            return self.plan(sheet, mistakes=same, status=422)
        return self._save(sheet, plan, unread, words)

    def locked(self):
        """What was typed for an act that went on meanwhile: nothing is kept, nothing is lost."""
        act = self.act
        act.refresh_from_db(fields=["state"])
        words = (
            f"“{act.title}”已经是{act.get_state_display()}，这份修改没有保存。要用的内容先抄下来"
        )
        return self.plan(self.sheet(typed_in(self.data)), mistakes=[], status=409, locked=words)

    def _preview(self, sheet, plan, unread):
        mistakes = plan_mistakes(self.user, self.kind, plan, self.on, unread=unread, act=self.act)
        filled = plan.communities or plan.successors
        table = before_after(self.user, plan, self.kind, self.on) if filled else None
        status = 422 if mistakes else 200
        past = past_words(self.user, plan, self.kind, self.on)
        return self.plan(
            sheet, mistakes=mistakes, table=table, status=status, previewed=True, past=past
        )

    def _save(self, sheet, plan, unread, words):
        kept = {
            "by": self.user,
            "at": timezone.now(),
            "title": words["title"] or default_title(self.kind, self.sources, plan),
            "reason": words["reason"],
            "plan": plan,
            "typed": sheet.typed | {"title": words["title"]},
            "unread": unread,
        }
        try:
            led_to = once(
                key=key_in(self.data), by=self.user, act=lambda: self._kept(kept, self.data)
            )
        except StaleError as stale:
            return self._conflict(sheet, unread, words, stale.present)
        except NotNowError:
            return self.locked()
        messages.success(self.request, "已保存草稿")
        return redirect(led_to)

    def _kept(self, kept, data):
        if self.act is None:
            act = propose(kind=self.kind, **kept)
        else:
            act = save_draft(act=self.act, version=version_in(data), **kept)
        return reverse("communities:act", args=[act.pk])

    def _conflict(self, sheet, unread, words, present):
        theirs = present.plan.get("typed", {}) | {"reason": present.reason}
        mine = sheet.typed | words
        opened = typed_at(present, version_in(self.data))
        if opened is not None:  # what was not touched here is as the other left it
            mine = without_changes(mine, opened, theirs)
            sheet = self.sheet(typed_in(mine))
            unread = sheet.read()[1]
        labels = labels_of(sheet)
        differences = [
            {"label": labels[name], "mine": mine.get(name, ""), "theirs": theirs.get(name, "")}
            for name in labels
            if mine.get(name, "").strip() != theirs.get(name, "").strip()
        ]
        return self.plan(
            sheet,
            words=mine,
            mistakes=unread,
            status=409,
            version=present.version,
            differences=differences,
            changed_by=present.proposed_by.display_name,
            changed_at=present.proposed_at,
        )


def labels_of(sheet):
    """The names of the form's texts, in the words of the page."""
    form = PlanForm(sheet, title="", reason="")
    labels = {"title": "事项"}
    for block in form.successors():
        labels |= {box.name: f"{block.legend}：{box.label}" for box in block.boxes}
    for row in form.flows():
        labels |= {cell["name"]: cell["label"] for cell in row["cells"] if cell and "name" in cell}
    labels |= {one["name"]: f"{one['label']}{one['part'].name}" for one in form.parts()}
    return labels | {box.name: box.label for box in form.fates()} | {"reason": "理由"}


def options(places, chosen):
    return [
        {"value": place.code, "label": place.name, "selected": place.code == chosen}
        for place in places
    ]

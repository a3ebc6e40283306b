"""Pages of change acts to read: the list, those of a community, one act, its form for paper."""

from django.conf import settings
from django.contrib.auth.decorators import permission_required
from django.core.paginator import Paginator
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from communities.choices import ActKind, ActState
from communities.forms.acts import ActFilter, CommentForm
from communities.selectors.act_page import (
    MOST_NAMED,
    ActPage,
    get_act_page,
    last_comments,
    next_step,
)
from communities.selectors.acts import (
    TONES,
    are_demo,
    get_waiting,
    list_acts,
    list_acts_of,
    list_lineage,
)
from communities.selectors.before_after import read_table
from communities.selectors.papers import paper_row
from communities.selectors.places import division_names
from communities.services.acts import MOST_COMPARED, all_mistakes
from communities.services.before_after import before_after
from communities.services.facts_succession import past_words
from communities.services.plans import read_plan
from communities.tables.acts import assigned, changes, comparison, moves
from communities.views.one_community import of_community

PAGE_SIZE = 50
TRAIL = {"label": "变更", "url": "/communities/acts/"}


def unknown(request):
    """The same answer for an act that does not exist and for one outside the user's scope."""
    return render(request, "404.html", status=404)


def offices_of(codes, on):
    """The civil-affairs offices above acts, by the code of their division. One query."""
    above = {code[: 6 if len(code) > 6 else 4] for code in codes}
    names = division_names({*above, *codes}, on)
    bureaus = {code: f"{names.get(code, code)}{settings.BUREAU_NAME}" for code in above}
    return names, bureaus


def tone_of(act):
    return "bad" if act.failure else TONES.get(ActState(act.state), "")


def rows_of(acts, on, waiting=True):
    """Lines of a list of acts. One query for the names of divisions."""
    names, _ = offices_of({act.code for act in acts}, on)
    return [
        {
            "act": act,
            "division": names.get(act.code, act.code),
            "tone": tone_of(act),
            "state": "未能生效" if act.failure else act.get_state_display(),
            "waits": waiting and act.waits,
        }
        for act in acts
    ]


@require_safe
@permission_required("communities.view_community", raise_exception=True)
def acts(request):
    chosen = ActFilter(request.GET)
    on = timezone.localdate()
    page = Paginator(list_acts(request.user, chosen.query), PAGE_SIZE).get_page(
        request.GET.get("page")
    )
    listed = list(page.object_list)
    return render(
        request,
        "communities/acts/list.html",
        {
            "page": page,
            "demo": are_demo(listed),
            "rows": rows_of(listed, on),
            "filter": chosen,
            "states": chosen.choices("state"),
            "kinds": chosen.choices("kind"),
            "waiting": sum(vars(get_waiting(request.user)).values()),
            "may_propose": may_propose(request.user),
        },
    )


def may_propose(user):
    return user.has_perm("communities.propose_changeact") and len(user.scope) in (4, 6, 9)


@require_safe
@of_community()
def community_acts(request, page):
    user, community = request.user, page.community
    found = list_acts_of(user, community)
    listed = list(found)
    return render(
        request,
        "communities/acts/of_community.html",
        {
            **page.context("acts", ("变更", "")),
            "rows": rows_of(listed, page.on, waiting=False),
            "lineage": lineage_lines(list_lineage(user, community), {act.pk for act in listed}),
            "may_propose": may_propose(user) and not page.ended,
        },
    )


def lineage_lines(rows, visible):
    """Where a community came from and went; an act beyond the scope is named without a link."""
    return [{"row": row, "act_url": act_url(row.act_id, visible)} for row in rows]


def act_url(pk, visible):
    return reverse("communities:act", args=[pk]) if pk in visible else ""


@require_safe
@permission_required("communities.view_community", raise_exception=True)
def act(request, pk):
    page = get_act_page(request.user, pk)
    return unknown(request) if page is None else act_page(request, page)


def act_page(request, page: ActPage, *, mistakes=(), said="", status=200):
    """The page of an act; `mistakes` and `said` answer a step that could not be done."""
    if page.allowed.submit and not mistakes:
        mistakes = all_mistakes(page.act, request.user, timezone.localdate())
    context = act_context(request, page)
    return render(
        request,
        "communities/acts/act.html",
        {
            **context,
            "whole_comment": context["comments"].get("", ""),
            "said": said,
            "mistakes": mistakes,
            "form": CommentForm(act=page.act),
            "withdrawal": CommentForm(act=page.act),
            "tried": status != 200,
        },
        status=status,
    )


def act_context(request, page: ActPage):
    """What the page of an act and its form for paper show alike."""
    change, on = page.act, timezone.localdate()
    plan = read_plan(change.plan)
    names, bureaus = offices_of({change.code}, on)
    named = named_before(page)
    return {
        "act": change,
        "demo": any(one.is_demo for one in page.communities.values()),
        "tone": tone_of(change),
        "division": names.get(change.code, change.code),
        "bureau": next(iter(bureaus.values())),
        "next_step": next_step(change, bureaus),
        "allowed": page.allowed,
        "trail": [TRAIL, {"label": change.title, "url": ""}],
        "table": comparison(table_of(change, plan, request.user, on)),
        "changes": changes(ActKind(change.kind), plan, named, MOST_NAMED),
        "moves": moves(plan, named),
        "assigned": assigned(plan, page.estates, page.grids),
        "more_changes": max(len(plan.communities) - MOST_NAMED, 0),
        "divisions": plan.divisions,
        "papers": [paper_row(paper, user=request.user, on=on) for paper in page.papers],
        "rounds": rounds_of(page.steps, item_labels(plan)),
        "comments": in_order(last_comments(page.steps), plan) if change.state == "returned" else {},
        "lineage": page.lineage,
        "past": past_of(change, plan, request.user, on),
        "boundaries": [one for one in plan.successors if any(one.boundaries.values())],
    }


def table_of(change, plan, user, on):
    """The before/after table: as it was kept, or of a draft as it stands today; None without."""
    if change.state not in ("draft", "returned"):
        return read_table(change.table) if change.table else None
    if not plan.communities or len(plan.communities) > MOST_COMPARED:
        return None
    return before_after(user, plan, change.kind, on)


def past_of(change, plan, user, on):
    """Which confirmed years an act that is not decided could change, in words; '' for none."""
    open_still = change.state in ("draft", "submitted", "returned", "reviewed")
    return past_words(user, plan, change.kind, on) if open_still else ""


def named_before(page: ActPage):
    """What the communities of an act were called when it was submitted, else now: (code, name)."""
    now = {pk: (one.code, one.name) for pk, one in page.communities.items()}
    if page.act.state in ("draft", "returned"):
        return now
    kept = page.act.plan.get("before", {})
    return now | {int(pk): (code, name) for pk, (code, name) in kept.items()}


def item_labels(plan):
    """What comments of a return are about, by item."""
    return {
        "communities": "涉及的社区",
        **{f"successor:{one.key}": one.name or one.code for one in plan.successors[:20]},
        "flows": "户数划转",
        "estates": "小区归属",
        "grids": "网格归属",
        "reason": "理由",
        "papers": "材料",
    }


def returnable(plan):
    """The items that a return may comment: those that the plan has."""
    without = set() if plan.flows else {"flows"}
    if all(len(given) < 2 for given in plan.by_source.values()):  # no part has a choice
        without |= {"estates", "grids"} - {name for name in PARTS if getattr(plan, name)}
    return {item: label for item, label in item_labels(plan).items() if item not in without}


PARTS = ("estates", "grids")


def in_order(comments, plan):
    """Comments by item, in the order of the form."""
    known = [item for item in ("", *item_labels(plan)) if item in comments]
    return {item: comments[item] for item in (*known, *(comments.keys() - {*known}))}


def rounds_of(steps, labels):
    """The steps of an act by round, the latest first, each with its comments and their labels."""
    numbers = sorted({step.round for step in steps}, reverse=True)
    return [
        {
            "number": number,
            "steps": [
                {
                    "step": step,
                    "items": [
                        {"label": labels.get(item, item), "text": text}
                        for item, text in sorted(
                            step.items.items(), key=lambda one: [*labels, one[0]].index(one[0])
                        )
                    ],
                }
                for step in steps
                if step.round == number
            ],
        }
        for number in numbers
    ]


@require_safe
@permission_required("communities.view_community", raise_exception=True)
def act_print(request, pk):
    page = get_act_page(request.user, pk)
    if page is None:
        return unknown(request)
    steps = {step.kind: step for step in page.steps if step.round == page.act.round}
    return render(
        request,
        "communities/acts/print.html",
        {
            **act_context(request, page),
            "form_name": FORM_NAMES[ActKind(page.act.kind)],
            "submitted": steps.get("submit"),
            "passed": steps.get("pass"),
        },
    )


FORM_NAMES = {
    ActKind.ESTABLISH: "社区设立审批表",
    ActKind.RENAME: "社区更名审批表",
    ActKind.RECODE: "社区代码变更审批表",
    ActKind.RESCALE: "社区规模调整审批表",
    ActKind.TRANSFER: "社区划转审批表",
    ActKind.MERGE: "社区合并审批表",
    ActKind.SPLIT: "社区分设审批表",
    ActKind.ABOLISH: "社区撤销审批表",
    ActKind.REOPEN: "社区恢复审批表",
}

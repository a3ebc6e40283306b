"""Lines of the to-do list of the collection, by what there is to do."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from accounts.models import User
from accounts.scope import STREET
from collection.choices import CorrectionState, UploadState
from collection.models import Correction, Upload
from collection.rules.findings import UNLIKELY, apart
from collection.selectors.entry import NOT_BEGUN, Entry
from collection.selectors.round_page import Counts
from collection.selectors.rounds import Call
from collection.selectors.uploads import kinds_imported
from communities.choices import FactsStatus
from communities.models import AnnualFacts

# lines for single communities; the rest is counted
MOST_LINES = 12
MOST_UPLOADS = 3
ENTER = "communities.add_annualfacts"
REVIEW, CONFIRM = "communities.review_annualfacts", "communities.confirm_annualfacts"
# a returned form comes before one that is under way, that before one not begun
RANKS = {FactsStatus.RETURNED.value: 0, FactsStatus.DRAFT.value: 1, NOT_BEGUN: 2}


@dataclass(frozen=True)
class Todo:
    """A line of the to-do list; `due` and `left_days` are None where there is no closing day."""

    name: str
    url: str
    hint: str
    status: str
    tag: str
    due: date | None = None
    left_days: int | None = None
    rank: int = 9


def street_todos(
    user: User, calls: Iterable[Call], entries: Mapping[int, list[Entry]], on: date
) -> Iterator[Todo]:
    """Forms that a clerk has to go on with: one line each, the rest counted."""
    if not user.has_perm(ENTER):
        return
    for call in calls:
        year = call.round.year
        collect = f"{reverse('collection:collect')}?year={year}"
        waiting = [one for one in entries.get(call.round.pk, ()) if one.is_open]
        late = [one for one in waiting if one.barrier(on)]
        if late:
            yield Todo(
                f"{len(late)}个社区没有按期提交",
                collect,
                "填报已截止，申请延期后再提交",
                "已过期",
                "bad",
                call.closes_on,
                call.left_days(on),
            )
            # what was returned may be handed in while the round goes on
            waiting = [one for one in waiting if one not in late]
        waiting.sort(key=lambda one: (RANKS.get(one.status, 9), one.community.code))
        for one in waiting[:MOST_LINES]:
            yield _form_todo(one, call, on)
        rest = len(waiting) - MOST_LINES
        if rest > 0:
            told = (f"其余{rest}个社区", collect, "在数据填报里逐个打开", "", "")
            yield Todo(*told, call.closes_on, call.left_days(on))


def _form_todo(entry: Entry, call: Call, on: date) -> Todo:
    """One form: what to do with it is its link, what is missing its hint."""
    name, status = entry.community.short_name, entry.status
    url = reverse("collection:entry", args=[entry.community.code, entry.year])
    due, left, rank = call.closes_on, call.left_days(on), RANKS.get(status, 9)
    if status == FactsStatus.RETURNED:
        said = next(iter(entry.comments.values()), "") or "按退回意见修改，再提交"
        return Todo(f"修改{name}数据", url, f"退回：{said}", "已退回", "bad", due, left, rank)
    if status == NOT_BEGUN:
        hint = "尚未开始，可从上年数据带入" if entry.known.last else "尚未开始"
        return Todo(f"填报{name}", url, hint, "未填报", "plain", due, left, rank)
    unexplained = [
        one
        for one in entry.examined.findings
        if one.grade == UNLIKELY and not entry.reasons(entry.texts).get(one.name)
    ]
    missing = missing_of(entry)
    if not missing and unexplained:
        hint = apart(unexplained[0])
        return Todo(f"说明{name}数据变动", url, hint, "填报中", "warn", due, left, rank)
    hint = f"还有{missing}项没有填" if missing else "已填完，核对后提交"
    return Todo(f"继续填报{name}", url, hint, "填报中", "warn", due, left, rank)


def missing_of(entry: Entry) -> int:
    """How many asked facts are empty yet."""
    values = entry.examined.values
    return sum(values.get(name) in (None, "") for name in entry.asked_of(values))


def review_todos(
    user: User, calls: Iterable[Call], counts: Mapping[int, Counts], on: date
) -> Iterator[Todo]:
    """What a reviewer or an officer has to look at, in a line a round. One query a line."""
    for call in calls:
        of_round, year = counts.get(call.round.pk, Counts()), call.round.year
        for right, status, label, number in (
            (REVIEW, FactsStatus.SUBMITTED, "待审核", of_round.submitted),
            (CONFIRM, FactsStatus.REVIEWED, "待复核", of_round.reviewed),
        ):
            if not number or not user.has_perm(right):
                continue
            rows = AnnualFacts.objects.for_user(user).filter(year=year, status=status)
            explained = rows.exclude(reasons={}).count()
            hint = f"其中{explained}个写了变动说明，先看" if explained else "没有变动说明"
            yield Todo(
                f"{number}个社区{label}",
                f"{reverse('collection:reviews')}?year={year}",
                hint,
                label,
                "warn",
                call.closes_on,
                call.left_days(on),
                rank=0,
            )


def late_todos(
    user: User, calls: Iterable[Call], counts: Mapping[int, Counts], on: date
) -> Iterator[Todo]:
    """What streets have not handed in, for offices above them, in a line a round."""
    if len(user.scope) >= STREET or not user.has_perm("collection.run_round"):
        return
    for call in calls:
        of_round = counts.get(call.round.pk)
        if of_round is None or not of_round.unfinished:
            continue
        over = call.left_days(on) < 0
        yield Todo(
            f"{of_round.unfinished}个社区没有提交",
            reverse("collection:round", args=[call.round.pk]),
            f"{call.round.title}：未填报{of_round.none}个，填报中{of_round.draft}个，"
            f"已退回{of_round.returned}个",
            "已过期" if over else "填报中",
            "bad" if over else "plain",
            call.closes_on,
            call.left_days(on),
            rank=1,
        )


def correction_todos(user: User) -> Iterator[Todo]:
    """Corrections that wait for somebody else's decision. One query."""
    if not user.has_perm(CONFIRM):
        return
    rows = Correction.objects.for_user(user).filter(state=CorrectionState.PROPOSED)
    if number := rows.exclude(proposed_by=user).count():
        yield Todo(
            f"{number}件更正待批准",
            reverse("collection:corrections"),
            "看对经费的影响，再批准或不予更正",
            "待批准",
            "warn",
        )


def upload_todos(user: User) -> Iterator[Todo]:
    """Imports of the office that are read and not taken. One query."""
    kinds = [shape.key for shape in kinds_imported(user)]
    if not kinds:
        return
    rows = Upload.objects.for_user(user).filter(code=user.scope, state=UploadState.READY)
    rows = rows.filter(kind__in=kinds)
    for one in rows.order_by("-pk")[:MOST_UPLOADS]:
        told = [
            f"{one.counts[key]}行{label}"
            for key, label in (("wrong", "有错误"), ("unlikely", "待确认"))
            if one.counts.get(key)
        ]
        yield Todo(
            f"核对导入{one}",
            reverse("collection:upload", args=[one.pk]),
            "，".join(told) or "没有错误，可以导入",
            "待核对",
            "warn",
        )

"""Everything that is kept of one community and lies in a reader's scope, as sheets of rows."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Field, Model, QuerySet
from django.utils import timezone

from accounts.models import User
from communities.models import (
    ActStep,
    AnnualFacts,
    ArchiveEntry,
    Building,
    ChangeAct,
    Community,
    Contact,
    Estate,
    EstateMeeting,
    FormerDesignation,
    Grid,
    Lineage,
    Organisation,
    Paper,
)
from communities.selectors.history import history_of
from communities.selectors.papers import PaperRow, act_keys_of, paper_row, papers_of
from communities.selectors.places import own_contacts
from communities.selectors.shown import in_words

Cell = Any
# Columns for the machine only, and keys of other rows, which stand there in words.
TECHNICAL = {"id", "version", "is_demo", "search_grams", "initials", "designated_from"}
DAYS = {"valid_from", "valid_until"}
YES, NO = "是", "否"
MOST_LISTED = 50
HISTORY = ("时间", "办理人", "办理", "记录", "名称", "项目", "原来", "现在", "依据")
ACTS = (
    ("id", "编号"),
    ("kind", "类型"),
    ("title", "事项"),
    ("state", "状态"),
    ("proposed_at", "提出时间"),
    ("decision_authority", "批准机关"),
    ("decision_doc_no", "批复文号"),
    ("decided_on", "批复日期"),
    ("effective_on", "生效日期"),
)


@dataclass(frozen=True)
class Sheet:
    """Rows under headings, as a file of columns; cells are text, numbers or None."""

    name: str
    headings: Sequence[str]
    rows: Sequence[Sequence[Cell]]


@dataclass(frozen=True)
class DossierAct:
    """A change act with its steps, and (code, name) of communities before and after it.

    Of a list of codes with thousands of communities MOST_LISTED are there; `more` counts the rest.
    """

    act: ChangeAct
    steps: list[ActStep]
    before: list[tuple[str, str]]
    after: list[tuple[str, str]]
    more: int


@dataclass(frozen=True)
class Dossier:
    """All of one community: what is in it depends on the reader's scope and rights."""

    community: Community
    sheets: list[Sheet]
    acts: list[DossierAct]
    papers: list[tuple[Paper, PaperRow]]


def get_dossier(user: User, community: Community, on: datetime.date) -> Dossier:
    """All that a person may read of a community on a day; newest first where there are days.

    The number of queries is fixed. The bytes of papers are not among it: read_content gives them.
    """
    acts = _acts(user, community)
    papers = papers_of(user, community, withdrawn=True)
    return Dossier(
        community,
        [
            Sheet("登记资料", ("项目", "内容"), _profile(community)),
            *_parts(user, community),
            _sheet("沿革", Lineage.objects.for_user(user).filter(community=community)),
            Sheet(
                "变更",
                [label for _, label in ACTS],
                [[_cell(one.act, name) for name, _ in ACTS] for one in acts],
            ),
            Sheet("修改记录", HISTORY, list(_history(user, community))),
        ],
        acts,
        [(paper, paper_row(paper, user=user, on=on)) for paper in papers],
    )


def _profile(community: Community) -> list[tuple[str, Cell]]:
    return [(label, _cell(community, name)) for name, label in _columns(Community)]


def _parts(user: User, community: Community) -> list[Sheet]:
    def own(model: Any) -> QuerySet[Any]:
        rows: QuerySet[Any] = model.objects.for_user(user).filter(community=community)
        return rows

    of_estate = [("estate", "小区")]
    contacts = Contact.objects.for_user(user).filter(own_contacts(user, community))
    return [
        _sheet("曾用代码和名称", own(FormerDesignation)),
        _sheet("年度数据", own(AnnualFacts)),
        _sheet("小区", own(Estate)),
        _sheet("楼栋", own(Building).select_related("estate"), of_estate),
        _sheet("联席会议", own(EstateMeeting).select_related("estate"), of_estate),
        _sheet("网格", own(Grid)),
        _sheet("组织", own(Organisation)),
        _sheet("电子档案", own(ArchiveEntry)),
        _sheet("责任人", contacts),
    ]


def _sheet(name: str, rows: QuerySet[Any], first: Sequence[tuple[str, str]] = ()) -> Sheet:
    """All rows of a query with the columns of their model, in the model's order."""
    columns = [*first, *_columns(rows.model)]
    cells = [[_cell(row, column) for column, _ in columns] for row in rows]
    return Sheet(name, [label for _, label in columns], cells)


def _columns(model: type[Model]) -> list[tuple[str, str]]:
    """The columns of a model that people read, the days of its life last."""
    fields: list[Field[Any, Any]] = sorted(
        model._meta.concrete_fields, key=lambda field: field.name in DAYS
    )
    return [
        (field.name, str(field.verbose_name))
        for field in fields
        if not field.is_relation and field.name not in TECHNICAL
    ]


def _cell(record: Any, name: str) -> Cell:
    """A field's value for a file of columns: words for choices, numbers as numbers."""
    value = getattr(record, name)
    if value is None or value == []:
        return None
    shown = getattr(record, f"get_{name}_display", None)
    if shown is not None:
        return str(shown())
    if isinstance(value, bool):
        return YES if value else NO
    if isinstance(value, datetime.datetime | datetime.date | list):
        return in_words(value)
    return str(value) if isinstance(value, Model) else value


def _history(user: User, community: Community) -> Iterable[Sequence[Cell]]:
    for change in history_of(user, community):
        at = f"{timezone.localtime(change.at):%Y-%m-%d %H:%M:%S}"
        for field in change.fields:
            yield (
                at,
                change.by,
                change.act,
                change.record,
                change.what,
                field.label,
                field.before,
                field.after,
                change.reason,
            )


def _acts(user: User, community: Community) -> list[DossierAct]:
    keys = act_keys_of(user, community)
    acts = list(
        ChangeAct.objects.for_user(user)
        .filter(pk__in=keys)
        .select_related("proposed_by", "reviewed_by", "decided_by")
    )
    steps = defaultdict(list)
    for step in ActStep.objects.for_user(user).filter(act__in=keys).select_related("by"):
        steps[step.act_id].append(step)
    wanted = {key for act in acts for key in _listed(act.plan, "communities")}
    known = Community.objects.for_user(user).in_bulk(wanted)
    return [
        DossierAct(
            act,
            steps[act.pk],
            [
                (known[key].code, known[key].name)
                for key in _listed(act.plan, "communities")
                if key in known
            ],
            [(one.get("code", ""), one.get("name", "")) for one in _listed(act.plan, "successors")],
            max(len(act.plan.get("communities", ())) - MOST_LISTED, 0),
        )
        for act in acts
    ]


def _listed(plan: dict[str, Any], what: str) -> list[Any]:
    return list(plan.get(what, ())[:MOST_LISTED])

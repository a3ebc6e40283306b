"""Lines of the to-do list: what is wrong or due in rosters, elections, training, certificates."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.urls import reverse

from accounts.models import User
from accounts.scope import STREET
from collection.selectors.todo_lines import Todo
from staffing.selectors.checks_ground import Ground
from staffing.selectors.checks_money import in_two_communities, paid_outside, paid_twice
from staffing.selectors.checks_people import certificates, without_number
from staffing.selectors.elections_due import due_elections
from staffing.selectors.training_due import training_due

REGISTER, CHECK = "staffing.change_person", "staffing.check_staffact"


def check_todos(user: User, ground: Ground) -> Iterator[Todo]:
    """People who may be paid twice or without a post, and people without a number. Two queries."""
    if not (user.has_perm(REGISTER) or user.has_perm(CHECK)):
        return
    url = reverse("staffing:checks")
    kinds = (
        ("同一人在两个社区领报酬", in_two_communities(ground)),
        ("实发月份重复", paid_twice(ground)),
        ("没有任职仍有实发", paid_outside(ground)),
    )
    if number := sum(len(found) for _, found in kinds):
        told = "，".join(f"{label}{len(found)}条" for label, found in kinds if found)
        yield Todo(f"{number}条报酬疑点待核实", url, told, "待核实", "bad")
    if user.has_perm(REGISTER) and (number := len(without_number(ground))):
        yield Todo(
            f"{number}名在岗人员没有证件号码",
            f"{url}?kind=no-number",
            "补登记以后，跨街道重复任职才查得出",
            "待补登",
            "plain",
            rank=10,
        )


def election_todos(user: User, on: date) -> Iterator[Todo]:
    """Committees whose term is over or ends soon, and elections under way. Two queries."""
    if not (user.has_perm("staffing.record_election") or user.has_perm("staffing.run_election")):
        return
    found = due_elections(user, on)
    if found is None:
        return
    url = reverse("staffing:elections")
    if found.overdue:
        name = f"{found.overdue}个居委会任期已届满"
        hint = "登记新一届选举，已选的登记结果"
        yield Todo(name, f"{url}?state=overdue", hint, "已届满", "bad")
    if found.unfinished and found.closes_on is not None:
        left = (found.closes_on - on).days
        yield Todo(
            f"{found.unfinished}个社区换届没有完成",
            url,
            "登记进展到公布结果" if len(user.scope) >= STREET else "看各街道进度，催办落后的街道",
            "已过期" if left < 0 else "进行中",
            "bad" if left < 0 else "plain",
            found.closes_on,
            left,
        )
    elif found.due:
        name = f"{found.due}个居委会一年内届满"
        first = found.first if found.first is not None and found.first >= on else None
        left_days = (first - on).days if first else None
        hint = "部署换届，或登记选举进展"
        yield Todo(name, f"{url}?state=due", hint, "一年内届满", "warn", first, left_days)


def training_todos(user: User, on: date) -> Iterator[Todo]:
    """Members of committees who are to be trained by the clauses in force. A few queries."""
    if not (user.has_perm("staffing.run_training") or user.has_perm(REGISTER)):
        return
    found = training_due(user, on)
    if found is None or not found.overdue + found.due:
        return
    names = (("逾期", found.overdue), ("90天内到期", found.due))
    told = "，".join(f"{label}{number}人" for label, number in names if number)
    yield Todo(
        f"{found.overdue + found.due}名成员应训",
        reverse("staffing:training_due"),
        told,
        "逾期" if found.overdue else "应训",
        "bad" if found.overdue else "warn",
        found.first,
        (found.first - on).days if found.first else None,
    )


def certificate_todos(user: User, ground: Ground) -> Iterator[Todo]:
    """Certificates of people in post that have expired or do within 90 days. One query."""
    if not user.has_perm(REGISTER):
        return
    found = certificates(ground)
    if not found:
        return
    over = sum(one.bad for one in found)
    names = (("已过期", over), ("90天内到期", len(found) - over))
    yield Todo(
        f"{len(found)}份证书到期",
        f"{reverse('staffing:checks')}?kind=certificates",
        "，".join(f"{label}{count}份" for label, count in names if count),
        "已过期" if over else "将到期",
        "warn",
    )

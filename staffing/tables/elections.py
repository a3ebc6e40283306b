"""Elections as files: when the next ones are due, and the progress of a round."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from fractions import Fraction
from typing import Any

from accounts.models import User
from communities.tables.files import Heading, Layout
from staffing.choices import ElectionState
from staffing.models import Election
from staffing.selectors.election_rounds import RoundProgress, Tally
from staffing.selectors.elections import turnout_of
from staffing.selectors.elections_due import DueLine

DUE = [
    Heading("社区代码", width=14),
    Heading("街道", width=16),
    Heading("社区", width=18),
    Heading("上次换届投票日期", width=16),
    Heading("选举方式", width=14),
    Heading("应投票人数", "count", 11),
    Heading("实际投票人数", "count", 12),
    Heading("投票率", width=9),
    Heading("任期开始", width=12),
    Heading("任期到", width=12),
    Heading("届期", width=14),
    Heading("正在进行", width=16),
]
DUE_LAYOUT = Layout(sheet="届期", bordered=True, frozen=3)
ROUND = [
    Heading("代码", width=14),
    Heading("县（市、区）或街道", width=20),
    Heading("社区", "count", 8),
    *(Heading(str(state.label), "count", 9) for state in ElectionState),
    Heading("完成率", width=9),
    Heading("直接选举", "count", 9),
    Heading("应投票人数", "count", 11),
    Heading("实际投票人数", "count", 12),
    Heading("投票率", width=9),
]
COMMUNITIES = [
    Heading("社区代码", width=14),
    Heading("街道", width=16),
    Heading("社区", width=18),
    Heading("进度", width=16),
    Heading("选举方式", width=14),
    Heading("投票日期", width=12),
    Heading("应选人数", "count", 9),
    Heading("应投票人数", "count", 11),
    Heading("实际投票人数", "count", 12),
    Heading("投票率", width=9),
    Heading("任期到", width=12),
]


def percent(value: Fraction | None) -> str:
    """99.7%, exactly half-up; '' for none."""
    if value is None:
        return ""
    tenths = (20 * value.numerator + value.denominator) // (2 * value.denominator)
    return f"{tenths // 10}.{tenths % 10}%"


def due_rows(lines: Iterable[DueLine]) -> Iterator[list[Any]]:
    for line in lines:
        last = line.last
        yield [
            line.code,
            line.street,
            line.name,
            last.held_on if last else None,
            last.get_mode_display() if last else "",
            last.electorate if last else None,
            last.voted if last else None,
            percent(turnout_of(last)) if last else "",
            last.term_from if last else None,
            line.until,
            line.label,
            line.under_way.get_state_display() if line.under_way else "",
        ]


def round_rows(progress: RoundProgress) -> Iterator[list[Any]]:
    for line in progress.lines:
        yield [line.code, line.name, *figures(line.tally)]


def figures(tally: Tally) -> list[Any]:
    return [
        tally.communities,
        *tally.by_state,
        percent(tally.share),
        tally.direct,
        tally.electorate,
        tally.voted,
        percent(tally.turnout),
    ]


def round_layout(progress: RoundProgress) -> Layout:
    total = ["", "合计", *figures(progress.total)]
    return Layout(sheet="换届进度", bordered=True, frozen=2, total=total)


def community_rows(elections: Iterable[Election], streets: dict[str, str]) -> Iterator[list[Any]]:
    for one in elections:
        yield [
            one.code,
            streets.get(one.code[:9], one.code[:9]),
            one.community.short_name,
            one.get_state_display(),
            one.get_mode_display(),
            one.held_on,
            one.seats,
            one.electorate,
            one.voted,
            percent(turnout_of(one)),
            one.term_until,
        ]


def notes(user: User, on: date) -> list[str]:
    """Who made the file, and when."""
    return [f"社区保障管理系统　　{user.office}　{user.display_name}　　{on}"]

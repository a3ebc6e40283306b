"""Columns of 花名册, on the page and in its export."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from communities.selectors.shown import NOTHING, display
from communities.tables.files import A3, Heading, Layout
from staffing.choices import Education
from staffing.models import Person
from staffing.rules.groups import leads_both
from staffing.rules.spans import whole_years
from staffing.selectors.roster import Roster, RosterRow, education_of

PURGED = "已清除"
BOTH = "一肩挑"
EDUCATIONS = dict(Education.choices)
# where a column stands: on every screen, from a tablet upwards, on paper and in the file only
EVERYWHERE, BROAD, PAPER = "", "wide", "onpaper"


@dataclass(frozen=True)
class RosterColumn:
    """A column: its heading, its cell of a row on a day, where it stands, what it sorts by."""

    heading: Heading
    cell: Callable[[RosterRow, date], Any]
    place: str = EVERYWHERE
    sort: str = ""

    @property
    def css(self) -> str:
        """Classes of its cells."""
        number = "num" if self.heading.kind != "text" else ""
        return " ".join(word for word in (number, self.place) if word)


def roster_headings(*, left: bool) -> list[Heading]:
    """The headings of the export: a number, then every column."""
    return [Heading("序号", "count", 6), *(one.heading for one in columns(left=left))]


def roster_lines(roster: Roster) -> Iterator[tuple[Any, ...]]:
    """The rows in their order with their numbers; as many queries for each 1,000 rows."""
    query = roster.query
    shown = columns(left=bool(query.state))
    for number, row in enumerate(roster, start=1):
        yield (number, *(one.cell(row, query.on) for one in shown))


def roster_layout(roster: Roster) -> Layout:
    """The usual sheet: A3 across, bordered, with heads and posts in the last row."""
    totals = roster.totals
    return Layout(
        sheet="花名册",
        bordered=True,
        paper=A3,
        frozen=3,
        total=("合计", f"{totals.heads}人", f"{totals.posts}个职务"),
    )


def columns(*, left: bool) -> list[RosterColumn]:
    """The columns of those in post, or of those who left."""
    return [one for one in COLUMNS if left or one not in OF_LEFT]


def name_of(person: Person) -> str:
    """A person's name, or that it was removed."""
    return PURGED if person.purged_at else person.name


def posts_of(row: RosterRow) -> str:
    """The posts of a row in one cell, 一肩挑 marked."""
    words = "、".join(dict.fromkeys(one.get_post_display() for one in row.appointments))
    both = leads_both(one.post for one in row.appointments)
    return f"{words}（{BOTH}）" if both else words


def certificates_of(row: RosterRow) -> str:
    """The certificates that hold, the highest first."""
    return "、".join(map(str, row.certificates))


def _person(name: str) -> Callable[[RosterRow, date], Any]:
    def cell(row: RosterRow, on: date) -> str:
        words = display(row.person, name)
        return "" if words == NOTHING else words

    return cell


def _of_posts(name: str) -> Callable[[RosterRow, date], Any]:
    """The different words of a column over a row's posts."""

    def cell(row: RosterRow, on: date) -> str:
        words = [display(one, name) for one in row.appointments]
        return "、".join(dict.fromkeys(word for word in words if word != NOTHING))

    return cell


def _left(row: RosterRow, on: date) -> Any:
    return max(one.valid_until for one in row.appointments if one.valid_until)


def _reason(row: RosterRow, on: date) -> str:
    acts: Iterable[Any] = (one.ended_by for one in row.appointments if one.ended_by)
    words = [act.get_leave_reason_display() or act.get_kind_display() for act in acts]
    return "、".join(dict.fromkeys(words))


def _years(row: RosterRow, on: date) -> int | None:
    since = row.person.joined_on
    return None if since is None else whole_years(since, on)


def _school(row: RosterRow, on: date) -> str:
    person = row.person
    return " ".join(word for word in (person.school, person.major) if word)


OF_LEFT = (
    RosterColumn(Heading("离任日期", width=12), _left, BROAD),
    RosterColumn(Heading("离任原因", width=10), _reason, BROAD),
)
COLUMNS = (
    RosterColumn(Heading("姓名", width=10), lambda row, on: name_of(row.person)),
    RosterColumn(Heading("社区", width=16), lambda row, on: row.community.short_name),
    RosterColumn(Heading("职务", width=26), lambda row, on: posts_of(row)),
    RosterColumn(Heading("性别", width=6), _person("sex"), BROAD),
    RosterColumn(
        Heading("出生年月", width=10),
        lambda row, on: f"{row.person.born_in:%Y-%m}",
        BROAD,
        sort="born",
    ),
    RosterColumn(Heading("民族", width=8), _person("ethnicity"), PAPER),
    RosterColumn(Heading("政治面貌", width=12), _person("political_status"), BROAD),
    RosterColumn(Heading("全日制学历", width=12), _person("full_time_education"), PAPER),
    RosterColumn(
        Heading("最高学历", width=12),
        lambda row, on: EDUCATIONS.get(education_of(row.person, on), ""),
        BROAD,
        sort="education",
    ),
    RosterColumn(Heading("毕业院校和专业", width=20), _school, PAPER),
    RosterColumn(
        Heading("任职日期", width=12),
        lambda row, on: min(one.valid_from for one in row.appointments),
        PAPER,
    ),
    *OF_LEFT,
    RosterColumn(
        Heading("参加社区工作", width=12), lambda row, on: row.person.joined_on, PAPER, "joined"
    ),
    RosterColumn(Heading("年限（年）", "count", 8), _years, BROAD),
    RosterColumn(Heading("身份", width=12), _of_posts("identity"), BROAD),
    RosterColumn(Heading("证书", width=18), lambda row, on: certificates_of(row), BROAD),
    RosterColumn(
        Heading("登记号", width=16),
        lambda row, on: "、".join(
            one.registration_no for one in row.certificates if one.registration_no
        ),
        PAPER,
    ),
    RosterColumn(Heading("岗位等级", width=8), _of_posts("grade"), PAPER),
    RosterColumn(Heading("报酬渠道", width=10), _of_posts("pay_channel"), BROAD),
    RosterColumn(Heading("居住在本社区", width=8), _of_posts("lives_here"), PAPER),
    RosterColumn(Heading("电话", width=14), _person("phone_mask")),
    RosterColumn(Heading("备注", width=20), _person("remarks"), PAPER),
)

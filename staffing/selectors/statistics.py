"""统计: the staff of a division on a day by education, age, certificates and more, in heads."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any, NamedTuple

from accounts.models import User
from accounts.scope import CITY, COMMUNITY, DISTRICT, STREET
from communities.choices import CommitteeKind
from communities.models import Community
from communities.selectors.places import division_names
from staffing.choices import Education, Identity, PoliticalStatus, Sex
from staffing.models import Appointment, Certificate
from staffing.rules.groups import BY_KEY, RANKS
from staffing.rules.spans import AGES, SERVICE, Band, age_on, band_of, whole_years
from staffing.selectors.heads import WHO
from staffing.selectors.roster import HIGHEST_FIRST, education_on, holding

UNKNOWN = "未登记"
NO_CERTIFICATE = "没有证书"
LEVELS = Education.values  # the lowest first
COLLEGE = frozenset(LEVELS[LEVELS.index(Education.JUNIOR_COLLEGE) :])
# how long the codes of a division's parts are
PART = {CITY: DISTRICT, DISTRICT: STREET, STREET: COMMUNITY}
# what is read of a post beside who holds it; from the code onwards the columns of Head
COLUMNS = (
    "post",
    "community_id",
    "code",
    "person_id",
    "identity",
    "person__sex",
    "person__born_in",
    "person__political_status",
    "person__joined_on",
    "level",
)


@dataclass(frozen=True)
class Line:
    """A class of persons: how many heads, and their percent of all, exact."""

    label: str
    heads: int
    share: Fraction


@dataclass(frozen=True)
class Table:
    """One classification; its lines add up to the heads."""

    key: str
    title: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class PartLine:
    """A part of the division: heads, of them with junior college or more, and their percent."""

    code: str
    name: str
    heads: int
    college: int
    share: Fraction | None


@dataclass(frozen=True)
class Statistics:
    """The staff of a division on a day; a person of several posts or streets is one head.

    covered: communities of the division in which somebody with junior college or more is in post.
    """

    heads: int
    college: int
    communities: int
    covered: int
    tables: tuple[Table, ...]
    parts: tuple[PartLine, ...]

    @property
    def college_share(self) -> Fraction | None:
        """Percent of the heads with junior college or more."""
        return share(self.college, self.heads)

    @property
    def covered_share(self) -> Fraction | None:
        """Percent of the communities that are covered."""
        return share(self.covered, self.communities)


class Head(NamedTuple):
    """A person, under the first of the posts; the code is that of the post's community."""

    code: str
    person: int
    identity: str
    sex: str
    born_in: date
    political_status: str
    joined_on: date | None
    education: str


def share(part: int, whole: int) -> Fraction | None:
    """Percent, exact; None of nothing."""
    return Fraction(100 * part, whole) if whole else None


def get_statistics(user: User, prefix: str, on: date, group: str = "") -> Statistics:
    """The statistics of a city, district, street or community (4 to 12 digits) on a day.

    group: a key of rules.groups, or '' for all posts. Four queries, the rows of a city at most.
    """
    rows = Appointment.objects.for_user(user).under(prefix).as_of(on)
    if group:
        rows = rows.filter(post__in=BY_KEY[group].posts)
    heads, covered = _read(rows.annotate(level=education_on(on), who=WHO))
    found = list(heads.values())
    rows = Community.objects.for_user(user).under(prefix).as_of(on)
    urban = rows.filter(committee_kind=CommitteeKind.RESIDENTS)
    communities = {
        key: (code, name) for key, code, name in urban.values_list("pk", "code", "short_name")
    }
    names = dict(communities.values())
    return Statistics(
        heads=len(found),
        college=sum(head.education in COLLEGE for head in found),
        communities=len(communities),
        covered=len(covered & communities.keys()),
        tables=tuple(_tables(found, _certificates(user, prefix, on), on)),
        parts=tuple(_parts(prefix, found, names, on)),
    )


def _read(rows: Any) -> tuple[dict[str, Head], set[int]]:
    """The heads by what tells persons apart, and the communities with a graduate. One query."""
    heads: dict[str, tuple[tuple[int, str], Head]] = {}
    covered = set()
    for who, post, community, *columns in rows.order_by().values_list("who", *COLUMNS):
        head = Head(*columns)
        if head.education in COLLEGE:
            covered.add(community)
        order = RANKS[post], head.code
        if who not in heads or order < heads[who][0]:
            heads[who] = order, head
    return {who: head for who, (_, head) in heads.items()}, covered


def _certificates(user: User, prefix: str, on: date) -> dict[int, str]:
    """The highest level of certificate that each person holds on a day. One query."""
    rows = Certificate.objects.for_user(user).under(prefix[:STREET]).filter(holding(on))
    found: dict[int, str] = {}
    for person, level in rows.order_by().values_list("person_id", "level"):
        known = found.get(person, level)
        found[person] = min(known, level, key=HIGHEST_FIRST.index)
    return found


def _tables(found: list[Head], held: Mapping[int, str], on: date) -> Iterator[Table]:
    """Every classification, its classes in their own order, the unknown last."""
    # many share a month of birth: its band is looked for once
    ages = {born: _key(age_on(born, on), AGES) for born in {head.born_in for head in found}}
    years = {
        day: _key(None if day is None else whole_years(day, on), SERVICE)
        for day in {head.joined_on for head in found}
    }
    for key, title, labels, values in (
        ("education", "最高学历", dict(Education.choices), [one.education for one in found]),
        ("age", "年龄", _labels(AGES), [ages[one.born_in] for one in found]),
        ("sex", "性别", dict(Sex.choices), [one.sex for one in found]),
        (
            "political",
            "政治面貌",
            dict(PoliticalStatus.choices),
            [one.political_status for one in found],
        ),
        ("identity", "身份", dict(Identity.choices), [one.identity for one in found]),
        (
            "certificate",
            "社会工作者证书",
            {level.value: level.label for level in HIGHEST_FIRST} | {"": NO_CERTIFICATE},
            [held.get(one.person, "") for one in found],
        ),
        ("years", "社区工作年限", _labels(SERVICE), [years[one.joined_on] for one in found]),
    ):
        yield Table(key, title, tuple(_lines({**labels, "": labels.get("", UNKNOWN)}, values)))


def _key(years: int | None, bands: Sequence[Band]) -> str:
    band = band_of(years, bands)
    return band.key if band else ""


def _labels(bands: Sequence[Band]) -> dict[str, str]:
    return {band.key: band.label for band in bands}


def _lines(labels: Mapping[str, str], values: list[str]) -> Iterator[Line]:
    counts = Counter(values)
    for value, label in labels.items():
        if counts[value] or value:
            yield Line(label, counts[value], Fraction(100 * counts[value], len(values) or 1))


def _parts(
    prefix: str, found: list[Head], communities: Mapping[str, str], on: date
) -> Iterator[PartLine]:
    """The parts of the division by code: those with staff, and every community of a street."""
    width = PART.get(len(prefix))
    if width is None:
        return
    heads = Counter(head.code[:width] for head in found)
    college = Counter(head.code[:width] for head in found if head.education in COLLEGE)
    of_communities = width == COMMUNITY
    names = communities if of_communities else division_names(set(heads), on)
    for code in sorted({*heads, *communities} if of_communities else heads):
        yield PartLine(
            code,
            names.get(code, code),
            heads[code],
            college[code],
            share(college[code], heads[code]),
        )

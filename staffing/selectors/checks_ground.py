"""What the checks of staff look at: posts, pay, files of a division, each read once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Any, NamedTuple

from django.db.models import F, QuerySet
from django.db.models.functions import Coalesce

from accounts.models import User
from accounts.scope import STREET
from communities.choices import CommitteeKind
from communities.models import Community
from communities.selectors.assessment import Assessment, get_assessment
from communities.selectors.places import division_names
from staffing.models import Appointment, PayRecord, Person
from staffing.rules.counting import Heads, Held, count_heads
from staffing.selectors.heads import WHO


class Post(NamedTuple):
    """A post as the checks see it; who tells persons apart over streets."""

    key: int
    who: str
    person: int
    name: str
    community: int
    code: str
    place: str
    post: str
    identity: str
    pay_channel: str
    valid_from: date
    valid_until: date | None
    lives_here: bool | None
    leads_collective: bool | None

    def holds(self, on: date) -> bool:
        return self.valid_from <= on and (self.valid_until is None or on < self.valid_until)

    def meets(self, other: Post) -> bool:
        """Whether both are held on some day."""
        return (other.valid_until is None or self.valid_from < other.valid_until) and (
            self.valid_until is None or other.valid_from < self.valid_until
        )


class Pay(NamedTuple):
    """What a person was paid in a community for some months of a year, insurance included."""

    key: int
    who: str
    person: int
    name: str
    community: int
    code: str
    place: str
    year: int
    first: int
    last: int
    pay_channel: str
    yuan: Any

    @property
    def months(self) -> str:
        span = f"{self.first}月" if self.first == self.last else f"{self.first}~{self.last}月"
        return f"{self.year}年{span}"


class File(NamedTuple):
    """The file of a person that a street keeps; number is the hash of the identity number."""

    key: int
    code: str
    name: str
    sex: str
    born_in: date
    number: str


@dataclass(frozen=True)
class Finding:
    """One line of a check: where, about whom, what; person None for a community as a whole.

    act: the act that is to be looked over. clause: the text that says so, or ''.
    """

    code: str
    place: str
    text: str
    person: int | None = None
    name: str = ""
    act: int | None = None
    clause: str = ""
    bad: bool = True


OF_PERSON = ("person_id", "person__name", "community_id", "code", "community__short_name")


@dataclass(frozen=True)
class Ground:
    """A division on a day, for whoever looks; what was asked once is kept.

    prefix: of a city or less. year: whose facts say how many are required.
    """

    user: User
    prefix: str
    on: date
    year: int

    def under(self, model: Callable[..., Any]) -> Any:
        """The rows of a model that lie under the prefix and in the user's scope."""
        rows: Any = model.objects.for_user(self.user)  # type: ignore[attr-defined]
        return rows.under(self.prefix)

    @cached_property
    def posts(self) -> list[Post]:
        """Posts held on some day since the year before the day's, by person. One query."""
        since = date(self.on.year - 1, 1, 1)
        rows = self.under(Appointment).running(since, self.on).annotate(who=WHO)
        columns = ("pk", "who", *OF_PERSON, "post", "identity", "pay_channel", "valid_from",
            "valid_until", "lives_here", "person__leads_collective")  # fmt: skip
        return [Post(*row) for row in rows.order_by("who", "code", "pk").values_list(*columns)]

    @cached_property
    def held(self) -> list[Post]:
        """Posts of the day."""
        return [one for one in self.posts if one.holds(self.on)]

    @cached_property
    def by_person(self) -> dict[str, list[Post]]:
        """Posts of the day by person."""
        found: dict[str, list[Post]] = defaultdict(list)
        for one in self.held:
            found[one.who].append(one)
        return found

    @cached_property
    def persons(self) -> dict[int, Post]:
        """A post of the day of everybody in post, by key of the person."""
        return {one.person: one for one in reversed(self.held)}

    @cached_property
    def files(self) -> list[File]:
        """The files that the division's streets keep, by street. One query."""
        rows = self.under(Person).filter(purged_at=None).order_by("code", "name", "pk")
        columns = ("pk", "code", "name", "sex", "born_in", "identity_hmac")
        return [File(*row) for row in rows.values_list(*columns)]

    @cached_property
    def by_community(self) -> dict[int, list[Post]]:
        """Posts of the day by key of the community."""
        found: dict[int, list[Post]] = defaultdict(list)
        for one in self.held:
            found[one.community].append(one)
        return found

    @cached_property
    def heads(self) -> dict[int, Heads]:
        """Heads of the day by key of the community."""
        return {
            key: count_heads(Held(one.who, one.post, one.identity, one.lives_here) for one in held)
            for key, held in self.by_community.items()
        }

    @cached_property
    def pay(self) -> list[Pay]:
        """What was paid in the day's year and the year before, by person. One query."""
        rows = self.under(PayRecord).filter(year__gte=self.on.year - 1, year__lte=self.on.year)
        paid = _known("allowance_yuan") + _known("insurance_yuan")
        rows = rows.annotate(who=WHO, yuan=paid).order_by("who", "year", "first_month", "pk")
        columns = ("pk", "who", *OF_PERSON, "year", "first_month", "last_month", "pay_channel",
            "yuan")  # fmt: skip
        return [Pay(*row) for row in rows.values_list(*columns)]

    @cached_property
    def communities(self) -> dict[int, tuple[str, str]]:
        """Code and name of the urban communities of the day, by key. One query."""
        rows: QuerySet[Community] = self.under(Community).as_of(self.on)
        rows = rows.filter(committee_kind=CommitteeKind.RESIDENTS).order_by("code")
        return {pk: (code, name) for pk, code, name in rows.values_list("pk", "code", "short_name")}

    @cached_property
    def assessment(self) -> Assessment:
        """What the policies ask of the division's communities, kept between requests."""
        return get_assessment(self.user, self.prefix, self.year, self.on)

    def streets(self, codes: set[str]) -> dict[str, str]:
        """The names of the streets of some codes. One query."""
        return division_names({code[:STREET] for code in codes}, self.on)

    @property
    def month_ago(self) -> date:
        return self.on - timedelta(days=30)


def _known(column: str) -> Coalesce:
    """A sum of money, 0 where none is registered."""
    money: Any = PayRecord._meta.get_field(column)
    return Coalesce(F(column), 0, output_field=money)

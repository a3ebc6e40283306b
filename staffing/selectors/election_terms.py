"""What the clauses in force say of elections: the term, who lives there, how many are direct."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from django.db.models import QuerySet

from communities.models import Community, Organisation
from communities.selectors.clauses import Clause, clause_of
from policy.engine import Facts, assess, cadence_of
from policy.selectors import Policy, policy_for
from staffing.choices import ElectionKind, ElectionState
from staffing.models import Election

TERM, RESIDENTS, DIRECT = "committee_election", "resident_members", "directly_elected_committees"


@dataclass(frozen=True)
class Term:
    """A term: `until` is the day by which the next committee must be elected.

    None where no text gives one; `clause` is then None too, unless an earlier election gave it.
    """

    until: date | None
    clause: Clause | None = None
    continued: bool = False


@dataclass(frozen=True)
class Asked:
    """What a clause asks of a count: at least `required` of `whole`."""

    whole: int
    actual: int
    required: int | None
    clause: Clause | None

    @property
    def met(self) -> bool:
        return self.required is None or self.actual >= self.required

    @property
    def share(self) -> Fraction | None:
        """Actual of the whole in percent, exact."""
        return Fraction(self.actual * 100, self.whole) if self.whole else None


def new_term(code: str, day: date, recorded_on: date) -> Term:
    """The term that begins on a day by the nearest clause in force then. One query, or few.

    Where no text of that day gives a term, the clause in force when the election was recorded does:
    a committee of before is elected anew by the law of now.
    """
    for asked_on in (day, recorded_on):
        cadence = cadence_of(policy_for(code, asked_on).stack, TERM, code)
        if cadence is not None:
            break
    if cadence is None:
        return Term(None)
    clause = clause_of(cadence.text, cadence.provision)
    return Term(cadence.next_due(last=day, since=day), clause)


def running_term(community: Community, day: date) -> Term:
    """The term into which a by-election falls: of the last election, else as the body has it.

    Two queries at most.
    """
    last = whole_elections(community).filter(term_from__lte=day).first()
    if last is not None:
        return Term(last.term_until, continued=True)
    registered = Organisation.objects.filter(
        community=community, kind="residents_committee", valid_until=None
    )
    ends = registered.values_list("term_ends_on", flat=True).first()
    return Term(ends, continued=True)


def whole_elections(community: Community) -> QuerySet[Election]:
    """The announced elections of a whole committee, the last term first."""
    done = Election.objects.filter(
        community=community, state=ElectionState.DONE, kind=ElectionKind.TERM
    )
    return done.order_by("-term_from", "-pk")


def asked(policy: Policy, code: str, subject: str, fact: tuple[str, int], *, actual: int) -> Asked:
    """What a quota clause asks where a fact is so large; code: of a community or division."""
    name, whole = fact
    facts = Facts.from_rows([{"code": code, name: whole}])
    requirements = assess(facts, policy.stack, policy.series)
    found = next((row for row in requirements.rows() if row.subject == subject), None)
    if found is None or found.required is None:
        return Asked(whole, actual, None, None)
    return Asked(whole, actual, int(found.required), _clause(policy, found.binding))


def _clause(policy: Policy, binding: tuple[str, ...]) -> Clause | None:
    for text in policy.stack.texts:
        for one in text.provisions:
            if binding and one.id == binding[0]:
                return clause_of(text, one)
    return None

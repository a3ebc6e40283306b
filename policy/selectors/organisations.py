"""Which bodies the provisions in force ask a community to have."""

from dataclasses import dataclass

from policy.engine.texts import Provision, Text
from policy.selectors.in_force import Policy


@dataclass(frozen=True)
class OrganisationAsked:
    """A body that a provision asks for: a word of the catalogue's organisations, and the clause.

    title is without 《》.
    """

    organisation: str
    title: str
    doc_no: str
    article: str
    provision: str
    summary: str


def organisations_asked(policy: Policy, code: str) -> list[OrganisationAsked]:
    """Return what the policy asks a community to have, nearest text first; no query.

    policy: that of the community or of a division above it. A provision from which the community
    is exempt, or that a later text of the same authority supersedes, asks nothing.
    """
    stack = policy.stack
    flags = [code.startswith(prefix) for prefix in stack.jurisdictions]
    answering = {
        (rule.text.id, rule.id) for rules in stack.for_prefixes(flags).values() for rule in rules
    }
    lifted = stack.exemptions.get(code, ())
    found = [
        (text, one)
        for text in stack.texts
        if text.in_force(stack.on) and code.startswith(text.jurisdiction)
        for one in text.provisions
        if one.organisations
        and one.id not in lifted
        and (not one.computable or (text.id, one.id) in answering)
    ]
    found.sort(key=lambda pair: -len(pair[0].jurisdiction))
    return [_asked(text, one, key) for text, one in found for key in one.organisations]


def _asked(text: Text, one: Provision, organisation: str) -> OrganisationAsked:
    return OrganisationAsked(
        organisation, text.title, text.doc_no, one.article, one.id, one.summary
    )

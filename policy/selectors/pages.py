"""A text in words for those who administer it: its provisions, versions and history."""

from dataclasses import dataclass
from datetime import date, datetime

from accounts.models import User
from policy.choices import TextStatus
from policy.engine.catalogue import catalogue
from policy.engine.shapes import BINDINGS
from policy.engine.texts import Provision
from policy.models import PolicyText

OPTION_SOURCES = {"local": "本市设定", "text": "文件"}
HISTORY_ACTS = {"insert": "起草", "update": "修改", "delete": "删去"}


@dataclass(frozen=True)
class OptionLine:
    """An open point of a provision, and how it is read."""

    key: str
    label: str
    value: str
    source: str


@dataclass(frozen=True)
class ProvisionLine:
    """A provision in words, for those who administer the text."""

    id: str
    article: str
    summary: str
    subject: str
    binding: str
    level: str
    note: str
    options: tuple[OptionLine, ...]


@dataclass(frozen=True)
class HistoryLine:
    """One change of a text: when, what, by whom, why."""

    at: datetime
    act: str
    status: str
    effective_until: date | None
    by: str
    reason: str


def provision_lines(text: PolicyText) -> list[ProvisionLine]:
    """Return the provisions of a text in its order, in words; no query."""
    return [_provision_line(one) for one in text.parsed.provisions]


def _provision_line(one: Provision) -> ProvisionLine:
    return ProvisionLine(
        id=one.id,
        article=one.article,
        summary=one.summary,
        subject=one.subject.label if one.subject else "",
        binding=BINDINGS[one.binding],
        level=catalogue().levels[one.level],
        note=one.note,
        options=tuple(
            OptionLine(
                key=option.key,
                label=option.label,
                value="没有选定" if option.default is None else option.value_label(option.default),
                source=OPTION_SOURCES[option.source],
            )
            for option in one.options
        ),
    )


def versions_of(text: PolicyText, user: User) -> list[PolicyText]:
    """Return every version of a text that the user may see, newest first; one query."""
    same = PolicyText.objects.for_user(user).filter(text_id=text.text_id)
    return list(same.defer("source").order_by("jurisdiction", "-version"))


def history_of(text: PolicyText) -> list[HistoryLine]:
    """Return the changes of a text from its history events, newest first; two queries."""
    events = list(text.events.select_related("pgh_context").order_by("-pgh_id"))  # type: ignore[attr-defined]
    told = [event.pgh_context.metadata if event.pgh_context else {} for event in events]
    names = dict(
        User.objects.filter(pk__in={one["user"] for one in told if one.get("user")}).values_list(
            "pk", "display_name"
        )
    )
    return [
        HistoryLine(
            at=event.pgh_created_at,
            act=HISTORY_ACTS[event.pgh_label],
            status=TextStatus(event.status).label,
            effective_until=event.effective_until,
            by=names.get(context.get("user"), context.get("command", "")),
            reason=context.get("reason", ""),
        )
        for event, context in zip(events, told, strict=True)
    ]

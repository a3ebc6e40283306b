"""Small policy texts for tests, written as a jurist would write them."""

from datetime import date
from typing import Any

from accounts.models import User
from policy import services
from policy.models import PolicyText
from tests.factories import make_user

ON = date(2026, 3, 1)


def source(text_id: str = "a-2020", provisions: tuple[str, ...] = (), **head: Any) -> str:
    """A text; head values are strings or dates, None leaves a key out."""
    values = {
        "title": f"办法{text_id}",
        "jurisdiction": "3715",
        "effective_from": date(2020, 1, 1),
    } | head
    lines = [
        f"{key} = {value.isoformat() if isinstance(value, date) else repr(value)}"
        for key, value in values.items()
        if value is not None
    ]
    head_lines = ["format = 1", "[text]", f'id = "{text_id}"', *lines]
    return "\n".join([*head_lines, *(provisions or (rule(),))])


def rule(name: str = "A-1", subject: str = "service_halls", value: int = 1, more: str = "") -> str:
    """A provision: at least so many of a subject."""
    return (
        f'[[provision]]\nid = "{name}"\narticle = "第一条"\nsummary = "不少于{value}"\n'
        f'subject = "{subject}"\nbinding = "at_least"\nvalue = {{ const = {value} }}\n{more}\n'
    )


def colleague() -> User:
    """Another officer of the city: who drafts a text does not publish it."""
    return make_user("city_officer", "3715", username="city-officer-2.3715")


def published(text_id: str = "a-2020", provisions: tuple[str, ...] = (), **head: Any) -> PolicyText:
    text = services.draft(source(text_id, provisions, **head), by=None)
    return services.publish(text, by=None, on=ON)

"""Messages within the site: written for persons or offices, sent by e-mail too, read."""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db import transaction

from accounts.models import Message, User

logger = logging.getLogger(__name__)
LONGEST = 200
SUBJECT = "社区保障管理系统提醒"
# A mail server that is slow keeps nobody waiting: one thread sends, in the order of the acts.
post = ThreadPoolExecutor(max_workers=1, thread_name_prefix="mail")


@dataclass(frozen=True)
class Note:
    """One message for one person; url is a path of this site, or ''."""

    to: User
    text: str
    url: str = ""


def holders(permission: str) -> Any:
    """Active accounts (a UserQuerySet) whose role has a permission, named as “app.codename”."""
    app, codename = permission.split(".")
    return User.objects.filter(
        is_active=True,
        role__permissions__codename=codename,
        role__permissions__content_type__app_label=app,
    )


def offices(codes: Iterable[str], permission: str) -> dict[str, list[User]]:
    """Holders of a permission whose scope is exactly one of the codes, by code. One query."""
    found: dict[str, list[User]] = defaultdict(list)
    for user in holders(permission).filter(scope__in=set(codes)).order_by("pk"):
        found[user.scope].append(user)
    return found


def send(*, notes: Sequence[Note], at: datetime) -> int:
    """Leave messages and return their number; who has an address gets an e-mail after the commit.

    Inactive accounts get none, and nobody the same text with the same url twice. Texts longer than
    200 characters are cut. Raises ValueError for a url that leads out of this site. One query.
    """
    chosen: dict[tuple[int, str, str], Note] = {}
    for note in notes:
        if note.url and (not note.url.startswith("/") or note.url.startswith("//")):
            raise ValueError(f"not a path of this site: {note.url!r}")
        if note.to.is_active:
            chosen[note.to.pk, note.text, note.url] = note
    Message.objects.bulk_create(
        [
            Message(to=note.to, text=shortened(note.text), url=note.url, at=at)
            for note in chosen.values()
        ],
        batch_size=1000,
    )
    letters = [letter(note) for note in chosen.values() if note.to.email]
    if letters and sends_mail():
        transaction.on_commit(lambda: hand_over(letters), robust=True)
    return len(chosen)


def notify(*, to: Iterable[User], text: str, url: str, at: datetime) -> int:
    """Leave one text for some persons and return the number of messages. One query."""
    return send(notes=[Note(one, text, url) for one in to], at=at)


def notify_office(
    *, code: str, permission: str, text: str, url: str, at: datetime, but: User | None = None
) -> int:
    """Tell the holders of a permission whose scope is exactly `code`, except one person.

    A street's clerks: its code of 9 digits and communities.add_annualfacts. Two queries.
    """
    to = [one for one in offices([code], permission)[code] if one != but]
    return notify(to=to, text=text, url=url, at=at)


def notify_holders(
    *, permission: str, scope: str, text: str, url: str, at: datetime, but: User | None = None
) -> int:
    """Tell the holders of a permission whose scope is `scope` or lies inside it, except one person.

    A district's code reaches the offices of its streets as well. Two queries.
    """
    to = [one for one in holders(permission).under(scope).order_by("pk") if one != but]
    return notify(to=to, text=text, url=url, at=at)


def newest(user: User, number: int) -> list[Message]:
    """The newest unread messages of a person, at most so many. One query."""
    return list(Message.objects.for_user(user).unread()[:number])


def mark_read(*, user: User, at: datetime, message: int | None = None) -> int:
    """Mark the own unread messages, or one of them by its key, as read; return how many."""
    unread = Message.objects.for_user(user).unread()
    if message is not None:
        unread = unread.filter(pk=message)
    return int(unread.update(read_at=at))


def sends_mail() -> bool:
    """Whether a mail server is configured (EMAIL_URL)."""
    return not str(settings.EMAIL_BACKEND).endswith("dummy.EmailBackend")


def letter(note: Note) -> EmailMessage:
    """The e-mail for a message: its sentence and a link, nothing else."""
    link = f"{settings.SITE_ADDRESS}{note.url or '/'}" if settings.SITE_ADDRESS else ""
    body = f"{shortened(note.text)}\n\n{link or '登录社区保障管理系统查看'}\n"
    return EmailMessage(SUBJECT, body, to=[note.to.email])


def shortened(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"


def hand_over(letters: Sequence[EmailMessage]) -> None:
    """Give letters to the thread that sends them."""
    post.submit(deliver, letters)


def deliver(letters: Sequence[EmailMessage]) -> None:
    """Send letters over one connection; what fails is logged, without any address."""
    try:
        with get_connection() as server:
            for one in letters:
                one.connection = server
                try:
                    one.send()
                except Exception as error:
                    logger.error("an e-mail was not sent: %s", type(error).__name__)
    except Exception as error:
        # its message may hold addresses
        logger.error("%d e-mails were not sent: %s", len(letters), type(error).__name__)

"""Asking an office for what only it may do: a message with a reason, once a day."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from django.db import connection, transaction
from django.urls import reverse

from accounts.messages import Note, offices, send
from accounts.models import Message, User
from accounts.scope import DISTRICT
from collection.selectors.rounds import Call, may_ask
from collection.services.rounds import OFFICERS, RUN
from communities.selectors.places import division_names

REST = timedelta(hours=24)
# pg_advisory_xact_lock(class, what is asked for): whoever asks sees what others have asked
ASKING = 0x6173


class AskedError(Exception):
    """It cannot be asked for; the message is for the user."""


@transaction.atomic
def ask_extension(*, call: Call, reason: str, by: User, at: datetime) -> int:
    """Ask the office that made a round for a later last day, the district knowing; how many told.

    Raises AskedError where the round cannot be extended, somebody of the street asked within 24
    hours, or nobody is there to be told.
    """
    if not may_ask(call):
        raise AskedError("填报任务没有在进行，不能延期")
    one, street = call.round, call.street
    url = reverse("collection:round_extend", args=[one.pk, street])
    made = offices([one.code], RUN)[one.code]
    if not made:
        raise AskedError("下达任务的单位没有能延期的账号，打电话联系")
    name = division_names({street}, at.date()).get(street, street)
    text = f"{name}申请{one.title}延期（{by.display_name}）：{reason}"
    others = offices([street[:DISTRICT]], OFFICERS)[street[:DISTRICT]]
    look = reverse("collection:round", args=[one.pk])
    copies = [Note(user, text, look) for user in others if user not in made]
    return ask(url=url, to=made, text=text, at=at, copies=copies)


@transaction.atomic
def ask(
    *, url: str, to: Iterable[User], text: str, at: datetime, copies: Sequence[Note] = ()
) -> int:
    """Leave a text with the way to where it is granted, and copies for others; how many told.

    Raises AskedError where a message that leads there was left within 24 hours.
    """
    with connection.cursor() as cursor:
        number = zlib.crc32(url.encode()) - 2**31
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", (ASKING, number))
    last = Message.objects.filter(url=url, at__gt=at - REST).order_by("-at").first()
    if last is not None:
        raise AskedError("24小时内申请过，对方已收到消息")
    return send(notes=[*(Note(user, text, url) for user in to), *copies], at=at)

"""What a posted form of facts holds: texts as typed, and those with which it was opened."""

import json
import uuid
from typing import NamedTuple

from django import forms

from accounts.scope import SHAPE
from collection.rules.merging import LONGEST_REASON, LONGEST_TEXT, NONE, TICKED, is_key
from collection.selectors.collect import LABELS
from communities.forms.editing import Keyed, key_of_content
from communities.forms.fields import TypedForm
from communities.typed import check_no_identity_number

MOST_KEYS = 200
STATES = ("todo", *LABELS)


def typed_of(data):
    """Texts by key: fields, reasons; ticks that the form offered and are not set are ''."""
    typed = {key: clean(data[key]) for key in list(data)[:MOST_KEYS] if is_key(key)}
    for key in data.getlist("offered"):
        if is_key(NONE + key):
            typed[NONE + key] = TICKED if data.get(NONE + key) else ""
    return typed


def base_of(data):
    """Texts by key as they were when the form was opened; {} for what is not such a text."""
    try:
        read = json.loads(data.get("base") or "{}")
    except (ValueError, RecursionError):
        return {}
    if not isinstance(read, dict):
        return {}
    return {
        key: text[:LONGEST_TEXT]
        for key, text in read.items()
        if is_key(key) and isinstance(text, str)
    }


def clean(text):
    """A text without what the database cannot hold, its line ends of one kind."""
    return text.replace("\x00", "").replace("\r\n", "\n").strip(" \t\u3000\xa0")[:LONGEST_TEXT]


def key_of(request):
    """The key of a button against a double click; a form without one acts for itself.

    It counts for this page and for what the form says: elsewhere it is another one.
    """
    try:
        key = uuid.UUID(request.POST.get("key", ""))
    except ValueError:
        key = None
    return key_of_content(key, {**request.POST, "page": request.path})


def facts_version_of(data):
    """The version of the facts that a button was shown with; 0 for what is no number."""
    text = data.get("version", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


def reason_of(data):
    """Why something is taken back: 200 characters of it. Raises ValidationError for a number."""
    text = clean(data.get("reason", ""))[:LONGEST_REASON]
    check_no_identity_number(text)
    return text


class AskForm(Keyed, TypedForm):
    """Why a street needs more time."""

    reason = forms.CharField(
        label="申请原因", max_length=100, help_text="如：两个社区换届，台账还在交接"
    )


class CollectChoice(NamedTuple):
    """What a list of forms shows: year, division ('' the own), state ('' all)."""

    year: int
    division: str
    state: str


def collect_choice(data, years, this_year):
    """The choice in an address; what is no year, division or state is taken as not chosen."""
    text = data.get("year", "")
    known = text.isascii() and text.isdigit() and len(text) == 4 and "1949" <= text <= "2199"
    default = years[0] if years else this_year
    division, state = data.get("division", ""), data.get("state", "")
    return CollectChoice(
        int(text) if known else default,
        division if SHAPE.fullmatch(division) else "",
        state if state in STATES else "",
    )

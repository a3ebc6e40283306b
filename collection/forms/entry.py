"""What a posted form of facts holds: texts as typed, and those with which it was opened."""

import json
import uuid
from typing import NamedTuple

from accounts.scope import SHAPE
from collection.rules.merging import LONGEST_TEXT, NONE, TICKED, is_key
from collection.selectors.collect import LABELS

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


def key_of(data):
    """The key of a button against a double click; a form without one acts for itself."""
    try:
        return uuid.UUID(data.get("key", ""))
    except ValueError:
        return uuid.uuid4()


def version_of(data):
    """The version of the facts that a button was shown with; 0 for what is no number."""
    text = data.get("version", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


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

"""The texts of a posted act form: read, checked, and the key and version that came along."""

import re
import uuid

from django.core.exceptions import ValidationError

from communities.forms.editing import key_of_content
from communities.selectors.act_sources import SIDES
from communities.services.plan_checks import Mistake
from communities.typed import check_no_identity_number, line, lines

LONGEST_SEARCH, LONGEST_VERSION = 40, 9
# the texts beside the plan: how each is called, how long it may be, and what reads it
WORDS = {"title": ("事项", 200, line), "reason": ("理由", 2000, lines)}
LABELS = {"code": "代码", "name": "全称", "area": "面积", "households": "户数", **SIDES}


def words_in(data):
    """The title and the reason of a posted form as they are kept, and what is wrong with them."""
    kept, mistakes = {}, []
    for name, (label, limit, read) in WORDS.items():
        typed = data.get(name, "")
        kept[name], said = fitting(typed, read)
        if said:
            mistakes.append(Mistake(name, f"{label}{said}"))
        elif len(kept[name]) > limit:
            words = f"{label}有{len(kept[name])}个字。缩短到{limit}个字以内"
            mistakes.append(Mistake(name, words))
    return kept, mistakes


def unfit_in(typed):
    """What no text of the plan may hold: line breaks, signs that nobody sees, identity numbers."""
    found = []
    for name, text in typed.items():
        if said := fitting(text, line)[1]:
            part, _, what = name.partition("-")
            label = LABELS.get(what, "")
            item = f"successor:{part}" if label else "flows" if part == "flow" else "communities"
            found.append(Mistake(item, f"{label}{said}"))
    return found


def fitting(text, read):
    """A typed text as it is kept, and what is wrong with it, or ''."""
    try:
        kept = read(text)
        check_no_identity_number(kept)
    except ValidationError as wrong:
        return "", wrong.messages[0]
    return kept, ""


def searched(data):
    """The text by which communities are searched, and what is wrong with it, or ''."""
    text, said = fitting(data.get("q", ""), line)
    return text[:LONGEST_SEARCH], f"查找的文字{said}" if said else ""


def version_in(data):
    """The version that a posted form was opened with; 0 for what is none."""
    text = data.get("version", "")
    return int(text) if re.fullmatch(rf"[0-9]{{1,{LONGEST_VERSION}}}", text) else 0


def key_in(data):
    """The key of what a form says; another correction of the same form is another submission."""
    try:
        return key_of_content(uuid.UUID(data.get("key", "")), data)
    except ValueError:
        return uuid.uuid4()

"""What pages about a whole division share: its period, streets, filters, address and cells."""

import datetime
import re
from urllib.parse import urlencode

from communities.forms.ledger import PeriodForm
from communities.forms.lists import ListForm
from communities.selectors.frame import get_frame
from communities.selectors.places import streets_under
from communities.selectors.register import get_register, read_versions, reading, unit_of
from communities.views.ledger import MOST_STREETS, Within
from communities.views.responses import frame_context

PAGE_SIZE = 50
SIDES = "四至"
CODE = re.compile(r"[0-9A-Z]{12,18}")


class DivisionPage:
    """A page of a division that a request asks for; choices are those of its filters."""

    def __init__(self, request, choices):
        self.request, self.user = request, request.user
        self.versions = read_versions()
        self.period = PeriodForm(request.GET, self.versions.years)
        self.year, self.on = self.period.chosen_year, self.period.chosen_on
        self.form = ListForm(request.GET, {"street": Within(self.user.scope), **choices})
        self.prefix = self.form.chosen("street") or self.user.scope
        self.frame = get_frame(self.prefix, self.year, self.versions.years, self.on)

    @property
    def register(self):
        """The register of the whole scope, kept while it is fresh."""
        with reading(self.user, self.user.scope):
            unit = unit_of(self.user.scope)
            return get_register(unit, self.year, self.versions.of(self.year))

    def streets(self):
        """The streets that the filter offers; of a city those with urban communities."""
        if len(self.user.scope) not in (4, 6):
            return {}
        found = {place.code: place.name for place in streets_under(self.user.scope, self.on)}
        if len(found) > MOST_STREETS:
            held = {code[:9] for code in self.register.codes}
            found = {code: name for code, name in found.items() if code in held}
        found = found if len(found) <= MOST_STREETS else {}
        chosen = self.form.chosen("street")
        if chosen and chosen != self.user.scope and chosen not in found:
            return {chosen: self.frame.name} | found
        return found

    def select(self, name, label, choices=None, all_label="全部"):
        """A select of the filter bar, as components/choice.html takes it."""
        chosen = self.form.chosen(name)
        offered = self.form.choices[name] if choices is None else choices
        return {
            "name": name,
            "label": label,
            "all_label": all_label,
            "choices": [
                {"value": value, "label": text, "selected": value == chosen}
                for value, text in offered.items()
            ],
        }

    def query(self, **changes):
        """The address's query with changes; empty values and the page are left out."""
        kept = {name: value for name, value in self.form.data.items() if name != "page"}
        kept |= changes
        return urlencode({name: value for name, value in kept.items() if value != ""})

    def sorted_by(self, key, label):
        """A column head that sorts, as components/sortable.html takes it; none without a key."""
        if not key:
            return {"label": label, "url": "", "direction": ""}
        sort = self.form.chosen("sort")
        direction = {key: "ascending", f"-{key}": "descending"}.get(sort, "")
        following = f"-{key}" if direction == "ascending" else key
        return {"label": label, "url": f"?{self.query(sort=following)}", "direction": direction}

    def context(self, *selects):
        """What base.html and the filter bar take."""
        return {
            **frame_context(self.frame, None),
            "demo": self.register.is_demo,
            "scope_name": self.frame.name,
            "filters": {
                "q": self.form.text,
                "sort": self.form.chosen("sort"),
                "selects": [one for one in selects if one["choices"]],
                "ignored": [*self.period.ignored, *self.form.ignored],
            },
            "may_export": self.user.has_perm("communities.export_community"),
            "export_xlsx_url": f"export.xlsx?{self.query()}",
            "export_csv_url": f"export.csv?{self.query()}",
        }


def sorts_of(keys):
    """The values by which a list may be sorted."""
    return {sign + key for key in keys for sign in ("", "-")}


def cell(heading, value, url=""):
    """A cell of a table as communities/lists/_cell.html takes it."""
    shown = value.isoformat() if isinstance(value, datetime.date) else value
    css = "num" if heading.kind != "text" else _print_class(heading, value)
    return {
        "kind": heading.kind,
        "value": "" if shown is None else shown,
        "url": url,
        "css": css,
    }


def _print_class(heading, value):
    """How a text stands on paper: codes and days on one line, boundaries not too broad."""
    code = isinstance(value, str) and CODE.fullmatch(value)
    if code or isinstance(value, datetime.date):
        return "keep"
    return "side" if heading.group == SIDES else ""


def heads(page, columns):
    """The head of a table: one row of columns, or two where some are grouped.

    columns: pairs of a heading and what it sorts by.
    """
    grouped = any(heading.group for heading, _ in columns)
    first, second = [], []
    for number, (heading, sort) in enumerate(columns):
        made = {
            "column": page.sorted_by(sort, heading.label),
            "css": " ".join(
                word
                for word in ("pin" if not number else "", "" if heading.kind == "text" else "num")
                if word
            ),
            "rows": 2 if grouped and not heading.group else None,
        }
        if not heading.group:
            first.append(made)
        elif first and first[-1].get("group") == heading.group:
            first[-1]["span"] += 1
            second.append(made)
        else:
            first.append({"group": heading.group, "span": 1})
            second.append(made)
    return {"first": first, "second": second}

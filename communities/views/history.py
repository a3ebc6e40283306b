"""修改记录: every change of a community and its parts, newest first, by record and by field."""

from django.core.paginator import Paginator
from django.shortcuts import render
from django.views.decorators.http import require_safe

from communities.selectors.history import SOURCES, changes_of
from communities.views.one_community import CommunityPage, of_community

PAGE_SIZE = 50


class HistoryFilter:
    """What of the history is asked for: ?record=estate, ?record=estate-12, ?field=address.

    A field without a record is one of the community itself. What is unknown is ignored and said.
    """

    def __init__(self, query):
        self.ignored: list[str] = []
        self.field = query.get("field", "")
        record = query.get("record", "") or ("community" if self.field else "")
        self.kind: str
        self.kind, _, key = record.partition("-")
        self.key = int(key) if key.isascii() and key.isdigit() and len(key) < 19 else None
        if self.kind and (self.kind not in SOURCES or (key and self.key is None)):
            self.ignored.append(f"没有“{record[:20]}”这种记录，已不按它筛选")
            self.kind, self.key, self.field = "", None, ""
        if self.field and self.field not in SOURCES[self.kind].labels:
            self.ignored.append(f"没有“{self.field[:20]}”这一项，已不按它筛选")
            self.field = ""

    @property
    def records(self):
        chosen = f"{self.kind}-{self.key}" if self.key else self.kind
        offered = [(source.key, source.label) for source in SOURCES.values()]
        if self.key:
            offered.insert(0, (chosen, f"这一{SOURCES[self.kind].label}"))
        return [
            {"value": value, "label": label, "selected": value == chosen}
            for value, label in offered
        ]

    @property
    def fields(self):
        labels = SOURCES[self.kind].labels if self.kind else {}
        return [
            {"value": name, "label": label, "selected": name == self.field}
            for name, label in labels.items()
        ]


@require_safe
@of_community()
def history(request, page: CommunityPage):
    asked = HistoryFilter(request.GET)
    changes = changes_of(
        request.user, page.community, kind=asked.kind, key=asked.key, field=asked.field
    )
    pager = Paginator(changes, PAGE_SIZE).get_page(request.GET.get("page"))
    return render(
        request,
        "communities/profile/history.html",
        {
            **page.context("history", ("修改记录", "")),
            "asked": asked,
            "changes": list(pager.object_list),
            "page": pager,
            "count": len(changes),
        },
    )

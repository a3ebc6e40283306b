"""Pages of 电子档案: the list of a community with its filters, and one entry with its papers."""

from django.core.paginator import Paginator
from django.shortcuts import render
from django.views.decorators.http import require_safe

from communities.choices import ArchiveKind
from communities.forms.parts import ArchiveFilter
from communities.selectors.archive import archive_entries, archive_years, entry_papers
from communities.views.one_community import of_community
from communities.views.parts import KINDS, PAGE_SIZE, context_of, find


@require_safe
@of_community()
def archive(request, page):
    chosen = ArchiveFilter(request.GET)
    kind, year, text = (chosen.cleaned_data.get(name) for name in ("kind", "year", "q"))
    listed = archive_entries(
        page.user, page.community, kind=kind or "", year=year, text=(text or "").strip()
    )
    years = archive_years(page.user, page.community)
    return render(
        request,
        "communities/parts/archive.html",
        {
            **context_of(page, "archive"),
            "page": Paginator(listed, PAGE_SIZE).get_page(request.GET.get("page")),
            "filtered": bool(kind or year or text),
            "ignored": chosen.ignored,
            "q": text or "",
            "kinds": [
                {"value": value, "label": label, "selected": value == kind}
                for value, label in ArchiveKind.choices
            ],
            "entry_years": [
                {"value": str(one), "label": f"{one}年", "selected": one == year}
                for one in sorted({*years, *filter(None, [year])}, reverse=True)
            ],
        },
    )


@require_safe
@of_community()
def archive_entry(request, page, pk):
    record = find(page, KINDS["archive_entry"], pk)
    return render(
        request,
        "communities/parts/archive_entry.html",
        {
            **context_of(page, "archive", (record.title, "")),
            "entry": record,
            "papers": entry_papers(page.user, record),
        },
    )

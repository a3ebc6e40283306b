"""用房核查: the checks with their counts, the lines of one check, and its file."""

from django.contrib.auth.decorators import permission_required
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.choices import AccessAct
from accounts.scope import CITY, STREET
from accounts.sessions import record_request
from communities.models import Division
from communities.selectors.places import division_names
from communities.tables.files import Layout
from communities.views.division import PAGE_SIZE, DivisionPage
from communities.views.responses import table_response
from facilities.selectors import premises_checks as kinds
from facilities.tables.premises_checks import HEADINGS, line_of
from facilities.views.one_premises import VIEW
from facilities.views.premises import EXPORT

TITLE = "用房核查"


class PremisesChecks(DivisionPage):
    """The checks of a division today, beside the facts of a year."""

    def __init__(self, request):
        choices = {key: one.label for key, one in kinds.KINDS.items()}
        super().__init__(request, {"kind": choices})
        self.kind = kinds.KINDS.get(self.form.chosen("kind"))
        self.today = timezone.localdate()
        self.ground = kinds.Ground(self.user, self.prefix, self.today, self.year)

    @property
    def wide(self):
        """Whether the scope is more than a city: then one is chosen first."""
        return len(self.prefix) < CITY

    def address(self, key):
        return f"{reverse('facilities:premises_checks')}?{self.query(kind=key)}"


@require_safe
@permission_required(VIEW, raise_exception=True)
def checks(request):
    page = PremisesChecks(request)
    if page.wide:
        places = Division.objects.as_of(page.today).under(page.user.scope).filter(level="city")
        context = {"title": TITLE, "places": places.order_by("code")}
        return render(request, "communities/checks/cities.html", context)
    return findings(request, page) if page.kind else overview(request, page)


def overview(request, page):
    groups = [
        {
            "title": group.title,
            "note": group.note,
            "lines": [line(page, kind) for kind in group.kinds],
        }
        for group in kinds.GROUPS
    ]
    context = {
        **page.context(page.select("street", "街道", page.streets())),
        "title": TITLE,
        "today": page.today,
        "columns": [groups[:1] + groups[2:], groups[1:2]],
    }
    return render(request, "facilities/premises/checks.html", context)


def line(page, kind):
    return {
        "label": kind.label,
        "count": kinds.count_of(kind, page.ground),
        "unit": kind.unit,
        "url": page.address(kind.key),
        "note": kind.says,
    }


def findings(request, page):
    kind = page.kind
    pager = Paginator(kind.find(page.ground), PAGE_SIZE).get_page(request.GET.get("page"))
    found = kinds.findings_of(kind, list(pager.object_list))
    streets = division_names({one.code[:STREET] for one in found}, page.today)
    context = {
        **page.context(),
        "title": kind.label,
        "kind": kind,
        "rows": [
            {
                "one": one,
                "street": streets.get(one.code[:STREET], one.code[:STREET]),
                "url": url_of(one),
            }
            for one in found
        ],
        "page": pager,
        "may_export": request.user.has_perm(EXPORT),
        "export_xlsx_url": f"{reverse('facilities:premises_checks_xlsx')}?{page.query()}",
        "trail": [
            {
                "label": TITLE,
                "url": f"{reverse('facilities:premises_checks')}?{page.query(kind='')}",
            },
            {"label": kind.label, "url": ""},
        ],
    }
    return render(request, "facilities/premises/findings.html", context)


def url_of(one):
    """Where a line is mended."""
    if one.pk is None:
        return reverse("facilities:community_premises", args=[one.code])
    return reverse("facilities:premises", args=[one.pk])


@require_safe
@permission_required([VIEW, EXPORT], raise_exception=True)
def checks_xlsx(request):
    page = PremisesChecks(request)
    if page.wide or page.kind is None:
        raise Http404
    found = kinds.findings_of(page.kind, list(page.kind.find(page.ground)))
    streets = division_names({one.code[:STREET] for one in found}, page.today)
    name = f"{TITLE}-{page.prefix}-{page.kind.key}-{page.today:%Y-%m-%d}"
    record_request(request, AccessAct.EXPORT, target=f"{name}.xlsx")
    user = request.user
    printed = timezone.localtime().strftime("%Y-%m-%d %H:%M")
    notes = [
        f"{page.frame.name}：{page.kind.label}。{page.kind.says}",
        f"社区保障管理系统　{user.office}　{user.display_name}　{printed}导出",
    ]
    lines = [line_of(one, streets) for one in found]
    layout = Layout(sheet="核查", bordered=True)
    return table_response(name, "xlsx", HEADINGS, lines, notes, layout)

"""核查 of staff: the overview with counts, the lines of one check, and its file."""

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
from communities.tables.files import Layout
from communities.views.division import PAGE_SIZE, DivisionPage
from communities.views.responses import table_response
from staffing.selectors import checks as kinds
from staffing.selectors.checks_ground import Ground
from staffing.selectors.checks_posts import both_posts_share
from staffing.tables.checks import HEADINGS, line_of

VIEW, EXPORT = "staffing.view_person", "staffing.export_person"
TITLE = "人员核查"


class StaffChecks(DivisionPage):
    """The checks of a division on a day."""

    def __init__(self, request):
        super().__init__(request, {"kind": {key: one.label for key, one in kinds.KINDS.items()}})
        self.kind = kinds.KINDS.get(self.form.chosen("kind"))
        self.today = timezone.localdate()
        self.ground = Ground(self.user, self.prefix, self.today, self.year)

    @property
    def wide(self):
        """Whether the scope is more than a city: then one is chosen first."""
        return len(self.prefix) < CITY

    def address(self, key):
        return f"{reverse('staffing:checks')}?{self.query(kind=key)}"


@require_safe
@permission_required(VIEW, raise_exception=True)
def checks(request):
    page = StaffChecks(request)
    if page.wide:
        return choose_city(request, page)
    return findings(request, page) if page.kind else overview(request, page)


def choose_city(request, page):
    """The cities of a wide scope; their checks are asked one by one."""
    places = Division.objects.as_of(page.today).under(page.user.scope).filter(level="city")
    places = places.order_by("code")
    return render(request, "communities/checks/cities.html", {"title": TITLE, "places": places})


def overview(request, page):
    number, whole, share = both_posts_share(page.ground)
    groups = [
        {
            "title": group.title,
            "note": group.note,
            "lines": [line(page, kind) for kind in group.kinds],
            "says": [],
        }
        for group in kinds.GROUPS
    ]
    if share is not None:
        groups[2]["says"] = [
            f"书记、主任都在任的社区{whole}个，一肩挑{number}个，占{tenths(share)}%"
        ]
    context = {
        **page.context(page.select("street", "街道", page.streets())),
        "title": TITLE,
        "today": page.today,
        "columns": [groups[:2], groups[2:]],
    }
    return render(request, "staffing/checks/index.html", context)


def line(page, kind):
    found = kind.find(page.ground)
    return {
        "label": kind.label,
        "count": len(found),
        "unit": kind.unit,
        "url": page.address(kind.key),
        "note": kind.says,
        "info": kind.info,
    }


def tenths(share):
    """A share in percent with one decimal, half up."""
    units = (20 * share.numerator + share.denominator) // (2 * share.denominator)
    return f"{units // 10}.{units % 10}"


def findings(request, page):
    kind = page.kind
    found = kind.find(page.ground)
    pager = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    streets = page.ground.streets({one.code for one in pager.object_list})
    pays = request.user.has_perm("staffing.view_pay")
    context = {
        **page.context(),
        "title": kind.label,
        "says": [kind.says],
        "rows": [
            {
                "one": one,
                "street": streets.get(one.code[:STREET], one.code[:STREET]),
                "mend": mend(kind, one, pays),
            }
            for one in pager.object_list
        ],
        "page": pager,
        "kind": kind,
        "may_export": request.user.has_perm(EXPORT),
        "export_xlsx_url": f"{reverse('staffing:checks_xlsx')}?{page.query(kind=kind.key)}",
        "trail": [
            {"label": TITLE, "url": f"{reverse('staffing:checks')}?{page.query(kind='')}"},
            {"label": kind.label, "url": ""},
        ],
    }
    return render(request, "staffing/checks/list.html", context)


def mend(kind, one, pays):
    """Where a line is mended: label and address."""
    if kind.mend == kinds.ACT and one.act:
        return {"label": "打开变动", "url": reverse("staffing:act", args=[one.act])}
    if kind.mend == kinds.PAY and one.person and pays:
        return {"label": "打开待遇", "url": reverse("staffing:person_pay", args=[one.person])}
    if one.person:
        return {"label": "打开人员", "url": reverse("staffing:person", args=[one.person])}
    return {"label": "打开花名册", "url": reverse("staffing:community_staff", args=[one.code])}


@require_safe
@permission_required([VIEW, EXPORT], raise_exception=True)
def checks_xlsx(request):
    page = StaffChecks(request)
    if page.wide or page.kind is None:
        raise Http404
    found = page.kind.find(page.ground)
    streets = page.ground.streets({one.code for one in found})
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

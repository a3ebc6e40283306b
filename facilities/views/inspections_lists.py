"""What lists of inspections, orders, halls and defaults share: their division and filters."""

from urllib.parse import urlencode

from django.utils import timezone

from accounts.choices import AccessAct
from accounts.scope import CITY, DISTRICT, PROVINCE, STREET, WHOLE_COUNTRY, contains
from accounts.sessions import record_request
from communities.models import Division
from communities.selectors.places import division_names
from communities.views.responses import table_response
from facilities.forms.inspections import InspectionFilter

PAGE_SIZE = 50
# what a list of a scope of so many digits may be narrowed to
LEVELS = {
    len(WHOLE_COUNTRY): "province",
    PROVINCE: "city",
    CITY: "district",
    DISTRICT: "street",
}
AREA_LABELS = {
    len(WHOLE_COUNTRY): "省份",
    PROVINCE: "市",
    CITY: "县（市、区）",
    DISTRICT: "街道",
}


def parts_of(scope, on):
    """The names of the divisions just under a scope, by code; none under a street."""
    if len(scope) not in LEVELS:
        return {}
    rows = Division.objects.under(scope).filter(level=LEVELS[len(scope)]).as_of(on)
    return dict(rows.order_by("code").values_list("code", "name"))


class ListPage:
    """A list of the scope or of a division in it, with filters; `choices` as InspectionFilter's."""

    def __init__(self, request, title, choices):
        self.request, self.user, self.title = request, request.user, title
        self.on = timezone.localdate()
        scope = self.user.scope
        asked = request.GET.get("division", "")
        inside = asked.isdecimal() and len(asked) in (PROVINCE, CITY, DISTRICT, STREET)
        self.division = asked if inside and contains(scope, asked) else scope
        self.parts = parts_of(scope, self.on)
        if self.division != scope and self.division not in self.parts:
            names = division_names({self.division}, self.on)
            self.parts = {self.division: names.get(self.division, self.division)} | self.parts
        offered = {"division": (AREA_LABELS.get(len(scope), "地区"), self.parts), **choices}
        self.form = InspectionFilter(request.GET, offered)
        self.chosen = {name: self.form.chosen(name) for name in choices}
        if asked and self.division != asked:
            self.form.ignored.append(f"没有“{asked[:20]}”这个地区，已不按它筛选")
        self.text = request.GET.get("q", "").strip()[:40]

    @property
    def name(self):
        """What the list is of: the division's name."""
        names = division_names({self.division}, self.on)
        return "全国" if self.division == "0" else names.get(self.division, self.division)

    @property
    def filtered(self):
        return bool(self.text or any(self.chosen.values()) or self.division != self.user.scope)

    def query(self, **changes):
        kept = {name: value for name, value in self.request.GET.items() if name != "page"}
        return urlencode({name: value for name, value in (kept | changes).items() if value})

    def context(self, right):
        """What every list takes."""
        return {
            "title": self.title,
            "name": self.name,
            "on": self.on,
            "selects": self.form.selects(),
            "ignored": self.form.ignored,
            "q": self.text,
            "filtered": self.filtered,
            "export_url": f"export.xlsx?{self.query()}" if self.user.has_perm(right) else "",
        }

    def file(self, headings, lines, layout, *notes):
        """The list as a workbook; the export is logged."""
        name = f"{self.title}-{self.division}-{self.on}"
        record_request(self.request, AccessAct.EXPORT, target=f"{name}.xlsx")
        made = f"社区保障管理系统　{self.user.office}　{self.user.display_name}　{self.on}导出"
        said = [f"{self.name}：{self.title}", *notes, made]
        return table_response(name, "xlsx", headings, lines, said, layout)

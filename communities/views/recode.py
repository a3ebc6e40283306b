"""A new year's code list: upload, comparison with matches that can be changed, proposal."""

import uuid
from collections import Counter, defaultdict
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.choices import AccessAct
from accounts.scope import CITY, COMMUNITY, DISTRICT, STREET
from accounts.services import once
from accounts.sessions import record_request
from communities.forms.recode import TermsForm, UploadForm, kept_choices, read_choices
from communities.models import PendingImport
from communities.selectors.editing import earlier_result
from communities.services.names import short_name
from communities.services.plan_checks import MistakesError
from communities.services.recode import compare, plan_of, propose_recode

PROPOSE = "communities.propose_changeact"
# a district's or a city's office; a street's list is its district's
SCOPES = (CITY, DISTRICT)
MOST_LINES, MOST_OPTIONS, MOST_TOLD, MOST_NAMES = 200, 40, 50, 20


def some_names(places):
    """The names of some places, the first of many."""
    said = "、".join(one.name for one in places[:MOST_NAMES])
    return f"{said}等" if len(places) > MOST_NAMES else said


def trail(*last):
    return [
        {"label": "变更", "url": reverse("communities:acts")},
        {"label": "导入新代码", "url": reverse("communities:recode") if last else ""},
        *last,
    ]


def demand(user):
    if len(user.scope) not in SCOPES:
        raise PermissionDenied


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(PROPOSE, raise_exception=True)
def recode(request):
    """Take a file, and go on to its comparison when it can be read."""
    demand(request.user)
    if request.method != "POST":
        return upload_page(request, UploadForm(initial={"names": True}))
    form = UploadForm(request.POST, request.FILES)
    if not form.is_valid():
        return upload_page(request, form, status=422)
    terms = form.cleaned_data
    found = compare(request.user, terms["text"], on=terms["on"])
    if found.wrong:
        return upload_page(request, form, status=422, wrong=found.wrong)
    if not found.listed:
        form.add_error("file", nothing_inside(request.user, found))
        return upload_page(request, form, status=422)
    PendingImport.objects.filter(made_by=request.user).delete()
    pending = PendingImport.objects.create(
        made_by=request.user, file_name=terms["file"].name[:200], text=terms["text"]
    )
    kept = {"on": terms["on"], "source": terms["source"], "names": "1" if terms["names"] else ""}
    address = reverse("communities:recode_preview", args=[pending.pk])
    return redirect(f"{address}?{urlencode(kept)}")


def nothing_inside(user, found):
    if found.outside:
        return f"文件里的{found.outside:,}行都不在你的辖区{user.scope}内。换一个文件"
    return "文件里没有辖区内街道和社区的行。换一个文件"


def upload_page(request, form, *, status=200, wrong=()):
    return render(
        request,
        "communities/recode/upload.html",
        {
            "form": form,
            "wrong": wrong[:MOST_TOLD],
            "wrong_count": len(wrong),
            "trail": trail(),
        },
        status=status,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(PROPOSE, raise_exception=True)
def preview(request, pk):
    """The comparison of an upload; its buttons compare anew or propose the act."""
    demand(request.user)
    if led_to := earlier_result(request.user, key_in(request.POST)):
        return redirect(led_to)
    pending = PendingImport.objects.filter(pk=pk, made_by=request.user).first()
    if pending is None:
        messages.warning(request, "上传的文件已经提交，或已换成后来上传的。再上传一次")
        return redirect("communities:recode")
    page = PreviewPage(request, pending)
    return page.propose() if request.POST.get("do") == "propose" else page.answer()


def key_in(data):
    try:
        return uuid.UUID(data.get("key", ""))
    except ValueError:
        return None


class PreviewPage:
    """An upload beside the register, with the matches as they are chosen by now."""

    def __init__(self, request, pending):
        self.request, self.user, self.pending = request, request.user, pending
        self.data = request.POST if request.method == "POST" else request.GET
        self.terms = TermsForm(self.data)
        known = self.terms.cleaned_data if self.terms.is_valid() else {}
        self.chosen = read_choices(self.data)
        self.on = known.get("on") or timezone.localdate()
        self.found = compare(
            self.user,
            pending.text,
            on=self.on,
            chosen=self.chosen,
            with_names=bool(self.data.get("names")),
        )
        self.street = self._street()

    def _street(self):
        """The street whose lines are shown; '' for all, where they are few."""
        held = sum(len(places) for places in self.found.missing.values())
        if len(self.found.lines) + held <= MOST_LINES:
            return ""
        differing = [one.code for one in self.found.streets if one.differs]
        asked = self.data.get("street", "")
        return asked if asked in differing else differing[0]

    def propose(self):
        """Propose the act, unless something stands against it."""
        terms = self.terms
        if not terms.is_valid():
            return self.answer(status=422)
        troubles = [
            f"{line.name}（{line.code}）：{line.trouble}"
            for line in (*self.found.division_changes, *self.found.changes)
            if line.trouble
        ]
        plan = plan_of(self.found)
        if troubles or not (plan.communities or plan.divisions):
            return self.answer(status=422, mistakes=troubles or ["没有要变更的代码或名称"])
        source = terms.cleaned_data["source"]

        def act():
            made = propose_recode(
                by=self.user,
                at=timezone.now(),
                on=self.on,
                title=f"{self.on.year}年代码名录变更{len(plan.communities)}个社区",
                reason=f"依据{source}，自{self.on}起按新的代码名录变更",
                plan=plan,
            )
            self.pending.delete()
            return reverse("communities:act", args=[made.pk])

        try:
            led_to = once(key=key_in(self.data) or uuid.uuid4(), by=self.user, act=act)
        except MistakesError as wrong:
            return self.answer(status=422, mistakes=[one.message for one in wrong.mistakes])
        record_request(self.request, AccessAct.IMPORT, target=self.pending.file_name)
        messages.success(self.request, f"已提交审查，{len(plan.communities):,}个社区的代码或名称")
        return redirect(led_to)

    def answer(self, *, status=200, mistakes=()):
        found = self.found
        lines = [line for line in found.lines if self.street in ("", line.street)]
        missing = [
            {"street": street, "place": one}
            for street, places in sorted(found.missing.items())
            for one in places
            if self.street in ("", street)
        ]
        twice = [
            code for code, count in Counter(self.chosen.values()).items() if code and count > 1
        ]
        return render(
            self.request,
            "communities/recode/preview.html",
            {
                "trail": trail({"label": self.pending.file_name, "url": ""}),
                "pending": self.pending,
                "form": self.terms,
                "key": self.data.get("key") or uuid.uuid4(),
                "kept": kept_choices(self.chosen),
                "found": found,
                "changes": len(found.changes),
                "troubles": sum(bool(line.trouble) for line in found.changes),
                "new": sum(line.is_new for line in found.lines),
                "missing_count": sum(len(places) for places in found.missing.values()),
                "counts": sorted(found.counts.items()),
                "street": next((one for one in found.streets if one.code == self.street), None),
                "differing": [one for one in found.streets if one.differs],
                "lines": self.offered(lines),
                "divisions": self.offered(found.divisions),
                "missing": missing,
                "uncovered": some_names(found.uncovered),
                "unlisted": some_names(found.missing_divisions),
                "twice": twice,
                "mistakes": mistakes[:MOST_TOLD],
                "mistake_count": len(mistakes),
            },
            status=status,
        )

    def offered(self, lines):
        """Lines with the present places from which each may be chosen."""
        near, rows = self._near(), []
        for line in lines:
            own = [line.held] if line.held else []
            same = near["name", len(line.code), short_name(line.name)]
            parent = near["parent", len(line.code), self.parent(line.code)]
            places = {one.code: one for one in (*own, *same, *parent[:MOST_OPTIONS])}
            rows.append({"line": line, "places": list(places.values())})
        return rows

    def _near(self):
        """Present places that no row has as it is, by name and by their parent in the list."""
        found = self.found
        new_codes = {old: new for new, old in found.matched.items()}
        as_is = {new for new, old in found.matched.items() if new == old} - {
            line.code for line in (*found.lines, *found.divisions)
        }
        near = defaultdict(list)
        for code, held in found.present.items():
            if code in as_is:
                continue
            parent = self.parent(code)
            near["parent", len(code), new_codes.get(parent, parent)].append(held)
            if code not in new_codes:
                near["name", len(code), short_name(held.name)].append(held)
        return near

    @staticmethod
    def parent(code):
        """The street of a community; divisions are offered all together."""
        return code[:STREET] if len(code) == COMMUNITY else ""

"""Divisions, communities and yearly facts in the admin, inside the scope of the person."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone

from accounts.admin import ScopedAdmin
from accounts.choices import AccessAct
from accounts.sessions import record_request
from communities.admin.forms import (
    FACTS_FIELDSETS,
    AnnualFactsForm,
    CommunityForm,
    DivisionForm,
    UploadForm,
)
from communities.models import AnnualFacts, Community, Division, FactsVersion, PendingImport
from communities.models.facts import OPEN_STATES
from communities.services import import_divisions, preview_divisions

SHOWN = 200


@admin.register(Division)
class DivisionAdmin(ScopedAdmin):
    change_list_template = "admin/communities/division_list.html"
    list_display = ["code", "name", "level", "central_urban", "street_tier", "valid_until"]
    list_filter = ["level", "central_urban", "street_tier"]
    search_fields = ["code__startswith", "name"]
    form = DivisionForm

    def get_urls(self):
        view = self.admin_site.admin_view
        return [
            path("import/", view(self.upload), name="communities_division_import"),
            path(
                "import/<int:key>/", view(self.confirm), name="communities_division_import_confirm"
            ),
            *super().get_urls(),
        ]

    def changelist_view(self, request, extra_context=None):
        may = request.user.has_perm("communities.import_division")
        return super().changelist_view(request, {"may_import": may, **(extra_context or {})})

    def upload(self, request):
        """Take a file and show what importing it would change."""
        self.demand(request)
        posted = request.method == "POST"
        form = UploadForm(request.POST, request.FILES) if posted else UploadForm()
        preview = pending = None
        if form.is_valid():
            text = form.cleaned_data["text"]
            on = timezone.localdate()
            preview = preview_divisions(text, on=on, within=request.user.scope)
            PendingImport.objects.filter(made_by=request.user).delete()
            if preview.can_import:
                name = form.cleaned_data["file"].name[:200]
                pending = PendingImport.objects.create(
                    made_by=request.user, file_name=name, text=text
                )
        context = self.admin_site.each_context(request) | {
            "title": "导入区划和社区",
            "opts": self.opts,
            "form": form,
            "preview": preview,
            "pending": pending,
            "shown": SHOWN,
        }
        return TemplateResponse(request, "admin/communities/import.html", context)

    def confirm(self, request, key):
        """Import the file that was shown, once."""
        self.demand(request)
        if request.method != "POST":
            return redirect("admin:communities_division_import")
        pending = get_object_or_404(PendingImport, pk=key, made_by=request.user)
        try:
            done = import_divisions(
                pending.text, on=timezone.localdate(), within=request.user.scope
            )
        except IntegrityError:
            messages.error(request, "核对以后别人改了同样的代码，没有导入。再上传一次核对")
            return redirect("admin:communities_division_import")
        record_request(request, AccessAct.IMPORT, target=pending.file_name)
        pending.delete()
        if done.wrong:
            messages.error(request, f"库里的数据已变，{len(done.wrong)}行有错误。再上传一次核对")
            return redirect("admin:communities_division_import")
        messages.success(request, f"导入{len(done.new)}行，改名{len(done.changed)}行")
        return redirect(reverse("admin:communities_division_changelist"))

    def demand(self, request):
        if not request.user.has_perm("communities.import_division"):
            raise PermissionDenied


class FactsInline(admin.TabularInline):
    model = AnnualFacts
    fields = ("year", "status", "households", "area_kind", "premises_area_m2", "is_demo")
    readonly_fields = ("year", "status", "households", "area_kind", "premises_area_m2", "is_demo")
    extra = 0
    can_delete = False
    show_change_link = True

    def has_add_permission(self, request, obj):
        return False

    def has_change_permission(self, request, obj=None):
        return False


@admin.register(Community)
class CommunityAdmin(ScopedAdmin):
    form = CommunityForm
    inlines = [FactsInline]
    list_display = ["code", "short_name", "name", "committee_kind", "area_kind", "valid_until"]
    list_filter = ["committee_kind", "area_kind", "kind", "is_demo"]
    search_fields = ["code", "short_name", "initials"]
    search_help_text = "名称的一部分、拼音首字母或代码"
    readonly_fields = ("short_name", "initials", "committee_kind", "designated_from", "is_demo")
    fields = (*CommunityForm.Meta.fields, *readonly_fields)

    def get_search_results(self, request, queryset, search_term):
        return queryset.matching(search_term), False


class YearFilter(admin.SimpleListFilter):
    """Years from the table of versions: asking the facts themselves would read them all."""

    title = "年度"
    parameter_name = "year"

    def lookups(self, request, model_admin):
        years = FactsVersion.objects.filter(year__gt=0).order_by("-year")
        return [(year, f"{year}年") for year in years.values_list("year", flat=True)]

    def queryset(self, request, queryset):
        value = self.value()
        if value is None:
            return queryset
        return (
            queryset.of_year(int(value))
            if value in map(str, range(1949, 2200))
            else queryset.none()
        )


@admin.register(AnnualFacts)
class AnnualFactsAdmin(ScopedAdmin):
    form = AnnualFactsForm
    list_display = ["code", "short_name", "year", "status", "households", "area_kind", "is_demo"]
    list_select_related = ["community"]
    list_filter = [YearFilter, "status", "area_kind", "is_demo"]
    search_fields = ["code__startswith", "community__short_name"]
    readonly_fields = (
        "community", "year", "status", "submitted_by", "reviewed_by", "confirmed_by",
        "confirmed_at", "is_demo", "version",
    )  # fmt: skip
    fieldsets = [(None, {"fields": readonly_fields}), *FACTS_FIELDSETS]

    def get_fieldsets(self, request, obj=None):
        if not self.has_change_permission(request, obj):
            return self.fieldsets
        return [(None, {"fields": (*self.readonly_fields, "opened_version")}), *FACTS_FIELDSETS]

    @admin.display(description="社区")
    def short_name(self, facts):
        return facts.community.short_name

    def has_change_permission(self, request, obj=None):
        """What was handed in is locked: it is returned or corrected in the collection."""
        is_open = obj is None or obj.status in OPEN_STATES
        return is_open and super().has_change_permission(request, obj)

    def has_add_permission(self, request):
        # A year's rows come from the collection, not one by one.
        return False

"""Policy texts, index series and exemptions in the admin, inside the scope of the person."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Q
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.html import format_html

from accounts.admin import ScopedAdmin
from accounts.choices import AccessAct
from accounts.scope import WHOLE_COUNTRY, contains
from accounts.sessions import record_request
from policy import services
from policy.choices import LEVEL_LABELS, TextStatus
from policy.forms import (
    AdoptForm,
    ExemptionForm,
    IndexValueForm,
    PublishForm,
    ReadingsForm,
    SeriesUploadForm,
    TextForm,
    WithdrawForm,
    add_errors,
)
from policy.models import Exemption, IndexValue, PolicyText
from policy.selectors import history_of, provision_lines, versions_of

SHOWN = 200


def sent(request):
    """Return what was sent, also when it is empty; None for a page that is only looked at."""
    return request.POST if request.method == "POST" else None


class PolicyAdmin(ScopedAdmin):
    """Rows that concern the person's scope, changed only inside it."""

    scoped_field = "code"

    def has_change_permission(self, request, obj=None):
        if not super().has_change_permission(request, obj):
            return False
        return obj is None or self.inside(request.user, obj)

    def inside(self, user, obj):
        code = getattr(obj, self.scoped_field)
        return user.scope == WHOLE_COUNTRY or contains(user.scope, code)


class LevelFilter(admin.SimpleListFilter):
    title = "适用范围"
    parameter_name = "level"

    def lookups(self, request, model_admin):
        levels = [(str(length), label) for length, label in LEVEL_LABELS.items()]
        return [*levels, ("*", "由采用地确定")]

    def queryset(self, request, queryset):
        value = self.value()
        if value is None:
            return queryset
        if value == "*":
            return queryset.filter(jurisdiction="*")
        if value not in map(str, LEVEL_LABELS):
            return queryset.none()
        return queryset.filter(jurisdiction__regex=rf"^[0-9]{{{int(value)}}}$")


class ForceFilter(admin.SimpleListFilter):
    title = "执行日期"
    parameter_name = "force"

    def lookups(self, request, model_admin):
        return [("now", "现在执行"), ("later", "将要执行"), ("ended", "已经停止")]

    def queryset(self, request, queryset):
        today = timezone.localdate()
        published = queryset.exclude(status=TextStatus.DRAFT)
        ended = Q(effective_until__lte=today)
        if self.value() == "now":
            return published.filter(~ended, effective_from__lte=today)
        if self.value() == "later":
            return published.filter(~ended, effective_from__gt=today)
        return published.filter(ended) if self.value() == "ended" else queryset


@admin.register(PolicyText)
class PolicyTextAdmin(PolicyAdmin):
    form = TextForm
    scoped_field = "jurisdiction"
    change_form_template = "admin/policy/policytext/change_form.html"
    list_display = [
        "title",
        "doc_no",
        "place",
        "version",
        "effective_from",
        "effective_until",
        "status",
        "source_grade",
    ]
    list_filter = ["status", LevelFilter, ForceFilter, "source_grade"]
    search_fields = ["title", "doc_no", "text_id", "jurisdiction__startswith"]
    search_help_text = "标题、文号、标识的一部分，或区划代码"
    head = [
        "title",
        "doc_no",
        "issuer",
        "authority",
        "issued_on",
        "published_on",
        "source_grade",
        "trial",
        "text_id",
        "version",
        "status",
        "created_by",
        "created_at",
        "released_by",
        "released_on",
        "sha256",
    ]
    readonly_fields = [*head, "written"]

    class Media:
        css = {"all": ["css/policy-admin.css"]}

    def inside(self, user, obj):
        places = (obj.jurisdiction, obj.authority)
        return all(services.within(user.scope, place) for place in places)

    @admin.display(description="适用范围", ordering="jurisdiction")
    def place(self, text):
        return text.place

    @admin.display(description="原样")
    def written(self, text):
        return format_html('<pre class="policy-source">{}</pre>', text.source)

    def get_fieldsets(self, request, obj=None):
        draft = TextForm.Meta.fields
        if obj is None:
            return [(None, {"fields": draft})]
        if self.has_change_permission(request, obj):
            return [(None, {"fields": draft}), ("文件信息", {"fields": self.head})]
        source = ("条款（TOML）", {"fields": ["written"], "classes": ["collapse"]})
        return [("文件信息", {"fields": [*self.head, *draft[1:]]}), source]

    def get_changeform_initial_data(self, request):
        """Start a new version from the source of another text."""
        initial = super().get_changeform_initial_data(request)
        start = str(initial.pop("from", ""))
        if start.isascii() and start.isdigit():
            text = self.get_object(request, start)
            if text:
                initial |= {"source": text.source, "jurisdiction": text.jurisdiction}
        return initial

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and (obj is None or obj.is_draft)

    def save_model(self, request, obj, form, change):
        services.save_draft(obj, by=request.user)

    def get_urls(self):
        view = self.admin_site.admin_view
        acts = [
            path(f"<int:key>/{act}/", view(getattr(self, act)), name=f"policy_policytext_{act}")
            for act in ("adopt", "readings", "publish", "withdraw")
        ]
        return [*acts, *super().get_urls()]

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if obj is not None and obj.pk:
            context |= {
                "text": obj,
                "provisions": provision_lines(obj),
                "answers": obj.answers.select_related("superseded_by"),
                "versions": versions_of(obj, request.user),
                "history": history_of(obj),
                "acts": self.acts(request, obj),
            }
        return super().render_change_form(request, context, add, change, form_url, obj)

    def acts(self, request, text):
        """What the person may do with a text now: name of the act, its label."""
        may, inside = request.user.has_perm, self.inside(request.user, text)
        may_add, may_publish = may("policy.add_policytext"), may("policy.publish_policytext")
        acts = {
            "adopt": ("采用", may_add and text.as_written.jurisdiction == "*"),
            "readings": ("口径", inside and text.is_draft and may("policy.change_policytext")),
            "publish": ("发布", inside and text.is_draft and may_publish),
            "withdraw": ("停止执行", inside and text.status == "published" and may_publish),
        }
        return [(name, label) for name, (label, allowed) in acts.items() if allowed]

    def adopt(self, request, key):
        text = self.text_for(request, key, "adopt")
        own = "" if request.user.scope == WHOLE_COUNTRY else request.user.scope
        initial = {"jurisdiction": own, "effective_from": text.as_written.effective_from}
        form = AdoptForm(sent(request), text=text, initial=initial)

        def act():
            values = {name: form.cleaned_data[name] for name in AdoptForm.base_fields}
            return services.adopt(text, by=request.user, options=form.chosen, **values)

        return self.act(request, text, form, act, "采用", "采用为草稿")

    def readings(self, request, key):
        text = self.text_for(request, key, "readings")
        form = ReadingsForm(sent(request), text=text)

        def act():
            text.options = form.chosen
            return services.save_draft(text, by=request.user)

        return self.act(request, text, form, act, "采用的口径", "保存口径")

    def publish(self, request, key):
        text = self.text_for(request, key, "publish")
        form = PublishForm(sent(request))

        def act():
            supersede = form.cleaned_data["supersede"]
            on = timezone.localdate()
            return services.publish(text, by=request.user, on=on, supersede=supersede)

        return self.act(request, text, form, act, "发布", "发布")

    def withdraw(self, request, key):
        text = self.text_for(request, key, "withdraw")
        form = WithdrawForm(sent(request))

        def act():
            return services.withdraw(text, by=request.user, **form.cleaned_data)

        return self.act(request, text, form, act, "停止执行", "停止执行")

    def text_for(self, request, key, name):
        """Return the text if it concerns the person and the act is open; 404 or 403 otherwise."""
        text = self.get_object(request, str(key))
        if text is None:
            raise Http404
        if name not in dict(self.acts(request, text)):
            raise PermissionDenied
        return text

    def act(self, request, text, form, act, title, label):
        """Show the form, or do what it asks for and go to the text that came of it."""
        if request.method == "POST" and form.is_valid():
            try:
                done = act()
            except ValidationError as error:
                add_errors(form, error)
            else:
                self.log_change(request, done, title)
                messages.success(request, f"{done}：{title}，状态“{done.get_status_display()}”")
                return redirect(reverse("admin:policy_policytext_change", args=[done.pk]))
        context = self.admin_site.each_context(request) | {
            "title": f"{title}：{text}",
            "opts": self.opts,
            "text": text,
            "form": form,
            "label": label,
        }
        status = 422 if form.errors else 200
        return TemplateResponse(request, "admin/policy/policytext/act.html", context, status=status)


@admin.register(IndexValue)
class IndexValueAdmin(PolicyAdmin):
    form = IndexValueForm
    scoped_field = "division_code"
    change_list_template = "admin/policy/indexvalue/change_list.html"
    list_display = ["series", "division_code", "year", "figure", "unit", "source", "document"]
    list_filter = ["series"]
    search_fields = ["division_code__startswith", "=year", "source"]
    search_help_text = "区划代码、年度或来源"

    @admin.display(description="数值", ordering="value")
    def figure(self, figure):
        return figure.plain_value

    def get_urls(self):
        upload = self.admin_site.admin_view(self.upload)
        return [path("import/", upload, name="policy_indexvalue_import"), *super().get_urls()]

    def changelist_view(self, request, extra_context=None):
        may = request.user.has_perm("policy.import_indexvalue")
        return super().changelist_view(request, {"may_import": may, **(extra_context or {})})

    def upload(self, request):
        """Show what importing a file would change; import the file that has been shown."""
        if not request.user.has_perm("policy.import_indexvalue"):
            raise PermissionDenied
        form = SeriesUploadForm(sent(request), request.FILES or None)
        preview, text, within = None, "", request.user.scope
        if request.method == "POST" and form.is_valid():
            text = form.cleaned_data["text"]
            if form.cleaned_data["file"] is None:
                done = services.import_series(text, within=within)
                if not done.wrong:
                    record_request(request, AccessAct.IMPORT, target="指数")
                    said = f"导入{len(done.new)}个指数，改动{len(done.changed)}个"
                    messages.success(request, said)
                    return redirect("admin:policy_indexvalue_changelist")
            preview = services.preview_series(text, within=within)
        context = self.admin_site.each_context(request) | {
            "title": "导入指数",
            "opts": self.opts,
            "form": form,
            "preview": preview,
            "seen": text,
            "shown": SHOWN,
        }
        status = 422 if form.errors or (preview and preview.wrong) else 200
        template = "admin/policy/indexvalue/import.html"
        return TemplateResponse(request, template, context, status=status)


@admin.register(Exemption)
class ExemptionAdmin(PolicyAdmin):
    form = ExemptionForm
    list_display = ["code", "provision", "approver", "document", "valid_from", "valid_until"]
    search_fields = ["code__startswith", "provision", "approver"]
    search_help_text = "社区代码、条款或批准机关"

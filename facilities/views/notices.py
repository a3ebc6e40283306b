"""告知函: a new one on a default, one with its answer, and the letter on paper."""

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.scope import DISTRICT
from communities.selectors.places import division_names
from communities.views.editing import edit_page
from facilities.choices import DefaultState
from facilities.forms.inspections import WithdrawStepForm
from facilities.forms.notices import AnswerForm, NoticeForm
from facilities.models import DefaultNotice
from facilities.selectors.defaults import find_default, find_notice, known_of
from facilities.services.notices import answer_notice, issue_notice, withdraw_notice
from facilities.services.withdrawn import may_take_back
from facilities.views.defaults import ISSUE, VIEW, trail
from facilities.views.inspections_steps import take_step
from facilities.views.papers import unknown


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required([VIEW, ISSUE], raise_exception=True)
def notice_new(request, pk):
    user, on = request.user, timezone.localdate()
    record = find_default(user, pk)
    if record is None:
        return unknown(request)
    back = reverse("facilities:builder_default", args=[pk])
    if record.state != DefaultState.OPEN:
        messages.warning(request, f"这件违约已于{record.remedied_on}纠正，不再发告知函")
        return redirect(back)

    def save(form):
        made = issue_notice(record=form.instance, by=user, on=on, at=timezone.now())
        messages.success(request, f"已登记告知函{made.doc_no}，打印盖章后发出")
        return reverse("facilities:notice", args=[made.pk])

    district = record.code[:DISTRICT]
    return edit_page(
        request,
        NoticeForm,
        DefaultNotice(default=record, code=record.code),
        save=save,
        context={
            "title": "发告知函",
            "subtitle": f"{record.project.name} · {record.get_kind_display()}",
            "submit": "登记告知函",
            "trail": trail((record.project.name, back), ("发告知函", "")),
            "cancel_url": back,
            "hints": [record.facts],
            "demo": record.is_demo,
        },
        district=division_names({district}, on).get(district, ""),
        issuer=user.office,
    )


@require_safe
@permission_required(VIEW, raise_exception=True)
def notice(request, pk):
    record = find_notice(request.user, pk)
    return unknown(request) if record is None else shown(request, record)


def shown(request, record, answer=None, withdraw=None, said="", status=200):
    """The page of a notice; `said` is why a step was not done."""
    user, on = request.user, timezone.localdate()
    default = record.default
    kept = record.withdrawn_at is None and user.has_perm(ISSUE)
    waits = record.withdrawn_at is None and record.answered_on is None
    url = reverse("facilities:builder_default", args=[default.pk])
    context = {
        "record": record,
        "default": default,
        "said": said,
        "waited": (on - record.issued_on).days if waits else None,
        "may_answer": kept,
        "may_withdraw": kept and may_take_back(record, user, ISSUE),
        "answer": answer or AnswerForm(record=record),
        "form": withdraw or WithdrawStepForm(record=record),
        "trail": trail((default.project.name, url), (record.doc_no, "")),
        "demo": record.is_demo,
    }
    return render(request, "facilities/notices/notice.html", context, status=status)


@require_safe
@permission_required(VIEW, raise_exception=True)
def notice_print(request, pk):
    record = find_notice(request.user, pk)
    if record is None:
        return unknown(request)
    default = record.default
    context = {
        "record": record,
        "default": default,
        "facts": default.facts.rstrip("。"),
        "clauses": known_of(default.project, default.found_on).clauses(default.kind),
        "back": reverse("facilities:notice", args=[pk]),
        "demo": record.is_demo,
    }
    return render(request, "facilities/notices/print.html", context)


@require_POST
@permission_required([VIEW, ISSUE], raise_exception=True)
def notice_answer(request, pk):
    record = find_notice(request.user, pk)
    if record is None:
        return unknown(request)
    form = AnswerForm(request.POST, record=record)

    def act():
        answer_notice(
            record=record,
            version=form.opened_version,
            answered_on=form.cleaned_data["answered_on"],
            answer=form.cleaned_data["answer"],
            on=timezone.localdate(),
        )
        return "已登记回复"

    def again(form, said, status):
        present = find_notice(request.user, pk)
        return shown(request, present, answer=form, said=said, status=status)

    url = reverse("facilities:notice", args=[pk])
    return take_step(request, form, url=url, act=act, shown=again)


@require_POST
@permission_required([VIEW, ISSUE], raise_exception=True)
def notice_withdraw(request, pk):
    record = find_notice(request.user, pk)
    if record is None:
        return unknown(request)
    form = WithdrawStepForm(request.POST, record=record)

    def act():
        withdraw_notice(
            record=record,
            version=form.opened_version,
            reason=form.cleaned_data["outcome"],
            by=request.user,
            at=timezone.now(),
        )
        return "已撤回告知函，文号可以重新使用"

    def again(form, said, status):
        present = find_notice(request.user, pk)
        return shown(request, present, withdraw=form, said=said, status=status)

    url = reverse("facilities:notice", args=[pk])
    return take_step(request, form, url=url, act=act, shown=again)

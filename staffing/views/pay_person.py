"""待遇 of one person: the standards with their trace, what was paid, awards; records of it."""

from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from communities.forms.ledger import PeriodForm
from communities.selectors.assessment import read_present
from communities.selectors.frame import get_frame
from communities.views.editing import edit_page
from communities.views.responses import frame_context
from staffing.forms.pay import PayRecordForm
from staffing.models import PayRecord
from staffing.selectors.awards import awards_for, communities_of
from staffing.selectors.pay import person_year
from staffing.selectors.pay_person import find_record, lines_of, years_of
from staffing.selectors.pay_units import yuan
from staffing.services.pay import add_record, change_record
from staffing.tables.pay import READINGS, payer_label
from staffing.tables.roster import name_of
from staffing.views.pay import RECORD, SEE_PERSONS, VIEW
from staffing.views.persons import of_person, trail_to, unknown


@require_safe
@of_person(VIEW, SEE_PERSONS)
def person_pay(request, person):
    user, present = request.user, read_present()
    years = years_of(user, person, timezone.localdate().year)
    period = PeriodForm(request.GET, years)
    made = person_year(user, person, period.chosen_year, present)
    frame = get_frame(person.code, made.year, years, made.on)
    return render(
        request,
        "staffing/pay/person.html",
        {
            **frame_context(frame, made.assessment),
            "person": person,
            "name": name_of(person),
            "ignored": period.ignored,
            "trail": trail_to(person, "待遇"),
            "parts": lines_of(made),
            "payers": [(payer_label(key), yuan(made.sums.payers[key])) for key in made.payers],
            "sums": made.sums,
            "awards": list(awards_for(user).filter(person=person)),
            "readings": READINGS,
            "may_record": user.has_perm(RECORD) and person.purged_at is None,
            "demo": person.is_demo,
        },
    )


def form_page(request, record, title, save):
    person = record.person
    address = (
        f"{reverse('staffing:person_pay', args=[person.pk])}?{urlencode({'year': record.year})}"
    )
    subtitle = name_of(person)
    if record.pk:
        subtitle += f"，{record.community.short_name}"
    if person.purged_at is not None:
        messages.warning(request, "个人信息已按保存期限清除，登记不再修改")
        return redirect(address)

    def saved(form):
        stored = save(form)
        messages.success(request, f"已保存{stored}的实发")
        return (
            f"{reverse('staffing:person_pay', args=[person.pk])}?{urlencode({'year': stored.year})}"
        )

    return edit_page(
        request,
        PayRecordForm,
        record,
        save=saved,
        context={
            "title": title,
            "subtitle": subtitle,
            "submit": "保存实发",
            "trail": trail_to(person, title),
            "cancel_url": address,
            "demo": person.is_demo,
        },
        communities=communities_of(request.user, person),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@of_person(VIEW, SEE_PERSONS, RECORD)
def pay_record_new(request, person):
    today = timezone.localdate()
    asked = request.GET.get("year", "")
    year = int(asked) if asked.isdecimal() and len(asked) == 4 else today.year
    last = 12 if year < today.year else today.month

    def save(form):
        return add_record(record=form.instance, by=request.user, on=today, at=timezone.now())

    record = PayRecord(
        person=person, year=year, first_month=1, last_month=last, pay_channel="funded"
    )
    return form_page(request, record, "登记实发", save)


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required([VIEW, SEE_PERSONS, RECORD], raise_exception=True)
def pay_record_edit(request, pk):
    record = find_record(request.user, pk)
    if record is None:
        return unknown(request)

    def save(form):
        return change_record(
            record=form.instance,
            fields=form.written,
            version=form.opened_version,
            reason=form.reason,
            on=timezone.localdate(),
        )

    return form_page(request, record, "修改实发", save)

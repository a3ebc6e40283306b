"""人员 of one community: its people by body on a day, beside what is required."""

from django.contrib.auth.decorators import permission_required
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from accounts.scope import STREET
from communities.forms.ledger import PeriodForm
from communities.selectors.assessment import get_assessment, read_present
from communities.services.parts import ended_words
from communities.views.one_community import of_community
from staffing.forms.roster import DayForm
from staffing.rules.groups import leads_both
from staffing.selectors.persons_community import get_staff
from staffing.selectors.roster import education_of
from staffing.tables.roster import EDUCATIONS, certificates_of, name_of


@require_safe
@permission_required("staffing.view_person", raise_exception=True)
@of_community()
def community_staff(request, page):
    form = DayForm(request.GET, {})
    present = read_present()
    years = present.versions.years
    # the facts of the day's year, else the latest
    year = form.on.year if form.on.year in years else PeriodForm({}, years).chosen_year
    assessment = get_assessment(request.user, page.community.code, year, form.on, present)
    staff = get_staff(request.user, page.community, form.on, assessment)
    roster = reverse("staffing:roster")
    context = {
        **page.context("staff", ("人员", "")),
        "staff": staff,
        "bodies": [body_of(body, form.on) for body in staff.bodies],
        "year_of_facts": year,
        "day": form.on,
        "ignored": form.ignored,
        "policies": [line.title for line in assessment.policy.lines],
        "ended_words": ended_words(page.community, page.community.short_name, page.on),
        "may_change": not page.ended and request.user.has_perm("staffing.change_person"),
        "left_url": f"{roster}?street={page.community.code[:STREET]}"
        f"&community={page.community.code}&state=left",
    }
    return render(request, "staffing/persons/community.html", context)


def body_of(body, on):
    """A body with the words of its people."""
    return {
        "body": body,
        "people": [
            {
                "person": row.person,
                "name": name_of(row.person),
                "held": row.appointments,
                "both": leads_both(one.post for one in row.appointments),
                "education": EDUCATIONS.get(education_of(row.person, on), ""),
                "certificates": certificates_of(row),
            }
            for row in body.rows
        ],
    }

"""What every page about a division or community stands in: year, policy date, assessment."""

from django.shortcuts import render

from communities.forms.ledger import PeriodForm
from communities.selectors.assessment import get_assessment, read_present
from communities.selectors.frame import get_frame
from communities.views.responses import frame_context


class Page:
    """Year, policy date and assessment of a page about one division or community."""

    def __init__(self, request, code, present=None, period=None):
        self.present = present or read_present()
        self.years = self.present.versions.years
        self.period = period or PeriodForm(request.GET, self.years)
        self.frame = get_frame(code, self.period.chosen_year, self.years, self.period.chosen_on)
        self.assessment = get_assessment(
            request.user, code, self.period.chosen_year, self.period.chosen_on, self.present
        )

    def context(self):
        notices = [
            {"tone": "warn", "strong": "", "text": text, "link": "", "label": ""}
            for text in self.period.ignored
        ]
        return {
            **frame_context(self.frame, self.assessment),
            "demo": self.assessment.register.is_demo,
            "notices": notices,
            "area_decimals": 2,
        }


def unknown(request, code):
    """The same answer for a code that does not exist and for one outside the user's scope."""
    return render(request, "404.html", {"code": code}, status=404)

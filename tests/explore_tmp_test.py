"""x."""
import datetime
import pytest
from tests.world import *
from communities.selectors.assessment import get_assessment
from communities.selectors.ledger import *
from portal.selectors.sheet import Sheet
from portal.selectors.needs import need_groups
from portal.selectors import workbench

@pytest.mark.django_db
def test_x(clerk, district_officer, city_officer, administrator):
    make_world()
    on = datetime.date(2026,12,31)
    a = get_assessment(district_officer, "371502", 2026, on)
    print(a.subjects, a.staff_subject, a.funding_subjects())
    L = get_ledger(a, Query("371502"))
    for r in L[0:100]: print(r)
    print(L.totals()); print(L.reasons())
    s = Sheet(a, "371502")
    for code, rows in s.parts(9): print(s.row(code, code, "", rows))
    t = s.totals()
    print(t); print(s.payer_labels)
    for c in s.checks([s.row(code, code, "", rows) for code, rows in s.parts(9)], t, "街道"): print(c)
    for u in s.unavailable(): print(u)
    for g in need_groups(a, 0):
        for n in g.needs: print(n)
    for x in workbench.standards(a, "371502"): print(x)
    for x in workbench.tasks(a, "371502"): print(x)
    for x in workbench.areas(a, "371502", {}): print(x)
    for x in workbench.reporting(a, "371502"): print(x)
    print([r.name for r in workbench.largest_gaps(a, "371502")])
    c = get_assessment(city_officer, "3715", 2026, on)
    for g in need_groups(c, 0):
        for n in g.needs: print(n.subject, n.required, n.low, n.high)
    a.reason(["community_workers"],0)

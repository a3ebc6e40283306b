"""Steps of a pool: propose, which keeps its parts as they stand, approve, return."""

from django.utils import timezone

from facilities.selectors.pools import divide, entered_weights, find_pool
from facilities.services.pools import freeze_parts
from facilities.views.plans import DECIDE, PROPOSE
from facilities.views.plans_steps import WHY, approved, of_record, returned, sent
from facilities.views.pools import shown

POOL = (find_pool, shown, "pool")


@of_record(PROPOSE, POOL)
def pool_propose(request, record, form, url):
    def freeze(held):
        divided = divide(request.user, held, timezone.localdate(), entered_weights(held))
        freeze_parts(held, divided)

    return sent(request, record, form, url, freeze=freeze)


pool_approve = of_record(DECIDE, POOL)(approved)
pool_return = of_record(DECIDE, POOL, WHY)(returned)

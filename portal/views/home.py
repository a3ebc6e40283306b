"""工作台: what is due for an office, what is short and where."""

from django.contrib.auth.decorators import permission_required
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.messages import newest
from collection.selectors.todo import get_board
from communities.selectors.places import division_names
from communities.views.ledger import staff_label
from facilities.selectors.todo import space_todos
from portal.selectors import workbench
from portal.views.frame import Page
from staffing.selectors.todo import staff_todos


@require_safe
@permission_required("communities.view_community", raise_exception=True)
def home(request):
    user, scope, today = request.user, request.user.scope, timezone.localdate()
    page = Page(request, scope)
    assessment = page.assessment
    width = workbench.CHILD_WIDTH.get(len(scope), 9)
    codes = {code[:width] for code in assessment.register.codes}
    areas = workbench.areas(assessment, scope, division_names(codes, page.frame.on))
    count = assessment.register.under(scope)
    board = get_board(user, today)
    return render(
        request,
        "portal/home.html",
        {
            **page.context(),
            "office": user.office,
            "scope_name": f"{page.frame.name}{count.stop - count.start}个社区",
            "banner": board.banner,
            "todo": [
                *workbench.by_due(board.todos, staff_todos(user, today), space_todos(user, today)),
                *workbench.act_tasks(user),
                *workbench.index_tasks(user, assessment),
                *workbench.tasks(
                    assessment, scope, collecting=assessment.register.year in board.years
                ),
            ],
            "todo_empty": workbench.nothing_to_do(board),
            "standards": workbench.standards(assessment, scope),
            "largest_gaps": workbench.largest_gaps(assessment, scope),
            "sections": workbench.sections(user, board, assessment.register.year),
            "reporting": workbench.reporting(assessment, scope),
            "calendar": board.calendar,
            "inbox": newest(user, workbench.MOST_MESSAGES),
            "staff_label": staff_label(assessment),
            "areas": areas,
            "area_label": workbench.AREA_LABELS.get(width, ""),
        },
    )

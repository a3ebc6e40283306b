"""Routes of change acts."""

from django.urls import path

from communities.views import acts, acts_edit, acts_steps

urlpatterns = [
    path("acts/", acts.acts, name="acts"),
    path("acts/new/", acts_edit.act_kinds, name="act_kinds"),
    path("acts/new/<slug:kind>/", acts_edit.act_new, name="act_new"),
    path("acts/<int:pk>/", acts.act, name="act"),
    path("acts/<int:pk>/print/", acts.act_print, name="act_print"),
    path("acts/<int:pk>/edit/", acts_edit.act_edit, name="act_edit"),
    path("acts/<int:pk>/papers/add/", acts_steps.act_paper_add, name="act_paper_add"),
    path("acts/<int:pk>/submit/", acts_steps.act_submit, name="act_submit"),
    path("acts/<int:pk>/pass/", acts_steps.act_pass, name="act_pass"),
    path("acts/<int:pk>/withdraw/", acts_steps.act_withdraw, name="act_withdraw"),
    path("acts/<int:pk>/return/", acts_steps.act_return, name="act_return"),
    path("acts/<int:pk>/decide/", acts_steps.act_decide, name="act_decide"),
    path("acts/<int:pk>/refuse/", acts_steps.act_refuse, name="act_refuse"),
    path("<community:code>/acts/", acts.community_acts, name="community_acts"),
]

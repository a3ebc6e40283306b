"""Routes of staffing: acts, their forms and papers."""

from django.urls import path

from staffing.views import act_forms, acts

urlpatterns = [
    path("staff/enter/", act_forms.enter, name="enter"),
    path("staff/persons/<int:pk>/add-post/", act_forms.add_post, name="add_post"),
    path("staff/persons/<int:pk>/promote/", act_forms.promote, name="promote"),
    path("staff/persons/<int:pk>/transfer/", act_forms.transfer, name="transfer"),
    path("staff/persons/<int:pk>/leave/", act_forms.leave, name="leave"),
    path("staff/acts/", acts.acts, name="acts"),
    path("staff/acts/<int:pk>/", acts.act, name="act"),
    path("staff/acts/<int:pk>/check/", acts.act_check, name="act_check"),
    path("staff/acts/<int:pk>/papers/new/", acts.paper_new, name="paper_new"),
    path("staff/papers/<int:pk>/", acts.paper, name="paper"),
]

"""Routes of corrections of confirmed facts."""

from django.urls import path

from collection.views import corrections

urlpatterns = [
    path("corrections/", corrections.corrections, name="corrections"),
    path(
        "communities/<community:code>/<int:year>/correct/",
        corrections.correction_new,
        name="correction_new",
    ),
    path("corrections/<int:pk>/", corrections.correction, name="correction"),
    path("corrections/<int:pk>/apply/", corrections.correction_apply, name="correction_apply"),
    path("corrections/<int:pk>/refuse/", corrections.correction_refuse, name="correction_refuse"),
    path(
        "corrections/<int:pk>/withdraw/",
        corrections.correction_withdraw,
        name="correction_withdraw",
    ),
]

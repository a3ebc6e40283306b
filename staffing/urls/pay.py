"""Routes of staffing: pay by the standards, what was paid, awards."""

from django.urls import path

from staffing.views import awards, pay, pay_person

urlpatterns = [
    path("staff/pay/", pay.pay, name="pay"),
    path("staff/pay/export.xlsx", pay.pay_xlsx, name="pay_xlsx"),
    path("staff/persons/<int:pk>/pay/", pay_person.person_pay, name="person_pay"),
    path("staff/persons/<int:pk>/pay/new/", pay_person.pay_record_new, name="pay_record_new"),
    path("staff/pay/records/<int:pk>/edit/", pay_person.pay_record_edit, name="pay_record_edit"),
    path("staff/awards/", awards.awards, name="awards"),
    path("staff/persons/<int:pk>/awards/new/", awards.award_new, name="award_new"),
    path("staff/awards/<int:pk>/", awards.award, name="award"),
    path("staff/awards/<int:pk>/decide/", awards.award_decide, name="award_decide"),
]

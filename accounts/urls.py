"""Routes of accounts."""

from django.urls import path

from accounts import views

app_name = "accounts"
urlpatterns = [
    path("login/", views.LoginView.as_view(), name="login"),
    path("logout/", views.LogoutView.as_view(), name="logout"),
    path("password/", views.PasswordView.as_view(), name="password"),
    path("", views.account, name="account"),
    path("messages/", views.messages_page, name="messages"),
    path("messages/read/", views.messages_read, name="messages_read"),
]

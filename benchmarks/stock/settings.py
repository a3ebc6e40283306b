"""Settings of the peer: Django's own apps and middleware, the admin as startproject makes it."""

from config.database import POOL
from config.settings import *  # noqa: F403, TID251 (same database, models, language)

ROOT_URLCONF = "benchmarks.stock.urls"
WSGI_APPLICATION = "benchmarks.stock.wsgi.application"
INSTALLED_APPS = [
    "django.contrib.admin" if app == "accounts.apps.BureauAdminConfig" else app
    for app in INSTALLED_APPS  # noqa: F405
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
FORM_RENDERER = "django.forms.renderers.DjangoTemplates"
AXES_ENABLED = False
# The peer has no scope of its own: it reads as the owner, with the same pool of connections.
DATABASES["default"]["OPTIONS"] |= {"pool": POOL}  # noqa: F405

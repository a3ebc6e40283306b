"""Settings of the tests: those of the house, on a throw-away server, with quick passwords."""

import os

os.environ.setdefault("SECRET_KEY", "only-for-tests-only-for-tests-only-for-tests")
os.environ.setdefault("IDENTITY_KEY", "identities-of-tests-identities-of-tests")
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # playwright keeps a loop in the tests' thread
os.environ["DATABASE_ROLE"] = "owner"  # makes the database; conftest steps down to gov_app

from config.embedded import Server
from config.settings import *

APP_DATABASE = {"USER": "gov_app"}
if os.environ.get("DATABASE_OWNER_URL"):
    APP_DATABASE |= {name: env.db_url("DATABASE_URL")[name] for name in ("USER", "PASSWORD")}
else:
    server = Server(VAR / "postgres-test", durable=False)
    server.start()
    DATABASES["default"]["HOST"] = str(server.sockets)
DATABASES["default"]["TEST"] = {"NAME": os.environ.get("TEST_DATABASE", "test_gov")}

# It looks at a process's first request: one test of each process would count its queries.
MIDDLEWARE.remove("config.middleware.DailyJobsMiddleware")

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES |= {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
WHITENOISE_AUTOREFRESH = True

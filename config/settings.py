"""Settings, read from the environment; every variable stands in .env.example."""

from datetime import timedelta
from pathlib import Path

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from config.database import database

BASE_DIR = Path(__file__).resolve().parent.parent
VAR = BASE_DIR / "var"

env = environ.FileAwareEnv()  # NAME_FILE=/run/secrets/x may stand for NAME
environ.Env.read_env(BASE_DIR / ".env")


def secret(name: str) -> str:
    """Take a key from the environment, or the one that ./run made; without it there is no start."""
    key: str = env.str(name, "")
    made = VAR / name.lower()
    if not key and made.exists():
        key = made.read_text().strip()
    if len(key) < 32:
        raise ImproperlyConfigured(
            f"{name} 未设置或不足 32 个字符：设置它，或用 ./run 启动 · {name} is missing or "
            "shorter than 32 characters: set it, or start with ./run"
        )
    return key


# Core
DEBUG = env.bool("DEBUG", False)
SECRET_KEY = secret("SECRET_KEY")
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", str, [])
# under it identity numbers of staff are hashed: with another one nobody is found again
IDENTITY_KEY = secret("IDENTITY_KEY")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", str, ["127.0.0.1", "localhost", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", str, [])
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "portal",
    "staffing",
    "facilities",
    "collection",
    "communities",
    "policy",
    "accounts.apps.AccountsConfig",
    "accounts.apps.BureauAdminConfig",
    "django.forms",  # so that HouseRenderer finds the stock widgets
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "pghistory",
    "pgtrigger",
    "axes",
    "csp",
    "django_htmx",
]

MIDDLEWARE = [
    # These three come first: static files and answers to errors carry their headers as well.
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "config.middleware.ClientAddressMiddleware",
    "config.middleware.NoStoreMiddleware",
    # Before anybody is known: an act that takes effect may change a person's scope.
    "config.middleware.DailyJobsMiddleware",
    "config.middleware.BodyLimitMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "accounts.sessions.SessionLimitMiddleware",
    "accounts.sessions.AccessLogMiddleware",
    "config.middleware.ControlCharacterMiddleware",
    "config.middleware.LoginMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "config.middleware.SlowQueryMiddleware",
    # Opens the request's transaction and sets its scope: everything below it sees scoped rows.
    "accounts.scope.ScopeMiddleware",
    "axes.middleware.AxesMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

FORM_RENDERER = "portal.renderers.HouseRenderer"
# levels of messages (django.contrib.messages.constants) as the tones of a banner
MESSAGE_TAGS = {20: "", 25: "ok", 30: "warn", 40: "bad"}
# messages name persons: they wait in the database, not in a cookie
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

# Database: gov_app serves requests, gov_owner migrates and loads (manage.py)
DATABASES = {"default": database(env, env.str("DATABASE_ROLE", "app"), VAR)}

# Accounts
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "accounts.backends.RoleBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "accounts.passwords.LengthValidator"},
    {"NAME": "accounts.passwords.KindsValidator"},
    {"NAME": "accounts.passwords.ContextValidator"},
    {"NAME": "accounts.passwords.CommonValidator"},
]
PASSWORD_MAX_AGE_DAYS = env.int("PASSWORD_MAX_AGE_DAYS", 90)
LOGIN_URL = "accounts:login"
LOGIN_REDIRECT_URL = "portal:home"
LOGOUT_REDIRECT_URL = "accounts:login"
SESSION_IDLE_LIMIT = timedelta(minutes=30)
SESSION_ABSOLUTE_LIMIT = timedelta(hours=12)
SESSION_COOKIE_AGE = int(SESSION_ABSOLUTE_LIMIT.total_seconds())
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"

# Lockout: by account and address together, so that nobody can lock a colleague out
AXES_FAILURE_LIMIT = 5
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_USERNAME_CALLABLE = "accounts.backends.counted_username"
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_RESET_ON_SUCCESS = True
AXES_HTTP_RESPONSE_CODE = 429
AXES_LOCKOUT_TEMPLATE = "accounts/locked.html"
AXES_VERBOSE = False
AXES_ENABLE_ADMIN = False  # the access log of accounts is what people read

# Transport: behind TLS (Caddy in docker-compose.yml) cookies are secure and browsers stay on https
BEHIND_TLS = env.bool("BEHIND_TLS", False)
TRUSTED_PROXIES = env.list("TRUSTED_PROXIES", str, [])
if BEHIND_TLS:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_SSL_REDIRECT = True
    SECURE_REDIRECT_EXEMPT = [r"^health/$"]
    SECURE_HSTS_SECONDS = 31_536_000
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    },
}

# Language and time: Chinese, written where it is used; no gettext of ours
LANGUAGE_CODE = "zh-hans"
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True
USE_I18N = True
FORMAT_MODULE_PATH = ["config.formats"]

# Static files
STATIC_URL = "static/"
STATIC_ROOT = VAR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}

# Which office is asked when no policy is in force: 聊城市 + BUREAU_NAME
BUREAU_NAME = env.str("BUREAU_NAME", "民政局")

# E-mail: reminders only, to those who gave an address; without EMAIL_URL none is sent
MAIL = env.email_url_config(env.str("EMAIL_URL", "") or "dummymail://")
EMAIL_BACKEND = MAIL["EMAIL_BACKEND"]
EMAIL_HOST = MAIL["EMAIL_HOST"] or ""
EMAIL_USE_TLS, EMAIL_USE_SSL = MAIL.get("EMAIL_USE_TLS", False), MAIL.get("EMAIL_USE_SSL", False)
EMAIL_PORT = MAIL["EMAIL_PORT"] or (465 if EMAIL_USE_SSL else 25)
EMAIL_HOST_USER = MAIL["EMAIL_HOST_USER"] or ""
EMAIL_HOST_PASSWORD = MAIL["EMAIL_HOST_PASSWORD"] or ""
EMAIL_TIMEOUT = 10  # seconds
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", "noreply@localhost")
# What e-mails' links begin with; without it they hold none
SITE_ADDRESS = env.str("SITE_ADDRESS", "").rstrip("/")

# Uploads stay in memory: nothing of them is left on the disk
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler"]
PAPER_SIZE_LIMIT = 20 * 1024 * 1024  # bytes of one paper of the register
# Rows and bytes of one file of facts: of a street, and of whoever may import a whole city
UPLOAD_ROWS, UPLOAD_BYTES = 20_000, 10 * 1024 * 1024
UPLOAD_ROWS_BULK, UPLOAD_BYTES_BULK = 700_000, 60 * 1024 * 1024
UPLOAD_KEEP_DAYS = env.int("UPLOAD_KEEP_DAYS", 90)  # rows of finished imports; the record stays
# Years after the last post for which names, telephones and papers of staff are kept
STAFF_KEPT_YEARS = env.int("STAFF_KEPT_YEARS", 10)
# The largest body that is read, and that of the one page which takes a whole city's file
BODY_LIMIT = PAPER_SIZE_LIMIT + 4 * 1024 * 1024
BODY_LIMITS = {"/imports/new/": UPLOAD_BYTES_BULK + 4 * 1024 * 1024}
# Django drops the files of a larger body without a word.
FILE_UPLOAD_MAX_MEMORY_SIZE = max(BODY_LIMIT, *BODY_LIMITS.values())
DOSSIER_SIZE_LIMIT = 300 * 1024 * 1024  # bytes of papers in one dossier
DATA_UPLOAD_MAX_MEMORY_SIZE = 11 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000

# Logging: to standard error, without personal data
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "()": "config.logs.ImpersonalFormatter",
            "format": "%(asctime)s %(levelname)s %(name)s %(message)s",
        },
    },
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": env.str("LOG_LEVEL", "INFO")},
    "loggers": {
        "django": {"handlers": [], "level": "INFO", "propagate": True},
        "django.server": {"handlers": [], "propagate": True},
        "axes": {"level": "ERROR"},  # its warnings name the account; the table keeps them
        "django.security.DisallowedHost": {"level": "CRITICAL"},  # scanners, answered with 400
    },
}

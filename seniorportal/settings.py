"""Settings read the environment and nothing else.

``PORTAL_DEMO=1`` is what portal.py and manage.py set where they run a PostgreSQL of their own.
"""

import os
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import pghistory
from django.core.exceptions import ImproperlyConfigured
from psycopg import ProgrammingError
from psycopg.conninfo import conninfo_to_dict

from seniorportal import house_login

BASE_DIR = Path(__file__).resolve().parent.parent
HOME = Path(os.environ.get("PORTAL_HOME") or BASE_DIR / ".local")
DEMO = os.environ.get("PORTAL_DEMO") == "1"


def required(name: str, in_demo: str) -> str:
    """The variable's value; only the demo may do without."""
    value = os.environ.get(name, "").strip()
    if not value and not DEMO:
        raise ImproperlyConfigured(
            f"{name} fehlt in der Umgebung: Ohne diese Angabe startet das Portal nicht."
        )
    return value or in_demo


def number(name: str, default: int) -> int:
    value = os.environ.get(name) or str(default)
    if not value.isdigit():
        raise ImproperlyConfigured(f"{name} muss eine Zahl sein.")
    return int(value)


def switch(name: str, default: bool) -> bool:
    value = os.environ.get(name, "").strip()
    if value not in ("", "0", "1"):
        raise ImproperlyConfigured(f"{name} muss 0 oder 1 sein.")
    return value == "1" if value else default


# Behind a PgBouncer that pools by transaction and keeps no prepared statements: PORTAL_PREPARED_STATEMENTS=0.
PREPARE = switch("PORTAL_PREPARED_STATEMENTS", default=True)


def database(url: str) -> dict[str, Any]:
    try:
        parts = conninfo_to_dict(url)
    except ProgrammingError:
        raise ImproperlyConfigured(
            "DATABASE_URL ist keine gültige Adresse (postgresql://konto@rechner/datenbank)."
        ) from None
    names = {"dbname": "NAME", "user": "USER", "password": "PASSWORD", "host": "HOST", "port": "PORT"}
    settings: dict[str, Any] = {setting: str(parts.pop(part, "") or "") for part, setting in names.items()}
    return settings | {
        "ENGINE": "django.db.backends.postgresql",
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        # At once or never: only the statements of seniorportal.prepared bind their values on the server.
        "OPTIONS": {"connect_timeout": 3, "prepare_threshold": 0 if PREPARE else None, **parts},
    }


SECRET_KEY = required("SECRET_KEY", in_demo="demo-only-and-never-signed-with-outside")
# Earlier keys, with commas: what was signed or sealed with them stays good while the new one takes over.
SECRET_KEY_FALLBACKS = [key for key in os.environ.get("SECRET_KEY_FALLBACKS", "").split(",") if key]
ALLOWED_HOSTS = required("ALLOWED_HOSTS", in_demo="127.0.0.1,localhost,[::1],testserver").split(",")
DEBUG = False

# Requests are served by portal_app, which cannot change a table; commands run as portal_owner.
_as_owner = os.environ.get("PORTAL_DATABASE_ROLE") == "owner" and os.environ.get("DATABASE_OWNER_URL")
DATABASES = {
    "default": database(_as_owner or required("DATABASE_URL", in_demo="postgresql://portal_app@/portal"))
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "seniorportal",
    "begegnung",
    "stadtteilzentrum",
    "seniorenbuero",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "pgtrigger",
    "pghistory",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "csp",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "seniorportal.middleware.PermissionsPolicy",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "seniorportal.middleware.KeptByTheBrowser",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "seniorportal.middleware.OneTransaction",
    "seniorportal.middleware.ClosedByDefault",
    "seniorportal.accounts.middleware.SecondFactor",
    "seniorportal.middleware.HistoryContext",
    "seniorportal.middleware.ConflictPage",
    "allauth.account.middleware.AccountMiddleware",
]

ROOT_URLCONF = "seniorportal.urls"
WSGI_APPLICATION = "seniorportal.wsgi.application"
STAFF_PATHS = (
    "/verwaltung/",
    "/uebersicht/",
    "/begegnung/verwalten/",
    "/stadtteilzentrum/verwalten/",
    "/seniorenbuero/",
)

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
    }
]

LANGUAGE_CODE = "de"
LANGUAGES = [("de", "Deutsch")]
TIME_ZONE = "Europe/Berlin"
USE_TZ = True
USE_THOUSAND_SEPARATOR = False
FORMAT_MODULE_PATH = None
FORMS_URLFIELD_ASSUME_HTTPS = True

STATIC_URL = "/static/"
STATIC_ROOT = HOME / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "seniorportal.storage.FingerprintedFiles"},
}

# Room for counters of failed logins: a full cache throws a third of them away, and with them who was locked out.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache",
        "OPTIONS": {"MAX_ENTRIES": 200_000},
    }
}
SESSION_ENGINE = "seniorportal.accounts.sessions"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 10 * 60 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
CSRF_FAILURE_VIEW = "seniorportal.public.errors.csrf_failure"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

# Login
AUTH_USER_MODEL = "seniorportal.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
PASSWORD_RESET_TIMEOUT = 60 * 60
LOGIN_REDIRECT_URL = "staff:overview"
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_ADAPTER = "seniorportal.accounts.adapter.Adapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_USER_DISPLAY = "seniorportal.accounts.adapter.display"
# Failures count for the address and for the name, whether the name exists or not; they count in every worker.
ACCOUNT_RATE_LIMITS = {
    "login": "60/m/ip",
    "login_failed": "30/m/ip" if DEMO else "10/m/ip,5/5m/key,50/d/key",
}

ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # nobody gets mail because somebody else typed an address

# The second factor: demanded of every role that meets persons (accounts/factor.py); the demo asks nobody.
PORTAL_REQUIRE_MFA = switch("PORTAL_REQUIRE_MFA", default=not DEMO)
MFA_ADAPTER = "seniorportal.accounts.adapter.FactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_TOTP_TOLERANCE = 1  # clocks differ
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_ALLOW_UNVERIFIED_EMAIL = True  # nobody signs up: addresses come from the inviter

ALLAUTH_TRUSTED_PROXY_COUNT = number("PORTAL_TRUSTED_PROXIES", 0)

# Transport and headers
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
if not DEMO:
    SECURE_SSL_REDIRECT = True
    SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True
    if ALLAUTH_TRUSTED_PROXY_COUNT:
        SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
_self = ["'self'"]
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": _self,
        "style-src": _self,
        "img-src": _self,
        "font-src": _self,
        "connect-src": _self,
        "form-action": _self,
        "frame-ancestors": ["'none'"],
        "base-uri": ["'none'"],
    }
}
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000

# The login that a house already has, only where the environment names it: docs/anmeldung-oidc.md.
PORTAL_HOUSE_LOGIN = house_login.read(os.environ, demo=DEMO)
if PORTAL_HOUSE_LOGIN:
    INSTALLED_APPS += house_login.APPS
    SOCIALACCOUNT_ADAPTER = "seniorportal.accounts.oidc.Adapter"
    SOCIALACCOUNT_PROVIDERS = PORTAL_HOUSE_LOGIN.providers
    CONTENT_SECURITY_POLICY["DIRECTIVES"]["form-action"] = [*_self, PORTAL_HOUSE_LOGIN.origin]

# History by triggers; the context keeps who and the name of the page, never a path.
PGHISTORY_DEFAULT_TRACKERS = (pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
PGHISTORY_INSTALL_CONTEXT_FUNC_ON_MIGRATE = True

# Links in mails lead here. Without a mail server the mails of a real portal wait; those of the demo become files.
_address = f"http://127.0.0.1:{os.environ.get('PORT') or 8000}" if DEMO else f"https://{ALLOWED_HOSTS[0]}"
PORTAL_ADDRESS = (os.environ.get("PORTAL_ADDRESS") or _address).rstrip("/")
DEFAULT_FROM_EMAIL = os.environ.get("PORTAL_MAIL_FROM") or f"portal@{ALLOWED_HOSTS[0]}"
_smtp = urlsplit(os.environ.get("PORTAL_SMTP_URL", ""))
PORTAL_MAIL_READY = DEMO or bool(_smtp.hostname)
if _smtp.hostname:
    EMAIL_HOST, EMAIL_PORT = _smtp.hostname, _smtp.port or 587
    EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = unquote(_smtp.username or ""), unquote(_smtp.password or "")
    EMAIL_USE_SSL = _smtp.scheme == "smtps"
    EMAIL_USE_TLS = _smtp.scheme == "smtp+starttls"
else:
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = HOME / "mail"
EMAIL_TIMEOUT = 20
# The keys of sealed texts: the path of a file or the ring itself, else the systemd credential "portal-keys".
PORTAL_KEYS = os.environ.get("PORTAL_KEYS", "").strip()
if not PORTAL_KEYS and (_credentials := os.environ.get("CREDENTIALS_DIRECTORY")):
    PORTAL_KEYS = str(Path(_credentials) / "portal-keys")
PORTAL_KEYS_MADE_HERE = DEMO and not PORTAL_KEYS
if PORTAL_KEYS_MADE_HERE:
    PORTAL_KEYS = str(HOME.resolve() / "keys")

# The one number that is always right. The demo has one of those that the Bundesnetzagentur keeps for fiction.
PORTAL_CITY_PHONE = required("PORTAL_CITY_PHONE", in_demo="030 23125 000")

# The cover of the Kurzbericht; committees change their names with the councils.
PORTAL_REPORT_TITLE = os.environ.get("PORTAL_REPORT_TITLE") or "Kurzbericht zur Offenen Seniorenarbeit"
PORTAL_REPORT_PUBLISHER = (
    os.environ.get("PORTAL_REPORT_PUBLISHER")
    or "Arbeitsgemeinschaft der Verbände der Freien Wohlfahrtspflege in Dortmund"
)
PORTAL_REPORT_COMMITTEE = (
    os.environ.get("PORTAL_REPORT_COMMITTEE") or "Ausschuss für Soziales, Arbeit und Gesundheit"
)

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}

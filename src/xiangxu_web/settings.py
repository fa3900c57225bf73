"""Django's settings, made from ``configuration``. Nothing here is meant to be edited on a server: set the environment."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from xiangxu_web.configuration import read_configuration
from xiangxu_web.kernel.operation.logs import logging_settings
from xiangxu_web.kernel.sqlite import use_sound_sqlite

use_sound_sqlite()
CONFIGURATION = read_configuration()
HERE = Path(__file__).parent

SECRET_KEY = CONFIGURATION.secret
DEBUG = CONFIGURATION.debug
ALLOWED_HOSTS = list(CONFIGURATION.hosts)
ROOT_URLCONF = "xiangxu_web.urls"
WSGI_APPLICATION = "xiangxu_web.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
DATABASES: dict[str, Any] = {"default": CONFIGURATION.database()}
# Rate limits and used one-time passwords must be seen by every worker process: a cache in the database, not in the process.
# Large enough that a flood of wrong names cannot push out the count of somebody's wrong passwords.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "xiangxu_web_cache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django_htmx",
    "csp",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "xiangxu_web",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "xiangxu_web.kernel.middleware.RequestNames",
    "xiangxu_web.kernel.middleware.NoCopies",
    "xiangxu_web.kernel.operation.request_log.RequestLog",
    # Before whatever may answer by itself (a redirect to the stroke, a sign-in), so that these answers are guarded too.
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "xiangxu_web.workspaces.accounts.middleware.ActivePost",
    "xiangxu_web.kernel.middleware.Refusals",
]
_FOLDERS = [HERE / "kernel", HERE / "desk", *sorted(p for p in (HERE / "workspaces").iterdir() if p.is_dir())]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [folder / "templates" for folder in _FOLDERS],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "xiangxu_web.kernel.frame.frame",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "xiangxu_web.kernel.components.tags",
                "xiangxu_web.workspaces.areas.tags",
            ],
            "libraries": {"components": "xiangxu_web.kernel.components.tags"},
        },
    }
]

AUTH_USER_MODEL = "xiangxu_web.Person"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "start"
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("login", "name", "phone")},
    },
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": CONFIGURATION.password_length},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
    {
        "NAME": "xiangxu_web.workspaces.accounts.passwords.SeveralClasses",
        "OPTIONS": {"classes": CONFIGURATION.password_classes},
    },
    {"NAME": "xiangxu_web.workspaces.accounts.passwords.NotTheSame"},
    {"NAME": "xiangxu_web.workspaces.accounts.passwords.NotAFormer"},
]
ACCOUNT_USER_MODEL_USERNAME_FIELD = "login"
ACCOUNT_USER_MODEL_EMAIL_FIELD = "email"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_ADAPTER = "xiangxu_web.workspaces.accounts.adapters.ClosedDoor"
SOCIALACCOUNT_ADAPTER = "xiangxu_web.workspaces.accounts.adapters.KnownPeopleOnly"
ACCOUNT_FORMS = {
    "login": "xiangxu_web.workspaces.accounts.forms.SignIn",
    "change_password": "xiangxu_web.workspaces.accounts.forms.ChangePassword",
    "set_password": "xiangxu_web.workspaces.accounts.forms.SetPassword",
    "reauthenticate": "xiangxu_web.workspaces.accounts.forms.AskPassword",
}
# Shared machines in schools: a session ends with the browser.
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_RATE_LIMITS = {
    "login": "60/m/ip",
    # A whole office may stand behind one address, so the limit on the address is wide, the one on the account narrow.
    "login_failed": "30/m/ip,5/10m/key",
    "entry_code": "20/10m/key",
    "unknown_link": "30/10m/key",
    "change_password": "5/m/user",
    "reauthenticate": "10/m/user",
}
ACCOUNT_REAUTHENTICATION_TIMEOUT = 600
USERSESSIONS_TRACK_ACTIVITY = False
USERSESSIONS_ADAPTER = "xiangxu_web.workspaces.accounts.adapters.EndedSessions"
ALLAUTH_TRUSTED_PROXY_COUNT = CONFIGURATION.proxies
SOCIALACCOUNT_PROVIDERS = CONFIGURATION.sign_on()
MFA_ADAPTER = "xiangxu_web.workspaces.accounts.adapters.KeptFactor"
MFA_FORMS = {
    "authenticate": "xiangxu_web.workspaces.accounts.forms.FactorCode",
    "reauthenticate": "xiangxu_web.workspaces.accounts.forms.FactorCodeAgain",
    "activate_totp": "xiangxu_web.workspaces.accounts.forms.FirstFactorCode",
}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "庠序"
SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = CONFIGURATION.https
SESSION_ENGINE = "django.contrib.sessions.backends.db"
SECURE_SSL_REDIRECT = CONFIGURATION.https
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if CONFIGURATION.https else None
SECURE_HSTS_SECONDS = 31536000 if CONFIGURATION.https else 0
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "worker-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF, *([CONFIGURATION.single_sign_on] if CONFIGURATION.single_sign_on else [])],
        "img-src": [SELF, "data:"],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

LANGUAGE_CODE = "zh-hans"
LANGUAGE_COOKIE_AGE = 365 * 24 * 3600
LANGUAGES = [("zh-hans", _("中文")), ("en", "English")]
LOCALE_PATHS = [HERE / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"
FORMAT_MODULE_PATH = ["xiangxu_web.formats"]

STATIC_URL = "static/"
STATIC_ROOT = CONFIGURATION.home / "static"
FRONT_END = HERE.parent.parent / "build" / "front-end"
STATICFILES_DIRS = [
    *(folder / "static" for folder in _FOLDERS if (folder / "static").is_dir()),
    *([FRONT_END] if FRONT_END.is_dir() else []),
]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
FILE_UPLOAD_HANDLERS = [
    "xiangxu_web.kernel.files.fields.Bounded",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
# A grid of 170 schools with six fields each is one form.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
TEST_RUNNER = "django.test.runner.DiscoverRunner"
LOGGING = logging_settings(DEBUG)

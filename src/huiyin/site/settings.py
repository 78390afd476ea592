"""Django's settings: safe by default; what may vary comes from the HUIYIN_… variables read here.

| variable | default | meaning |
| --- | --- | --- |
| HUIYIN_DATA | ./data | folder of database, keys and files |
| HUIYIN_DATABASE | SQLite in the data folder | sqlite:///path or postgresql://user:password@host:port/name[?pooling=transaction] |
| HUIYIN_HOSTS | none | further host names to answer to, separated by commas |
| HUIYIN_HTTPS | 0 | 1 when every visitor comes through https: secure cookies, HSTS, trust in X-Forwarded-Proto |
| HUIYIN_TRUSTED_PROXIES | none | addresses and networks of our own proxies, whose X-Forwarded-For is believed |
| HUIYIN_URL | none | the address under which people reach us, for links in messages: https://tousu.example.cn |
| HUIYIN_PRIVATE_TARGETS | none | hosts, addresses, networks of our own that messages may go to, each with `:port` or for all |
| HUIYIN_METRICS_TOKEN | none | whoever sends it as bearer reads /metrics; without it there is no such page |
| HUIYIN_DEBUG | 0 | 1 shows errors in full; never on a machine others can reach |
| HUIYIN_COMPONENTS | as HUIYIN_DEBUG | 1 serves the living component sheet at /_components/ |
| HUIYIN_PROCESSES | 1 | processes of `huiyin serve` that serve pages |
| HUIYIN_SESSION_HOURS | 12 | hours without a request after which staff sign in again |
| HUIYIN_LOG_LEVEL | INFO | DEBUG, INFO, WARNING or ERROR |
"""

from datetime import timedelta
from importlib.util import find_spec
from pathlib import Path

from huiyin.site import environment
from huiyin.site.database import database_settings
from huiyin.site.keys import load_or_create_key
from huiyin.site.logs import logging_settings

SITE = Path(__file__).parent
HUIYIN_DATA = environment.data_folder()

DEBUG = environment.flag("HUIYIN_DEBUG", default=False)
HUIYIN_COMPONENTS = environment.flag("HUIYIN_COMPONENTS", default=DEBUG)
HTTPS = environment.flag("HUIYIN_HTTPS", default=False)
HUIYIN_URL = environment.text("HUIYIN_URL")
HUIYIN_METRICS_TOKEN = environment.text("HUIYIN_METRICS_TOKEN")
HUIYIN_PRIVATE_TARGETS = environment.names("HUIYIN_PRIVATE_TARGETS", ())
HUIYIN_TRUSTED_PROXIES = environment.names("HUIYIN_TRUSTED_PROXIES", ())

# --- Secrets: made at first start, kept in the data folder, outside database and repository -----------------------
SECRET_KEY = load_or_create_key(HUIYIN_DATA, "site").hex()

# --- Applications ---------------------------------------------------------------------------------------------------
_FACES = ["huiyin.portal", "huiyin.workbench", "huiyin.api"]


def _is_there(name: str) -> bool:
    spec = find_spec(name)
    return spec is not None and spec.origin is not None


INSTALLED_APPS = [
    "huiyin.site",
    "huiyin.organisations",
    "huiyin.store",
    "huiyin.notices",
    "huiyin.jobs",
    "huiyin.documents",
    *filter(_is_there, _FACES),
    "ninja",
    "axes",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
]
HUIYIN_JOB_KINDS = (    # see huiyin.jobs.kinds
    "huiyin.application.rebuilding.REBUILD",
    "huiyin.documents.export_jobs.CASE_LIST",
    "huiyin.documents.export_jobs.REGISTER",
    "huiyin.documents.simulation_job.SIMULATION",
    "huiyin.importer.import_job.IMPORT",
)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

MIDDLEWARE = [
    "huiyin.site.proxies.behind_proxies",
    "huiyin.site.middleware.request_context",
    "huiyin.site.middleware.bounded_waiting",
    "huiyin.site.middleware.security_headers",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "huiyin.site.middleware.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "huiyin.site.middleware.SignInRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "huiyin.site.urls"
WSGI_APPLICATION = "huiyin.site.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": ["django.templatetags.i18n", "django.templatetags.static", "huiyin.site.templatetags.huiyin"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "huiyin.site.context.frame",
            ],
        },
    }
]
FORM_RENDERER = "huiyin.site.forms.Renderer"

# --- Database ---------------------------------------------------------------------------------------------------------
DATABASES = {"default": database_settings(environment.text("HUIYIN_DATABASE"), HUIYIN_DATA)}

# --- Who may come in: everybody signs in, except on views marked with django's login_not_required -----------------------
LOGIN_URL = "sign-in"
LOGIN_REDIRECT_URL = "/desk/"
LOGOUT_REDIRECT_URL = "/"
HUIYIN_OWN_SIGN_IN = ("/api/",)  # these check a token of their own on every route (deny by default there, too)
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
# Five wrong passwords for one name from one address close that pair for a quarter of an hour; others sign in as ever.
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_TEMPLATE = "registration/locked.html"
AXES_VERBOSE = False
AXES_ENABLE_ADMIN = False

# --- Cookies, transport, headers ---------------------------------------------------------------------------------------
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]", *environment.names("HUIYIN_HOSTS", ())]
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in environment.names("HUIYIN_HOSTS", ())] if HTTPS else []
CSRF_FAILURE_VIEW = "huiyin.site.errors.csrf_failure"
CSRF_COOKIE_HTTPONLY = True  # forms and htmx carry the token in the page
CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_NAME = "huiyin_session"
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = environment.number("HUIYIN_SESSION_HOURS", 12) * 3600
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = HTTPS
LANGUAGE_COOKIE_NAME = "huiyin_language"
LANGUAGE_COOKIE_SAMESITE = "Lax"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "default-src": "'self'",
    "img-src": "'self' data: blob:",
    "object-src": "'none'",
    "base-uri": "'none'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
}

# --- Uploads: what a form may carry at all; limits of one file are the regime's ------------------------------------------
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
HUIYIN_LARGEST_REQUEST = 1_100 * 1024 * 1024  # twenty files of the largest size a face takes, and what stands around them
FILE_UPLOAD_HANDLERS = [
    "huiyin.site.uploads.WholeRequestLimit",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
DATA_UPLOAD_MAX_NUMBER_FILES = 30
FILE_UPLOAD_PERMISSIONS = 0o600

# --- Static files: built into site/static/build, served by the process itself ---------------------------------------------
STATIC_URL = "/static/"
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": HUIYIN_DATA / "files"},
    },
    "staticfiles": {"BACKEND": "huiyin.site.storage.VersionedStaticFiles"},
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG
WHITENOISE_MAX_AGE = 0 if DEBUG else 31_536_000  # addresses carry a digest of the content, so they never grow stale

# --- Language and time ---------------------------------------------------------------------------------------------------
LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
LOCALE_PATHS = [SITE / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"
FORMAT_MODULE_PATH = "huiyin.site.formats"

# --- Logs: one JSON object a line, to standard error -----------------------------------------------------------------------
LOGGING_CONFIG = "huiyin.site.logs.configure"
LOGGING = logging_settings(environment.text("HUIYIN_LOG_LEVEL", "INFO"))

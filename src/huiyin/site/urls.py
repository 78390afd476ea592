"""Addresses: / portal, /desk/ workbench, /api/v1/ interface, /accounts/ sign-in, /healthz, /metrics."""

from importlib.util import find_spec

from django.conf import settings
from django.contrib.auth import views as auth
from django.contrib.auth.decorators import login_not_required
from django.urls import URLPattern, URLResolver, include, path
from django.views.i18n import set_language

from huiyin.site import views
from huiyin.site.accounts import PasswordForm, SignInForm

handler400 = "huiyin.site.errors.bad_request"
handler403 = "huiyin.site.errors.permission_denied"
handler404 = "huiyin.site.errors.page_not_found"
handler500 = "huiyin.site.errors.server_error"

FACES = (
    ("", "huiyin.workbench.operating_urls"),
    ("desk/", "huiyin.workbench.urls"),
    ("api/v1/", "huiyin.api.urls"),
    ("", "huiyin.portal.urls"),
)

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", views.health, name="health"),
    path("language/", login_not_required(set_language), name="set-language"),
    path("accounts/sign-in/", auth.LoginView.as_view(form_class=SignInForm, redirect_authenticated_user=True), name="sign-in"),
    path("accounts/sign-out/", auth.LogoutView.as_view(), name="sign-out"),
    path("accounts/password/", auth.PasswordChangeView.as_view(form_class=PasswordForm, success_url="/desk/"), name="change-password"),
]
if settings.HUIYIN_COMPONENTS:
    urlpatterns += [
        path("_components/", views.components, name="components"),
        path("_components/desk/", views.frames, {"face": "desk"}),
        path("_components/portal/", views.frames, {"face": "portal"}),
    ]
urlpatterns += [
    path(prefix, include(module))
    for prefix, module in FACES
    if find_spec(module.rpartition(".")[0]) and find_spec(module)
]

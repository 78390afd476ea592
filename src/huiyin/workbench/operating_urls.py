"""Addresses for whoever operates the server: whether it can serve, and figures for Prometheus."""

from django.urls import path

from huiyin.workbench.views import operating

urlpatterns = [
    path("healthz/live", operating.live, name="health-live"),
    path("healthz/ready", operating.ready, name="health-ready"),
    path("metrics", operating.metrics_page, name="metrics"),
]

"""Addresses of the portal: at / for the first organisation, at /o/<slug>/ for each of them."""

from django.urls import include, path

from huiyin.portal.views import acts, filing, home, outside, papers, receipt, regimes, replies, sources, tracking

pages = [
    path("", home.home, name="portal-home"),
    path("file/<slug:regime>/", filing.file, name="portal-file"),
    path("receipt/", receipt.receipt, name="portal-receipt"),
    path("receipt/print/", receipt.printed, name="portal-receipt-print"),
    path("track/", tracking.enter, name="portal-track"),
    path("track/leave/", tracking.leave, name="portal-leave"),
    path("track/case/", tracking.case, name="portal-case"),
    path("track/case/files/<uuid:attachment>/", tracking.attachment, name="portal-attachment"),
    path("track/case/papers/<str:key>/", papers.tracked, name="portal-paper"),
    path("track/case/papers/<str:key>/pdf/", papers.tracked_pdf, name="portal-paper-pdf"),
    path("track/case/say/", acts.say, name="portal-say"),
    path("track/case/rate/", acts.rate, name="portal-rate"),
    path("track/case/complete/", acts.complete, name="portal-complete"),
    path("track/case/do/<slug:work>/", acts.do, name="portal-do"),
    path("outside/case/", outside.case, name="portal-outside-case"),
    path("outside/case/files/<uuid:attachment>/", outside.attachment, name="portal-outside-attachment"),
    path("outside/case/papers/<str:key>/", papers.outside, name="portal-outside-paper"),
    path("outside/case/papers/<str:key>/pdf/", papers.outside_pdf, name="portal-outside-paper-pdf"),
    path("outside/case/ask/", outside.ask, name="portal-outside-ask"),
    path("outside/case/say/", outside.say, name="portal-outside-say"),
    path("outside/case/complete/", outside.complete, name="portal-outside-complete"),
    path("outside/case/package/", outside.package, name="portal-outside-package"),
    path("outside/case/do/<str:name>/", outside.do, name="portal-outside-do"),
    path("outside/case/concern/<str:name>/", outside.concern, name="portal-outside-concern"),
    path("outside/leave/", outside.leave, name="portal-outside-leave"),
    path("outside/<str:number>/<str:key>/", outside.enter, name="portal-outside"),
    path("source/cases/", sources.cases, name="portal-source-cases"),
    path("source/cases/<str:number>/", sources.case, name="portal-source-case"),
    path("source/file/<slug:regime>/<slug:channel>/", sources.file, name="portal-source-file"),
    path("source/leave/", sources.leave, name="portal-source-leave"),
    path("source/<uuid:source>/", sources.enter, name="portal-source"),
    path("replies/", replies.replies, name="portal-replies"),
    path("regimes/<slug:regime>/", regimes.regime, name="portal-regime"),
]
urlpatterns = [*pages, path("o/<slug:slug>/", include(pages))]

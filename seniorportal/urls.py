"""Every path. Public views say so with ``login_not_required``; everything else asks for a login."""

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

from seniorportal.staff.site import site

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("seniorportal.public.urls")),
    path("", include("seniorenbuero.referring.urls")),  # before what takes any word for a house or a token
    path("begegnung/", include("begegnung.urls")),
    path("eugen-krautscheid-haus/", include("stadtteilzentrum.urls")),
    path("seniorenbueros/", include("seniorenbuero.urls")),
    path("seniorenbuero/", include("seniorenbuero.desk.urls")),
    path("zettel/", include("begegnung.wall_urls")),
    path("bericht/", include("seniorportal.report.urls")),
    path("konto/", include("allauth.account.urls")),
    path("konto/", include("seniorportal.staff.entry.urls")),
    path("", include("seniorportal.staff.urls")),
    path("verwaltung/", site.urls),
]

if settings.PORTAL_HOUSE_LOGIN:
    urlpatterns.append(path("konto/", include("seniorportal.staff.entry.house_login")))

handler400 = "seniorportal.public.errors.bad_request"
handler403 = "seniorportal.public.errors.permission_denied"
handler404 = "seniorportal.public.errors.not_found"
handler500 = "seniorportal.public.errors.server_error"

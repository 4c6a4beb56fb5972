"""For machines that watch over the portal."""

from django.contrib.auth.decorators import login_not_required
from django.db import Error, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

ROBOTS = """User-agent: *
Disallow: /konto/
Disallow: /uebersicht/
Disallow: /verwaltung/
Disallow: /anzeige/
Disallow: /merkzettel/
Disallow: /angebote/?
Disallow: /begegnung/?
Disallow: /kalender/?

Sitemap: {sitemap}
"""


@require_safe
@login_not_required
def healthz(request: HttpRequest) -> HttpResponse:
    """The process answers; says nothing about the database."""
    return plain("ok")


@require_safe
@login_not_required
def readyz(request: HttpRequest) -> HttpResponse:
    """The database answers and knows every migration of this version."""
    try:
        executor = MigrationExecutor(connection)
        missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except Error:
        return plain("Datenbank nicht erreichbar", 503)
    return plain("Migrationen fehlen", 503) if missing else plain("ok")


@require_safe
@login_not_required
def robots(request: HttpRequest) -> HttpResponse:
    """Lists are read once, not in each of their thousand selections; what there is stands in the sitemap."""
    return plain(ROBOTS.format(sitemap=request.build_absolute_uri(reverse("public:sitemap"))))


def plain(text: str, status: int = 200) -> HttpResponse:
    response = HttpResponse(text.rstrip() + "\n", content_type="text/plain; charset=utf-8", status=status)
    response["Cache-Control"] = "no-store"
    return response

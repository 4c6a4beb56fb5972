"""What search engines should know: every page that says something real. Example rows are not among them."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.contrib.sitemaps import Sitemap, views
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from seniorportal.access import PUBLIC, Right, visible
from seniorportal.models import Offering, ReportArea, TopicPage, Venue

PAGES = (
    "home",
    "offerings",
    "calendar",
    "topics",
    "taking_part",
    "easy",
    "access",
    "imprint",
    "privacy",
    "feedback",
    "number",
)
LISTS = ("begegnung:venues", "seniorenbuero:offices", "seniorenbuero:find", "report:index")


class Pages(Sitemap):
    def items(self) -> list[str]:
        return [*(reverse(f"public:{name}") for name in PAGES), *map(reverse, LISTS)]

    def location(self, item: Any) -> str:
        return str(item)


class Topics(Sitemap):
    def items(self) -> QuerySet[TopicPage]:
        return visible(PUBLIC, Right.SEE, TopicPage.objects.select_related("topic").order_by("pk"))


class Places(Sitemap):
    def items(self) -> QuerySet[Venue]:
        rows = Venue.objects.filter(example=False).active_on(timezone.localdate()).order_by("pk")
        return visible(PUBLIC, Right.SEE, rows.only("slug", "report_area"))

    def location(self, item: Any) -> str:
        return str(item.get_absolute_url())


class Houses(Places):
    def items(self) -> QuerySet[Venue]:
        return super().items().filter(report_area=ReportArea.MEETING_PLACES)


class OfficesAndCentre(Places):
    """A second Stadtteilzentrum has no page of its own yet, so the house stands here once."""

    def items(self) -> Any:
        found = super().items().exclude(report_area=ReportArea.MEETING_PLACES)
        return list({place.get_absolute_url(): place for place in found}.values())


class Offerings(Sitemap):
    limit = 5000

    def items(self) -> QuerySet[Offering]:
        rows = Offering.objects.filter(example=False).active_on(timezone.localdate()).order_by("pk")
        return visible(PUBLIC, Right.SEE, rows.only("title"))


SECTIONS: "dict[str, type[Sitemap[Any]] | Sitemap[Any]]" = {
    "seiten": Pages,
    "beratung": Topics,
    "bueros": OfficesAndCentre,
    "begegnung": Houses,
    "angebote": Offerings,
}


@login_not_required
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    found = views.index(
        request, SECTIONS, template_name="public/sitemap_index.xml", sitemap_url_name="public:sitemap_section"
    )
    return found.render()


@login_not_required
@require_safe
def section(request: HttpRequest, section: str) -> HttpResponse:
    return views.sitemap(request, SECTIONS, section=section, template_name="public/sitemap.xml").render()

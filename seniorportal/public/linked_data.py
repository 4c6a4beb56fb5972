"""What a page says, once more for machines, in the words of schema.org.

Built from what the page has loaded, without a statement. Nothing about example rows: machines do not read the label.
"""

import datetime as dt
import json
from collections.abc import Iterable
from typing import Any

from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe

from seniorportal.hours import is_special
from seniorportal.models import AccessibilityFact, ContactPoint, Occurrence, Offering, OpeningHours, Venue
from seniorportal.templatetags.portal import tel as international

Data = dict[str, Any]

SCHEMA = "https://schema.org/"
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MOVED = Occurrence.Status.MOVED.value
STATUS = {Occurrence.Status.CANCELLED.value: f"{SCHEMA}EventCancelled", MOVED: f"{SCHEMA}EventRescheduled"}
SCHEDULED = f"{SCHEMA}EventScheduled"
MOST_DATES = 5
ENCODE = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
REPEATS = {"DAILY": "P{}D", "WEEKLY": "P{}W", "MONTHLY": "P{}M", "YEARLY": "P{}Y"}
ACCESS = {AccessibilityFact.Value.YES.value: True, AccessibilityFact.Value.NO.value: False}
SAFE = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}  # as Django's json_script does


def script(data: Data | None) -> SafeString:
    """A data block: browsers do not run it, and the Content-Security-Policy does not ask about it."""
    if not data:
        return mark_safe("")
    text = ENCODE({"@context": "https://schema.org"} | known(data))
    return mark_safe(f'<script type="application/ld+json">{text.translate(SAFE)}</script>')


def known(data: Data) -> Data:
    """Without what nobody has told us; an unknown is not a no."""
    return {name: value for name, value in data.items() if value not in (None, "", [], {})}


def of_offering(offering: Offering, dates: Iterable[Occurrence], url: str) -> Data | None:
    """An Event with its next dates; None for an example, or where no date is known. ``url`` is that of the page."""
    coming = list(dates)[:MOST_DATES]
    if offering.example or not coming:
        return None
    venue = offering.venue
    carriers = list(offering.carriers.all()) or (list(venue.carriers.all()) if venue else [])
    first, *others = (of_date(date) for date in coming)
    return {
        "@type": "Event",
        "@id": url,
        "url": url,
        "name": offering.title,
        "description": offering.summary or offering.description,
        "eventAttendanceMode": f"{SCHEMA}OfflineEventAttendanceMode",
        "isAccessibleForFree": offering.is_free,
        "location": known(of_place(venue)) if venue else known(of_meeting_point(offering)),
        "organizer": [{"@type": "Organization", "name": carrier.name} for carrier in carriers],
        "audience": [{"@type": "Audience", "audienceType": one.name} for one in offering.target_groups.all()],
        **first,
        "eventSchedule": known(schedule(offering)),
        "subEvent": [{"@type": "Event", "name": offering.title, **other} for other in others],
    }


def of_date(date: Occurrence) -> Data:
    found = {"startDate": moment(date.date, date.start), "eventStatus": STATUS.get(date.status, SCHEDULED)}
    if date.end:
        found["endDate"] = moment(date.date, date.end)
    if date.status == MOVED:
        found["previousStartDate"] = moment(date.planned_date, date.planned_start)
    return found


def moment(day: dt.date, time: dt.time | None) -> str:
    """The day alone where nobody knows when it begins."""
    if time is None:
        return day.isoformat()
    return dt.datetime.combine(day, time, timezone.get_default_timezone()).isoformat()


def schedule(offering: Offering) -> Data:
    """The rhythm; schema.org takes weekdays as RFC 5545 writes them."""
    parts = dict(part.partition("=")[::2] for part in offering.rule.upper().split(";") if part)
    repeats = REPEATS.get(parts.get("FREQ", ""))
    if not repeats:
        return {}
    return {
        "@type": "Schedule",
        "repeatFrequency": repeats.format(parts.get("INTERVAL", "1")),
        "byDay": parts["BYDAY"].split(",") if parts.get("BYDAY") else None,
        "startDate": offering.first_date and offering.first_date.isoformat(),
        "startTime": offering.start and offering.start.isoformat("minutes"),
        "duration": f"PT{offering.minutes}M" if offering.minutes else None,
        "scheduleTimezone": timezone.get_default_timezone_name(),
    }


def of_meeting_point(offering: Offering) -> Data:
    town = f"Dortmund-{offering.district.name}" if offering.district else "Dortmund"
    return {"@type": "Place", "name": offering.meeting_point or town, "address": address(town)}


def of_place(venue: Venue) -> Data:
    """Name, address and point: what an Event needs of its place."""
    point = None
    if venue.latitude is not None and venue.longitude is not None:
        point = {"@type": "GeoCoordinates", "latitude": venue.latitude, "longitude": venue.longitude}
    return {
        "@type": "Place",
        "name": venue.name,
        "address": address("Dortmund", venue.street, venue.postal_code),
        "geo": point,
    }


def address(town: str, street: str = "", postal_code: str = "") -> Data:
    return known(
        {
            "@type": "PostalAddress",
            "streetAddress": street,
            "postalCode": postal_code,
            "addressLocality": town,
            "addressCountry": "DE",
        }
    )


def of_venue(venue: Venue, url: str) -> Data | None:
    """A Place with its hours and its access; None for an example or a place that is gone."""
    if venue.example or (venue.active_until is not None and venue.active_until < timezone.localdate()):
        return None
    points = venue.contact_points.all()
    return of_place(venue) | {
        "@id": url,
        "url": url,
        "description": venue.description,
        "telephone": [international(p.value) for p in points if p.kind == ContactPoint.Kind.PHONE],
        "sameAs": venue.website,
        "openingHoursSpecification": [
            opening(row) for row in venue.opening_hours.all() if not is_special(row)
        ],
        "specialOpeningHoursSpecification": [
            *(opening(row) for row in venue.opening_hours.all() if is_special(row)),
            *(
                {
                    "@type": "OpeningHoursSpecification",
                    "opens": "00:00",
                    "closes": "00:00",
                    "validFrom": closure.first_day.isoformat(),
                    "validThrough": closure.last_day.isoformat(),
                }
                for closure in venue.closures.all()
            ),
        ],
        "amenityFeature": [
            {
                "@type": "LocationFeatureSpecification",
                "name": fact.get_feature_display(),
                "value": ACCESS.get(fact.value, fact.get_value_display()),
            }
            for fact in venue.accessibility.all()
        ],
    }


def opening(row: OpeningHours) -> Data:
    return known(
        {
            "@type": "OpeningHoursSpecification",
            "dayOfWeek": SCHEMA + DAYS[row.weekday],
            "opens": row.opens.isoformat("minutes"),
            "closes": row.closes.isoformat("minutes"),
            "validFrom": row.valid_from and row.valid_from.isoformat(),
            "validThrough": row.valid_until and row.valid_until.isoformat(),
        }
    )


def of_office(office: Venue, url: str) -> Data | None:
    """A Seniorenbüro is a service for a district, reached at a place and by telephone."""
    place = of_venue(office, url)
    if place is None:
        return None
    phones = place.pop("telephone")
    return service(
        office.name,
        url,
        "Beratung und Hilfe für ältere Menschen und ihre Angehörigen",
        f"Dortmund, Stadtbezirk {office.district.name}" if office.district else "Dortmund",
    ) | {
        "provider": [{"@type": "Organization", "name": carrier.name} for carrier in office.carriers.all()],
        "availableChannel": known(
            {
                "@type": "ServiceChannel",
                "serviceLocation": known(place | {"@id": f"{place['@id']}#ort"}),
                "servicePhone": [{"@type": "ContactPoint", "telephone": number} for number in phones],
            }
        ),
    }


def of_topic(page: Any, url: str) -> Data:
    """What the Seniorenbüros advise on, for the whole city."""
    data = service(page.title, url, page.topic.name, "Dortmund")
    return data | {"description": page.lead}


def service(name: str, url: str, kind: str, area: str) -> Data:
    return {
        "@type": "GovernmentService",
        "@id": url,
        "url": url,
        "name": name,
        "serviceType": kind,
        "areaServed": {"@type": "AdministrativeArea", "name": area},
    }

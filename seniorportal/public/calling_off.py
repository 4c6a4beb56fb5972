"""«Heute fällt aus», from the hall: a venue and its code open the dates of two weeks, to call off and take back.

The code becomes a token that ends after an hour, so that a computer in a hall keeps nothing that lasts.
"""

import datetime as dt
from itertools import groupby
from typing import Any

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from seniorportal import cancelling, contact, limits, links
from seniorportal.access import PUBLIC, Bearer, Principal, Right, visible
from seniorportal.answers import SeeOther
from seniorportal.hours import clock
from seniorportal.models import Link, Occurrence, Venue
from seniorportal.rules import CALLED_OFF_AHEAD

SALT = "absagen"
AN_HOUR = 60 * 60
WRONG = "Dieser Code passt nicht zu diesem Haus. Bitte sehen Sie noch einmal auf Ihren Brief."
TOO_MANY = (
    "Heute wurde hier schon zu oft ein Code eingegeben. Bitte rufen Sie an, wir sagen den Termin für Sie ab."
)


class CodeForm(forms.Form):
    ort = forms.ModelChoiceField(
        label="Welches Haus?",
        queryset=Venue.objects.none(),
        to_field_name="slug",
        empty_label="Bitte wählen",
        error_messages={
            "required": "Bitte wählen Sie Ihr Haus.",
            "invalid_choice": "Bitte wählen Sie Ihr Haus aus der Liste.",
        },
    )
    code = forms.CharField(
        label="Code aus dem Brief",
        max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        help_text="Acht Ziffern. Er steht nicht auf dem Aushang.",
        error_messages={
            "required": "Bitte geben Sie den Code ein.",
            "max_length": "Der Code hat acht Ziffern.",
            "null_characters_not_allowed": "Der Code hat acht Ziffern.",
        },
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows: Any = Venue.objects.active_on(timezone.localdate())
        self.fields["ort"].queryset = visible(PUBLIC, Right.SEE, rows)  # type: ignore[attr-defined]


def days_of(rows: list[Occurrence], today: dt.date) -> list[dict[str, Any]]:
    """Grouped for the page; ``name`` says today and tomorrow in words."""
    said = {today: "Heute", today + dt.timedelta(days=1): "Morgen"}
    found = []
    for day, dates in groupby(rows, key=lambda row: row.date):
        written = date_format(day, "l, j. F")
        found.append(
            {"date": day, "name": f"{said[day]}, {written}" if day in said else written, "dates": list(dates)}
        )
    return found


def act(principal: Principal, posted: Any) -> tuple[str, str, int]:
    """Does what one button says: the sentence about it, its level, and the date. Pages with a login and with a code."""
    now = timezone.localtime()
    pk = posted.get("termin", "")
    if not pk.isdecimal() or len(pk) > 18:
        raise Http404("kein Termin")
    try:
        if posted.get("was") == "doch":
            date = cancelling.take_back(principal, int(pk), now)
            return f"Findet doch statt: {told(date)}.", "info", date.pk
        date = cancelling.call_off(principal, int(pk), posted.get("grund", ""), now)
    except cancelling.Refused as refused:
        return str(refused), "warning", int(pk)
    return f"Abgesagt: {told(date)}. Die Absage steht sofort im Portal.", "info", date.pk


def told(date: Occurrence) -> str:
    time = f", {clock(date.start)}" if date.start else ""
    return f"{date.offering.title}, {date_format(date.date, 'l, j. F')}{time}"


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: HttpRequest) -> HttpResponse:
    """The code is asked for here and nowhere else; every try is counted before it is compared."""
    now = timezone.localtime()
    status = 200
    form = CodeForm(
        request.POST if request.method == "POST" else None, initial={"ort": request.GET.get("ort", "")}
    )
    if form.is_bound and form.is_valid():
        venue = form.cleaned_data["ort"]
        if not cancelling.may_try(venue, limits.client_address(request), now.date()):
            form.add_error(None, TOO_MANY)
            status = 429
        elif bearer := links.bearer_of_code(venue, form.cleaned_data["code"]):
            token = signing.dumps(bearer.link, salt=SALT)
            return SeeOther(reverse("public:call_off_dates", args=[token]))
        else:
            form.add_error("code", WRONG)
    context = {"form": form, "contact": contact.city()}
    return render(request, "public/call_off.html", context, status=status)


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def dates(request: HttpRequest, token: str) -> HttpResponse:
    """GET shows, POST acts. An old or revoked token leads back to the code."""
    bearer = _bearer(token)
    if bearer is None:
        return SeeOther(reverse("public:call_off"))
    here = reverse("public:call_off_dates", args=[token])
    said, level = "", ""
    if request.method == "POST":
        said, level, pk = act(bearer, request.POST)
        if level == "info":
            return SeeOther(f"{here}?getan={pk}#termin-{pk}")
    now = timezone.localtime()
    venue = Venue.objects.get(pk=bearer.object)
    rows = list(cancelling.dates_for(bearer, now, CALLED_OFF_AHEAD))
    context = {
        "venue": venue,
        "days": days_of(rows, now.date()),
        "said": said,
        "done": next((row for row in rows if str(row.pk) == request.GET.get("getan")), None),
        "reasons": cancelling.REASONS,
        "longest": cancelling.LONGEST_REASON,
        "here": here,
        "contact": contact.city(),
    }
    return render(request, "public/call_off_dates.html", context)


def _bearer(token: str) -> Bearer | None:
    try:
        number = signing.loads(token, salt=SALT, max_age=AN_HOUR)
    except signing.BadSignature:
        return None
    link = Link.objects.select_related("venue", "made_for").filter(pk=number, kind=Link.Kind.CANCEL).first()
    return links.of(link) if link else None

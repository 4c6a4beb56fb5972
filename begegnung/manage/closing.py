"""One act closes a house, a carrier's houses, a district or the city until a day, and opens them again."""

import datetime as dt
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from begegnung.manage.reach import person
from seniorportal import access, closing
from seniorportal.access import PUBLIC, Right
from seniorportal.answers import SeeOther
from seniorportal.models import Carrier, District, Notice, NoticeDate, User, Venue
from seniorportal.staff.forms import CarriedUUID, RecordForm

Scope = Notice.Scope
MODELS: dict[str, type[Any]] = {Scope.VENUE: Venue, Scope.CARRIER: Carrier, Scope.DISTRICT: District}
FIELDS = {Scope.VENUE: "venue", Scope.CARRIER: "carrier", Scope.DISTRICT: "district"}
BACK = 31  # days
DAY = {"type": "date"}


def targets(user: User, scope: Scope) -> Any:
    rows: Any = access.targets(user, Right.ADD, Notice, FIELDS[scope])
    if scope == Scope.VENUE:
        rows = rows.active_within(timezone.localdate(), dt.date.max)
    return rows


def choices(user: User) -> list[Any]:
    """What the person may close, the larger first: groups for a dropdown. Whoever may close every district and every
    carrier may close the city."""
    found: list[Any] = []
    whole = bool(targets(user, Scope.DISTRICT)) and not District.objects.exclude(
        pk__in=targets(user, Scope.DISTRICT).order_by().values("pk")
    )
    if whole:
        found.append(("Ganz Dortmund", [(Scope.CITY.value, "Alle Begegnungsstätten in Dortmund")]))
    for scope, group in (
        (Scope.DISTRICT, "Alle Häuser eines Stadtbezirks"),
        (Scope.CARRIER, "Alle Häuser eines Trägers"),
        (Scope.VENUE, "Ein Haus"),
    ):
        rows = [(f"{scope.value}-{one.pk}", str(one)) for one in targets(user, scope)]
        if rows:
            found.append((group, rows))
    return found


class ClosingForm(forms.Form):
    """What, from when until when, and why. ``submission`` makes the second click the first."""

    was = forms.ChoiceField(
        label="Was schließt?",
        error_messages={
            "required": "Bitte wählen Sie, was schließt.",
            "invalid_choice": "Das können Sie nicht schließen. Bitte wählen Sie aus der Liste.",
        },
    )
    von = forms.DateField(label="Geschlossen von", widget=forms.DateInput(attrs=DAY, format="%Y-%m-%d"))
    bis = forms.DateField(
        label="bis (letzter Tag)",
        widget=forms.DateInput(attrs=DAY, format="%Y-%m-%d"),
        help_text="Sie können jederzeit früher öffnen oder verlängern.",
    )
    text = forms.CharField(
        label="Warum?",
        max_length=120,
        help_text="Ein kurzer Satz, den alle lesen: «Wegen Sturmwarnung.» Keine Namen.",
        error_messages={
            "required": "Bitte schreiben Sie einen kurzen Satz: Er steht auf den öffentlichen Seiten.",
            "max_length": "Bitte höchstens 120 Zeichen. Es sind %(show_value)s.",
            "null_characters_not_allowed": "Der Text enthält ein Zeichen, das wir nicht lesen können.",
        },
    )
    treffpunkte = forms.BooleanField(
        label="Auch Treffpunkte ohne Haus fallen aus (Spaziergänge, Plauderbänke)", required=False
    )
    submission = CarriedUUID(required=False)

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = choices(user)
        self.fields["was"].choices = [("", "Bitte wählen"), *offered]  # type: ignore[attr-defined]
        for name in ("von", "bis"):
            self.fields[name].error_messages["required"] = "Bitte geben Sie den Tag an."
            self.fields[name].error_messages["invalid"] = "Diesen Tag gibt es nicht. Beispiel: 24.12.2026"

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        first, last, today = cleaned.get("von"), cleaned.get("bis"), timezone.localdate()
        if first and first < today - dt.timedelta(days=BACK):
            self.add_error("von", "Das liegt mehr als einen Monat zurück.")
        if last and last < today:
            self.add_error("bis", "Der letzte Tag ist schon vorbei.")
        elif first and last and last < first:
            self.add_error("bis", "Der letzte Tag liegt vor dem ersten.")
        elif first and last and last > first + dt.timedelta(days=closing.LONGEST):
            self.add_error("bis", "Länger als ein Jahr im Voraus lässt sich nicht schließen.")
        return cleaned

    def notice(self, user: User) -> Notice:
        """The act of a valid form, not stored."""
        scope, _, pk = self.cleaned_data["was"].partition("-")
        made = Notice(
            scope=scope,
            first_day=self.cleaned_data["von"],
            last_day=self.cleaned_data["bis"],
            text=self.cleaned_data["text"],
            meeting_points=self.cleaned_data["treffpunkte"] and scope != Scope.VENUE,
            made_by=user,
        )
        if number := self.cleaned_data.get("submission"):
            made.submission = number
        if scope in MODELS:
            setattr(made, FIELDS[Scope(scope)], MODELS[scope].objects.get(pk=int(pk)))
            made.example = bool(getattr(made.bound, "example", False))
        return made


@require_http_methods(["GET", "HEAD", "POST"])
def closings(request: HttpRequest) -> HttpResponse:
    """What is closed, and the form that closes: first it shows what would be hit, the second click does it."""
    user = person(request)
    if not access.offers(user, Right.SEE, Notice):
        raise Http404("keine Schließungen")
    may = access.offers(user, Right.ADD, Notice)
    preview = None
    form = None
    if may:
        form = (
            ClosingForm(user, request.POST)
            if request.method == "POST"
            else ClosingForm(user, initial=_wished(request))
        )
    elif request.method == "POST":
        raise PermissionDenied("darf nicht schließen")
    if form is not None and form.is_bound and form.is_valid():
        notice, now = form.notice(user), timezone.localtime()
        if request.POST.get("schritt") == "schliessen":
            return _close(request, notice, now)
        if request.POST.get("schritt") != "aendern":
            preview = {"notice": notice, "reach": closing.reach(notice, now)}
    context = {"form": form, "preview": preview, "standing": standing(user), "may": may}
    return render(request, "begegnung/manage/closings.html", context)


def _wished(request: HttpRequest) -> dict[str, Any]:
    """From the page of a house its own choice, today until today."""
    today = timezone.localdate()
    found: dict[str, Any] = {"von": today, "bis": today, "submission": Notice().submission}
    slug = request.GET.get("ort", "").replace("\0", "")
    rows = access.visible(person(request), Right.SEE, Venue.objects.filter(slug=slug))
    if slug and (venue := rows.first()):
        found["was"] = f"{Scope.VENUE.value}-{venue.pk}"
    return found


def _close(request: HttpRequest, notice: Notice, now: dt.datetime) -> HttpResponse:
    here = reverse("begegnung:manage:closings")
    try:
        with transaction.atomic():
            done = closing.close(notice, person(request), now)
    except IntegrityError:
        if not Notice.objects.filter(submission=notice.submission).exists():
            raise
        return SeeOther(here)
    messages.success(
        request,
        f"Geschlossen: {in_words(done)}. Der Hinweis steht spätestens in einer Minute auf den Seiten.",
    )
    return SeeOther(here)


def in_words(reach: closing.Reach) -> str:
    houses = "1 Haus" if reach.venues == 1 else f"{reach.venues} Häuser"
    return f"{houses}, {dates_in_words(reach.dates)}"


def dates_in_words(number: int) -> str:
    return "1 Termin fällt aus" if number == 1 else f"{number} Termine fallen aus"


def standing(user: User) -> list[dict[str, Any]]:
    """What is closed at the moment or will be, also by others where it is public; which of it she may end. Two
    statements."""
    rows = access.visible(PUBLIC, Right.SEE, closing.standing())
    mine = set(
        access.visible(user, Right.CHANGE, Notice.objects.standing(timezone.localdate())).values_list(
            "pk", flat=True
        )
    )
    counted = rows.annotate(houses=Count("closures", distinct=True))
    return [
        {"notice": row, "may": row.pk in mine}
        for row in counted
        if row.pk in mine or row.scope != Scope.VENUE
    ]


class NoticeForm(RecordForm):
    class Meta:
        model = Notice
        fields = ("last_day", "text")
        widgets = {"last_day": forms.DateInput(attrs=DAY, format="%Y-%m-%d")}
        labels = {"last_day": "Geschlossen bis (letzter Tag)", "text": "Warum?"}
        error_messages = {
            "last_day": {
                "required": "Bitte geben Sie den Tag an.",
                "invalid": "Diesen Tag gibt es nicht. Beispiel: 24.12.2026",
            },
            "text": {"required": "Bitte schreiben Sie einen kurzen Satz."},
        }

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean() or {}
        last, today = cleaned.get("last_day"), timezone.localdate()
        if last and last < self.instance.first_day:
            self.add_error("last_day", "Der letzte Tag liegt vor dem ersten.")
        elif last and last < today:
            self.add_error("last_day", "Dieser Tag ist vorbei. Zum Öffnen gibt es unten einen eigenen Knopf.")
        elif last and last > self.instance.first_day + dt.timedelta(days=closing.LONGEST):
            self.add_error("last_day", "Länger als ein Jahr lässt sich nicht schließen.")
        return cleaned


@require_http_methods(["GET", "HEAD", "POST"])
def closing_of(request: HttpRequest, pk: int) -> HttpResponse:
    """One act: another last day, other words, or open again."""
    user, now = person(request), timezone.localtime()
    rows: Any = Notice.objects.select_related("venue", "carrier", "district", "made_by")
    if request.method == "POST":
        rows = rows.select_for_update(of=("self",))
    notice = access.fetch(user, rows, pk=pk)
    over = notice.taken_back or notice.last_day < now.date()
    if request.method == "POST":
        access.ensure(user, Right.CHANGE, notice)
    form = NoticeForm(request.POST if _changes(request) else None, instance=notice)
    if request.method == "POST" and not over:
        if request.POST.get("schritt") == "oeffnen":
            done = closing.reopen(notice, user, now)
            messages.success(request, f"Wieder offen: {notice.whose}. {back_in_words(done.dates)}")
            return SeeOther(reverse("begegnung:manage:closings"))
        if form.is_valid():
            done = closing.change(form.save(commit=False), user, now)
            messages.success(request, f"Geändert. Geschlossen bis {notice.last_day:%d.%m.%Y}.")
            return SeeOther(reverse("begegnung:manage:closing", args=[pk]))
    off = NoticeDate.objects.filter(notice=notice)
    ahead = Count("pk", filter=Q(occurrence__date__gte=now.date()))
    numbers = off.aggregate(dates=Count("pk"), ahead=ahead) | {"houses": notice.closures.count()}
    context = {
        "notice": notice,
        "form": form,
        "over": over,
        "numbers": numbers,
        "begun": notice.first_day <= now.date(),
        "may": access.may(user, Right.CHANGE, notice),
    }
    return render(request, "begegnung/manage/closing.html", context)


def _changes(request: HttpRequest) -> bool:
    return request.method == "POST" and request.POST.get("schritt") != "oeffnen"


def back_in_words(number: int) -> str:
    if not number:
        return "Kein Termin war abgesagt."
    return "1 Termin findet wieder statt." if number == 1 else f"{number} Termine finden wieder statt."

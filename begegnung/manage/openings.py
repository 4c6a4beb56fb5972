"""Gesuche: «Wir suchen ...», by whoever keeps the house; beside them the ideas that wait to be read."""

import datetime as dt
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from begegnung.manage.volunteer_forms import DAY, days
from seniorportal import access
from seniorportal.access import Right
from seniorportal.answers import SeeOther
from seniorportal.models import Idea, Opening
from seniorportal.staff.forms import RecordForm

USUAL, LONGEST = 180, 400  # days
MANY = "Bitte schreiben Sie höchstens %(limit_value)s Zeichen. Es sind %(show_value)s."


class OpeningForm(RecordForm):
    class Meta:
        model = Opening
        fields = (
            "venue",
            "title",
            "text",
            "hours",
            "thanks",
            "phone",
            "phone_label",
            "active_until",
            "published",
        )
        labels = {"active_until": "steht da bis", "published": "im Portal zeigen"}
        help_texts = {"active_until": "Letzter Tag. Danach verschwindet das Gesuch von selbst."}
        widgets = days("active_until") | {"text": forms.Textarea(attrs={"rows": 4})}
        error_messages = {
            "venue": {
                "required": "Bitte wählen Sie den Ort.",
                "invalid_choice": "Bitte wählen Sie einen Ort der Liste.",
            },
            "title": {"required": "Bitte schreiben Sie, wen Sie suchen.", "max_length": MANY},
            "hours": {"required": "Bitte schreiben Sie, wie viel Zeit es braucht.", "max_length": MANY},
            "text": {"max_length": MANY},
            "thanks": {"max_length": MANY},
            "active_until": {"invalid": DAY, "required": "Bis wann soll es dastehen?"},
        }

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            del self.fields["venue"]
        else:
            field: Any = self.fields["venue"]
            field.queryset = access.targets(user, Right.ADD, Opening, "venue").order_by("sort", "name")
            self.initial.setdefault("active_until", timezone.localdate() + dt.timedelta(days=USUAL))
        self.fields["active_until"].required = True

    def clean_active_until(self) -> dt.date:
        day: dt.date = self.cleaned_data["active_until"]
        if "active_until" in self.changed_data or not self.instance.pk:
            if day < timezone.localdate() and not self.instance.pk:
                raise ValidationError("Dieser Tag ist schon vorbei.")
            if day > timezone.localdate() + dt.timedelta(days=LONGEST):
                raise ValidationError("Höchstens gut ein Jahr voraus, damit niemand vergeblich anruft.")
        return day


@require_safe
def taking_part(request: HttpRequest) -> HttpResponse:
    """Own openings, and ideas: those that nobody has read yet first. Two statements."""
    user: Any = request.user
    opens, moderates = access.offers(user, Right.ADD, Opening), access.offers(user, Right.CHANGE, Idea)
    if not opens and not moderates:
        raise Http404("nichts zum Mitmachen")
    rows = access.visible(user, Right.CHANGE, Idea.objects.select_related("district", "carrier"))
    ideas = list(rows.filter(state__in=(Idea.State.NEW, Idea.State.PUBLIC)))
    mine = access.visible(user, Right.CHANGE, Opening.objects.select_related("venue"))
    context = {
        "waiting": [idea for idea in ideas if idea.state == Idea.State.NEW],
        "shown": [idea for idea in ideas if idea.state == Idea.State.PUBLIC],
        "moderates": moderates,
        "opens": opens,
        "openings": mine.order_by("-active_until", "pk")[:200],
        "today": timezone.localdate(),
    }
    return render(request, "begegnung/manage/taking_part.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def new_opening(request: HttpRequest) -> HttpResponse:
    user: Any = request.user
    if not access.offers(user, Right.ADD, Opening):
        raise Http404("keine Gesuche")
    initial = {"venue": request.GET["ort"]} if request.GET.get("ort", "").isdecimal() else None
    form = OpeningForm(request.POST if request.method == "POST" else None, user=user, initial=initial)
    if form.is_bound and form.is_valid():
        made = form.instance
        made.submission = form.cleaned_data.get("submission")
        made.active_from = timezone.localdate()
        try:
            with transaction.atomic():
                form.save()
        except IntegrityError:  # sent twice
            if made.submission is None or not Opening.objects.filter(submission=made.submission).exists():
                raise
        else:
            access.ensure(user, Right.ADD, made)
            messages.success(request, "Das Gesuch steht jetzt unter «Mitmachen».")
        return SeeOther(reverse("begegnung:manage:taking_part"))
    return render(request, "begegnung/manage/opening.html", {"form": form, "opening": None})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def opening(request: HttpRequest, pk: int) -> HttpResponse:
    user: Any = request.user
    found: Opening = access.fetch(user, Opening.objects.select_related("venue"), pk=pk)
    form = OpeningForm(request.POST if request.method == "POST" else None, instance=found, user=user)
    if request.method == "POST":
        access.ensure(user, Right.CHANGE, found)
        if "schluss" in request.POST:
            found.published = False
            found.save()
            messages.success(request, "Das Gesuch ist beendet und steht nicht mehr im Portal.")
            return SeeOther(reverse("begegnung:manage:taking_part"))
        if form.is_valid():
            form.save()
            access.ensure(user, Right.CHANGE, found)
            messages.success(request, "Gesichert.")
            return SeeOther(reverse("begegnung:manage:taking_part"))
    context = {"form": form, "opening": found, "may_change": access.may(user, Right.CHANGE, found)}
    return render(request, "begegnung/manage/opening.html", context)

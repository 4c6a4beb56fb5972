"""On which weekdays somebody is in the office, and which languages she speaks."""

from typing import Any

from django import forms
from django.contrib import messages
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from seniorenbuero.desk.door import Desk, at_the_desk
from seniorenbuero.models import WorkingWeek
from seniorenbuero.office import people
from seniorportal import access
from seniorportal.access import Right
from seniorportal.accounts.personal import personal
from seniorportal.answers import SeeOther
from seniorportal.models import Language
from seniorportal.staff.forms import CONFLICT, RecordForm

GERMAN = "de"


class WeekForm(RecordForm):
    weekdays = forms.TypedMultipleChoiceField(
        label="Wochentage im Büro",
        choices=people.weekday_choices,
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "Bitte wählen Sie Wochentage aus der Liste."},
    )

    class Meta:
        model = WorkingWeek
        fields = ("weekdays", "languages")
        widgets = {"languages": forms.CheckboxSelectMultiple}
        labels = {"languages": "Sprachen außer Deutsch"}
        help_texts = {"languages": ""}
        error_messages = {"languages": {"invalid_choice": "Bitte wählen Sie Sprachen aus der Liste."}}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        languages: Any = self.fields["languages"]
        languages.queryset = Language.objects.exclude(code=GERMAN)


@personal
@at_the_desk
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, desk: Desk, pk: int) -> HttpResponse:
    member = people.member(desk, pk)
    week = WorkingWeek.objects.filter(member=member).first() or WorkingWeek(member=member)
    form = WeekForm(request.POST if request.method == "POST" else None, instance=week)
    if form.is_bound and form.is_valid():
        try:
            with transaction.atomic():
                form.save()
                access.ensure(desk.principal, Right.CHANGE, week)
        except IntegrityError:  # somebody else began the same week meanwhile
            form.add_error(None, CONFLICT)
        else:
            messages.success(request, f"Gesichert: {member.user}.")
            return SeeOther(reverse("desk:office"))
    context = {"desk": desk, "today": timezone.localdate(), "form": form, "member": member}
    return render(request, "seniorenbuero/office/week.html", context)

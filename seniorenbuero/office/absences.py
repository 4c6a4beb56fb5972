"""«Nicht da»: from when to when, and who stands in. Nobody is asked why."""

import datetime as dt
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from seniorenbuero.desk.door import Desk, at_the_desk
from seniorenbuero.office import people
from seniorportal import access, concerns, standing_in
from seniorportal.access import Right
from seniorportal.accounts.personal import personal
from seniorportal.answers import SeeOther
from seniorportal.models import Absence, Membership, Venue
from seniorportal.staff.forms import RecordForm

COLLEAGUE, OFFICE = "k", "b"
DAY = "Diesen Tag können wir nicht lesen. Schreiben Sie ihn so: 23.11.2026."
GONE = "Diese Auswahl gibt es nicht mehr. Bitte wählen Sie neu."
LONGEST = 731  # days that an absence may be entered ahead


def day_input() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class MemberField(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.user} ({obj.employer})"


class AbsenceForm(RecordForm):
    member = MemberField(
        label="Wer ist nicht da?",
        queryset=Membership.objects.none(),
        empty_label="bitte wählen",
        error_messages={"required": "Bitte wählen Sie, wer nicht da ist.", "invalid_choice": GONE},
    )
    deputy = forms.ChoiceField(
        label="Wer vertritt?",
        widget=forms.RadioSelect,
        error_messages={"required": "Bitte wählen Sie, wer vertritt.", "invalid_choice": GONE},
    )
    everybody = forms.BooleanField(label="In dieser Zeit ist niemand aus dem Büro da", required=False)

    class Meta:
        model = Absence
        fields = ("member", "active_from", "active_until")
        widgets = {"active_from": day_input(), "active_until": day_input()}
        error_messages = {
            "active_from": {"required": "Bitte geben Sie den ersten Tag an.", "invalid": DAY},
            "active_until": {"invalid": DAY},
        }

    def __init__(self, desk: Desk, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        today = timezone.localdate()
        self.colleagues = {f"{COLLEAGUE}{one.pk}": one for one in people.members(desk, today)}
        others = (one for one in concerns.offices(today) if one.pk != desk.office.pk)
        self.offices = {f"{OFFICE}{one.pk}": one for one in others}
        member: Any = self.fields["member"]
        member.queryset = people.members(desk, today)
        deputy: Any = self.fields["deputy"]
        deputy.choices = [
            *((key, f"{one.user} ({one.employer})") for key, one in self.colleagues.items()),
            *((key, concerns.short_name(one)) for key, one in self.offices.items()),
        ]
        if self.instance.pk:
            del self.fields["everybody"]
            del self.fields["member"]
            now = self.instance
            self.initial["deputy"] = (
                f"{COLLEAGUE}{now.deputy_id}" if now.deputy_id else f"{OFFICE}{now.deputy_office_id}"
            )
        else:
            self.initial.setdefault("active_from", today)

    def clean_active_from(self) -> dt.date:
        day: dt.date = self.cleaned_data["active_from"]
        if "active_from" in self.changed_data and day > timezone.localdate() + dt.timedelta(days=LONGEST):
            raise ValidationError("Bitte höchstens zwei Jahre im Voraus.")
        return day

    def clean_active_until(self) -> dt.date | None:
        day: dt.date | None = self.cleaned_data.get("active_until")
        if day and "active_until" in self.changed_data and day < timezone.localdate():
            raise ValidationError("Dieser Tag ist schon vorbei.")
        return day

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean() or {}
        chosen = cleaned.get("deputy", "")
        self.instance.deputy = self.colleagues.get(chosen)
        self.instance.deputy_office = self.offices.get(chosen)
        if cleaned.get("everybody") and chosen and not self.instance.deputy_office:
            self.add_error("deputy", "Ist niemand da, kann nur ein anderes Büro vertreten.")
        return cleaned


@personal
@at_the_desk
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, desk: Desk) -> HttpResponse:
    asked = request.GET.get("wer", "")
    initial = {"member": asked} if asked.isascii() and asked.isdecimal() and len(asked) < 19 else {}
    form = AbsenceForm(desk, request.POST if request.method == "POST" else None, initial=initial)
    if form.is_bound and form.is_valid():
        absence = _entered(desk, form)
        messages.success(request, f"Eingetragen: {absence.member.user} ist {absence}.")
        return SeeOther(_onward(absence))
    return render(request, "seniorenbuero/office/absence.html", _context(desk, form, None))


@personal
@at_the_desk
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, desk: Desk, pk: int) -> HttpResponse:
    """An absence of this office; ``wieder-da`` ends it with yesterday."""
    rows = standing_in.absences().filter(office=desk.office)
    absence = access.fetch(desk.principal, rows, pk=pk)
    form = AbsenceForm(desk, request.POST if request.method == "POST" else None, instance=absence)
    if request.method == "POST":
        access.ensure(desk.principal, Right.CHANGE, absence)
        if "wieder-da" in request.POST:
            _over(absence, timezone.localdate())
            messages.success(request, f"{absence.member.user} ist wieder da.")
            return SeeOther(reverse("desk:office"))
        if form.is_valid():
            form.save()
            access.ensure(desk.principal, Right.CHANGE, absence)
            standing_in.left_by(absence, timezone.localdate())
            messages.success(request, "Gesichert.")
            return SeeOther(reverse("desk:office"))
    return render(request, "seniorenbuero/office/absence.html", _context(desk, form, absence))


def _context(desk: Desk, form: AbsenceForm, absence: Absence | None) -> dict[str, Any]:
    return {"desk": desk, "today": timezone.localdate(), "form": form, "absence": absence}


def _entered(desk: Desk, form: AbsenceForm) -> Absence:
    """Of one person, or of all that are there; whoever is away already keeps her own deputy."""
    today = timezone.localdate()
    first = form.save()
    made = [first]
    if form.cleaned_data.get("everybody"):
        made += [one for row in form.colleagues.values() if (one := _likewise(first, row))]
    for absence in made:
        access.ensure(desk.principal, Right.ADD, absence)
        standing_in.left_by(absence, today)
    return first


def _likewise(first: Absence, member: Membership) -> Absence | None:
    copy = Absence(
        member=member,
        active_from=first.active_from,
        active_until=first.active_until,
        deputy_office=first.deputy_office,
    )
    if member.pk == first.member_id or copy.overlapping(Absence.objects.filter(member=member)):
        return None
    copy.save()
    return copy


def _over(absence: Absence, today: dt.date) -> None:
    """Until yesterday; where it had not begun before today nothing of it stays."""
    if absence.active_from >= today:
        absence.delete()
        return
    absence.active_until = today - dt.timedelta(days=1)
    absence.save()


def _onward(absence: Absence) -> str:
    """To the hand-over where something is open with her, with whoever stands in already chosen."""
    office: Venue = absence.office
    if not standing_in.open_of(office, absence.member.user).exists():
        return reverse("desk:office")
    to = f"{COLLEAGUE}{absence.deputy.user_id}" if absence.deputy else f"{OFFICE}{absence.deputy_office_id}"
    return f"{reverse('desk:office_hand_over')}?von={absence.member.user_id}&an={to}"

"""Somebody leaves the office: her last day, and then what is open goes on to others.

The day only comes nearer here. Whoever stays longer is invited anew, and a second person agrees.
"""

import datetime as dt
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from seniorenbuero.desk.door import Desk, at_the_desk
from seniorenbuero.office import leaving, people
from seniorenbuero.office.absences import DAY, day_input
from seniorportal import access
from seniorportal.access import Right
from seniorportal.accounts import team
from seniorportal.accounts.personal import personal
from seniorportal.answers import SeeOther
from seniorportal.models import Membership
from seniorportal.staff.forms import RecordForm


class LastDayForm(RecordForm):
    class Meta:
        model = Membership
        fields = ("active_until",)
        labels = {"active_until": "Letzter Tag im Büro"}
        help_texts = {"active_until": ""}
        widgets = {"active_until": day_input()}
        error_messages = {"active_until": {"required": "Bitte geben Sie den letzten Tag an.", "invalid": DAY}}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["active_until"].required = True

    def clean_active_until(self) -> dt.date:
        day: dt.date = self.cleaned_data["active_until"]
        before: dt.date | None = self.initial.get("active_until")
        if day < timezone.localdate():
            raise ValidationError("Dieser Tag ist schon vorbei. Frühestens geht es heute zu Ende.")
        if before and day > before:
            raise ValidationError(
                f"Bis zum {before:%d.%m.%Y} ist vereinbart. Wer länger bleibt, wird unter «Mein Team» neu eingeladen."
            )
        return day


@personal
@at_the_desk
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, desk: Desk, pk: int) -> HttpResponse:
    member = people.member(desk, pk)
    form = LastDayForm(request.POST if request.method == "POST" else None, instance=member)
    by: Any = desk.principal
    if request.method == "POST":
        access.ensure(by, Right.CHANGE, member)
        if form.is_valid():
            if member.active_until == timezone.localdate():
                team.end_membership(member, by)
            else:
                form.save()
            messages.success(request, f"{member.user} arbeitet bis zum {member.active_until:%d.%m.%Y} hier.")
            return SeeOther(_onward(desk, member))
    context = {
        "desk": desk,
        "today": timezone.localdate(),
        "form": form,
        "member": member,
        "may_change": access.may(by, Right.CHANGE, member),
    }
    return render(request, "seniorenbuero/office/last_day.html", context)


def _onward(desk: Desk, member: Membership) -> str:
    if leaving.by_person(desk.principal, desk.office).get(member.user_id):
        return leaving.where(member.user)
    return reverse("desk:office")

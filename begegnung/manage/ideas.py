"""One idea: read, corrected, published, handed over, ended; and the people behind it, for the one in charge only."""

import uuid
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from begegnung.manage.openings import MANY
from seniorportal import access, anonymity, taking_part
from seniorportal.access import Right
from seniorportal.accounts.personal import personal
from seniorportal.answers import SeeOther
from seniorportal.models import Carrier, Companion, Idea, Membership, Role
from seniorportal.staff.forms import RecordForm

State = Idea.State


class IdeaForm(RecordForm):
    """``traces``: what may point to a person, asked about once before it is published."""

    class Meta:
        model = Idea
        fields = ("title", "text", "where", "when", "district")
        labels = {"title": "Titel", "text": "Was haben sie vor?"}
        widgets = {"text": forms.Textarea(attrs={"rows": 6})}
        error_messages = {
            "title": {"required": "Die Idee braucht einen Namen.", "max_length": MANY},
            "text": {"required": "Ein Satz muss sein.", "max_length": MANY},
            "district": {"required": "Sie betreuen Ideen in Ihrem Stadtbezirk."},
        }

    traces: list[str]

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["district"]
        field.queryset = access.targets(user, Right.CHANGE, Idea, "district")
        field.required = field.queryset.count() == 1
        self.traces = []

    def look_for_traces(self) -> None:
        if "trotzdem" not in self.data:
            said = [self.cleaned_data.get(name) or "" for name in ("title", "text", "where", "when")]
            self.traces = anonymity.traces(". ".join(said))


@personal
@require_http_methods(["GET", "HEAD", "POST"])
def idea(request: HttpRequest, pk: int) -> HttpResponse:
    user: Any = request.user
    found: Idea = access.fetch(
        user,
        Idea.objects.filter(state__in=(State.NEW, State.PUBLIC)).select_related("district", "carrier"),
        pk=pk,
    )
    if request.method == "POST":
        access.ensure(user, Right.CHANGE, found)
    act = request.POST.get("was", "") if request.method == "POST" else ""
    form = IdeaForm(request.POST if act in ("sichern", "zeigen") else None, instance=found, user=user)
    problem = ""
    if act in ("sichern", "zeigen") and form.is_valid():
        if act == "zeigen" or found.state == State.PUBLIC:
            form.look_for_traces()
        if not form.traces:
            return _save(request, found, act)
    elif act == "beenden" and "ja" not in request.POST:
        problem = "Bitte bestätigen Sie mit dem Häkchen: Danach sind Namen und Nummern gelöscht."
    elif act in ("beenden", "uebergeben", "angerufen", "vergessen"):
        return _act(request, found, act)
    people = list(access.visible(user, Right.SEE, found.companions.all()))
    context = {
        "idea": found,
        "form": form,
        "problem": problem,
        "people": people,
        "others": 0 if people else found.companions.count(),
        "carriers": in_charge_of_people(),
        "kept": Idea.KEPT_DAYS,
    }
    return render(request, "begegnung/manage/idea.html", context)


def in_charge_of_people() -> Any:
    """Carriers with a coordinator today."""
    there = Membership.objects.active_on(timezone.localdate()).filter(
        role=Role.COORDINATION, user__is_active=True
    )
    return Carrier.objects.filter(pk__in=there.order_by().values("carrier")).order_by("sort", "name")


def _save(request: HttpRequest, found: Idea, act: str) -> HttpResponse:
    """Corrected, and shown where that was asked for. A district of its own changes who is in charge."""
    user: Any = request.user
    today = timezone.localdate()
    if act == "zeigen":
        taking_part.publish(found, today)
    if found.owner_role != Role.COORDINATION:
        taking_part.hand_over(found, None, found.district, today)
    found.save()
    access.ensure(user, Right.CHANGE, found)
    said = "Die Idee steht jetzt unter «Mitmachen»." if act == "zeigen" else "Gesichert."
    messages.success(request, said)
    return SeeOther(reverse("begegnung:manage:idea", args=[found.pk]))


def _act(request: HttpRequest, found: Idea, act: str) -> HttpResponse:
    user: Any = request.user
    today = timezone.localdate()
    here = SeeOther(reverse("begegnung:manage:idea", args=[found.pk]))
    every = SeeOther(reverse("begegnung:manage:taking_part"))
    if act == "beenden":
        state = State.DONE if found.state == State.PUBLIC else State.REFUSED
        gone = taking_part.finish(found, user, state, today)
        messages.success(request, f"Beendet. Gelöscht: {gone} {'Kontakt' if gone == 1 else 'Kontakte'}.")
        return every
    if act == "uebergeben":
        carrier = in_charge_of_people().filter(pk=_number(request.POST.get("traeger", ""))).first()
        taking_part.hand_over(found, carrier, found.district, today)
        found.save()
        messages.success(request, f"Darum kümmert sich jetzt {found.owner}.")
        return here if access.may(user, Right.CHANGE, found) else every
    person = access.fetch(user, found.companions.all(), pk=_uuid(request.POST.get("person", "")))
    access.ensure(user, Right.CHANGE, person)
    if act == "vergessen":
        taking_part.forget([person.pk], today)
        messages.success(request, "Name und Nummer sind gelöscht.")
    else:
        Companion.objects.filter(pk=person.pk).update(called_on=today)
        messages.success(request, "Notiert: heute angerufen.")
    return here


def _number(said: str) -> int:
    return int(said) if said.isdecimal() and len(said) < 10 else 0


def _uuid(said: str) -> uuid.UUID:
    try:
        return uuid.UUID(said)
    except ValueError:
        return uuid.UUID(int=0)

"""«Verstorben oder keine Post mehr»: the one page on which an office says so, for all lists, calls and letters."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from seniorenbuero.desk.door import Desk, at_the_desk
from seniorenbuero.helping import stopping
from seniorenbuero.models import Helper, HelpRequest
from seniorportal import access, register
from seniorportal.access import Right
from seniorportal.accounts.personal import personal
from seniorportal.answers import SeeOther
from seniorportal.models import Concern, User

NOT_EMPTY = "Bitte Name, Telefonnummer oder Straße eintragen. Zwei davon machen es sicher."


class PersonForm(forms.Form):
    """Typed, looked for and forgotten: it comes by POST."""

    name = forms.CharField(label="Vor- und Nachname", max_length=120, required=False)
    phone = forms.CharField(label="Telefonnummer", max_length=40, required=False)
    street = forms.CharField(label="Straße und Hausnummer", max_length=120, required=False)

    def clean(self) -> None:
        if not any(self.cleaned_data.get(name) for name in ("name", "phone", "street")):
            self.add_error("name", NOT_EMPTY)


@personal
@at_the_desk
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, desk: Desk) -> HttpResponse:
    """A row that was pointed at is in the address by its key only; what was typed never is."""
    named = request.POST.get("eintrag") or request.GET.get("eintrag", "")
    act = request.POST.get("was", "")
    today = timezone.localdate()
    reason, problem = request.POST.get("grund", ""), ""
    keys = request.POST.getlist("treffer")
    if act == "anhalten":
        if reason in Helper.Stop.values and keys:
            return stopped(request, desk, keys, reason)
        problem = (
            "Bitte wählen Sie den Grund." if keys else "Bitte kreuzen Sie an, was zu dieser Person gehört."
        )
    person, form = None, PersonForm(request.POST if act else None)
    if act and form.is_valid():
        person = stopping.Person(**form.cleaned_data)
    elif named and act != "suchen":
        person = of_row(desk, named)
        if person:
            form = PersonForm(initial={"name": person.name, "phone": person.phone, "street": person.street})
    context = {
        "desk": desk,
        "today": today,
        "form": form,
        "named": named,
        "asked": person is not None,
        "found": stopping.find(desk, person, named) if person else [],
        "reasons": Helper.Stop.choices,
        "reason": reason,
        "chosen": keys if act == "anhalten" else None,
        "problem": problem,
    }
    return render(request, "seniorenbuero/helping/stop.html", context)


def from_call(user: User, concern: Concern) -> str:
    """From the call list to here, with the row pointed at; a worry without the person's yes is about nobody known."""
    if concern.is_anonymous or not access.offers(user, Right.CHANGE, HelpRequest):
        return ""
    return f"{reverse('desk:stop_post')}?{urlencode({'eintrag': f'{stopping.CONCERN}-{concern.pk}'})}"


register.stop_pages([from_call])


def of_row(desk: Desk, named: str) -> stopping.Person | None:
    for source in stopping.SOURCES:
        for row in source.rows(desk):
            if f"{source.name}-{row.pk}" == named:
                said = stopping.read(source, row)
                where = said.get("street") or stopping.line_with_number(said.get("address", ""))
                return stopping.Person(said.get("name", ""), said.get("phone", ""), where)
    return None


def stopped(request: HttpRequest, desk: Desk, keys: list[str], reason: str) -> HttpResponse:
    said = stopping.stop(desk, keys, reason, timezone.localdate())
    for sentence in said:
        messages.success(request, sentence)
    if not said:
        messages.info(request, "Das war schon angehalten.")
    return SeeOther(reverse("desk:helping"))

"""«Beratung eintragen»: one screen for a telephone call, and what can still be done with its entry."""

import uuid
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from seniorenbuero.desk import entries, shift, topics
from seniorenbuero.desk.door import Desk, at_the_log, sent_away
from seniorenbuero.desk.form import EntryForm
from seniorenbuero.referring import calling, page
from seniorportal import access
from seniorportal.access import Right
from seniorportal.answers import SeeOther
from seniorportal.models import Consultation, User
from seniorportal.staff.forms import CarriedUUID

COLUMNS = (("asker", "is_first"), ("outcome",), ("duration", "age_group"), ("channel",))
NOTE_FIRST = "notiz"
# Why nothing was repeated: too many or too few, no entry to repeat, a form that has lost its number.
NOT_SO_MANY, NOTHING_LIKE_IT, ONCE_MORE = "zahl", "nichts", "nochmal"
NOTHING_SAID = {"verb": "", "last": None, "number": 0, "like_it": False, "entry": None, "changes": True}


@at_the_log
@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters("ort", "wahl")
def new(request: HttpRequest, desk: Desk) -> HttpResponse:
    """A GET shows the form as the last entry of this device left it; a POST stores one entry and asks for the next.

    The first entry of somebody who is signed in opens the log of the shift.
    """
    known = topics.every()
    if request.method != "POST":
        verb, last, number = _last(request, desk)
        like_it = request.GET.get("wie") == "eben" and last is not None
        if request.GET.get("tag") == "heute" and last is not None:
            last.date = timezone.localdate()
        form = EntryForm(desk, initial=entries.presets(desk, last, like_it), known=known)
        said = {"verb": verb, "last": last, "number": number, "like_it": like_it}
        return _page(request, desk, form, said)
    form = EntryForm(desk, request.POST, known=known)
    if _only_looks(request) or not form.is_valid():
        return _page(request, desk, form, {})
    entry = entries.write(form)
    answer = SeeOther(reverse("desk:log") + calling.write(desk, request.POST, form, entry))
    shift.remember(answer, "neu", entry.pk)
    _open(answer, desk)
    return answer


@at_the_log
@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters("ort", "wahl")
def change(request: HttpRequest, desk: Desk, pk: int) -> HttpResponse:
    entry = _entry(request, desk, pk)
    if isinstance(entry, HttpResponse):
        return entry
    changes = access.may(desk.principal, Right.CHANGE, entry)
    known = topics.every()
    if request.method != "POST":
        form = EntryForm(desk, instance=entry, initial={"topics": list(entry.topics.all())}, known=known)
        return _page(request, desk, form, {"entry": entry, "changes": changes})
    access.ensure(desk.principal, Right.CHANGE, entry)
    form = EntryForm(desk, request.POST, instance=entry, known=known)
    if _only_looks(request) or not form.is_valid():
        return _page(request, desk, form, {"entry": entry, "changes": changes})
    entries.write(form)
    answer = SeeOther(reverse("desk:log"))
    shift.remember(answer, "anders", entry.pk)
    return answer


@at_the_log
@require_POST
def withdraw(request: HttpRequest, desk: Desk, pk: int) -> HttpResponse:
    entry = _entry(request, desk, pk)
    if isinstance(entry, HttpResponse):
        return entry
    gone = entries.take_back(desk, entry)
    answer = SeeOther(reverse("desk:log"))
    if gone:
        shift.remember(answer, "weg")
    else:
        shift.remember(answer, NOTE_FIRST, pk)
    return answer


@at_the_log
@require_POST
def same(request: HttpRequest, desk: Desk) -> HttpResponse:
    """So many more like the last one of this device; what cannot be done is said beside the field."""
    _, last, _ = _last(request, desk)
    answer = SeeOther(reverse("desk:log"))
    typed = request.POST.get("anzahl", "").strip()
    number = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 4 else 0
    if last is None:
        shift.remember(answer, NOTHING_LIKE_IT)
        return answer
    if not 0 < number <= entries.MOST_SAME:
        shift.remember(answer, NOT_SO_MANY, last.pk, number)
        return answer
    submission = CarriedUUID(required=False).clean(request.POST.get("submission"))
    if submission is None:
        shift.remember(answer, ONCE_MORE, last.pk, number)
        return answer
    access.ensure(desk.principal, Right.ADD, last)
    entries.repeat(desk, last, number, submission)
    shift.remember(answer, "gleich", last.pk, number)
    return answer


@at_the_log
@require_http_methods(["GET", "HEAD", "POST"])
def shift_page(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Opens the log of a shift on this device, or ends it."""
    if request.method == "POST" and "beenden" in request.POST:
        answer: HttpResponse = SeeOther(reverse("desk:start" if desk.signed_in else "account_login"))
        shift.end(answer, desk.link)
        return answer
    if request.method == "POST":
        answer = SeeOther(reverse("desk:log"))
        _open(answer, desk)
        return answer
    return render(request, "seniorenbuero/desk/shift.html", {"desk": desk, "today": timezone.localdate()})


def _only_looks(request: HttpRequest) -> bool:
    """A button that looks something up while the call goes on; nothing is stored."""
    return "nachschlagen" in request.POST or "passend" in request.POST


def _open(answer: HttpResponse, desk: Desk) -> None:
    if isinstance(desk.principal, User) and desk.link is None:
        shift.hand_over(answer, shift.begin(desk.principal, desk.office))


def _entry(request: HttpRequest, desk: Desk, pk: int) -> Consultation | HttpResponse:
    """The entry; what the open log does not reach asks for the login, whether it is there or not."""
    rows = entries.in_words(desk)
    if request.method == "POST":
        rows = entries.of_office(desk).select_for_update(of=("self",))
    try:
        return access.fetch(desk.principal, rows, pk=pk)
    except Http404:
        if desk.signed_in:
            raise
        return sent_away(request)


def _last(request: HttpRequest, desk: Desk) -> tuple[str, Consultation | None, int]:
    """What this device did last, and the entry it did it with, where the desk still sees it."""
    verb, pk, number = shift.last(request)
    return verb, entries.in_words(desk).filter(pk=pk).first() if pk else None, number


def _page(request: HttpRequest, desk: Desk, form: EntryForm, said: dict[str, Any]) -> HttpResponse:
    today = timezone.localdate()
    context = {
        "desk": desk,
        "form": form,
        "columns": [[_group(form, name) for name in names] for names in COLUMNS],
        "half_days": form.options("half_day"),
        "known": form.known,
        "today": today,
        "day_of_form": _day(form),
        "tally": entries.of_day(desk, today),
        "most_same": entries.MOST_SAME,
        "submission": uuid.uuid4(),
        "panel": calling.panel(desk, request.POST, form),
        "cards": page.cards_of(desk, request.GET.get("karten", "")),
        "what_done": request.GET.get("notiert", ""),
        **NOTHING_SAID,
        **said,
    }
    return render(request, "seniorenbuero/desk/log.html", context)


def _group(form: EntryForm, name: str) -> tuple[str, Any, Any, Any]:
    return name, form.fields[name].label, form.options(name), form[name].errors


def _day(form: EntryForm) -> Any:
    day = form["date"].value()
    return form.cleaned_data.get("date") if form.is_bound and hasattr(form, "cleaned_data") else day

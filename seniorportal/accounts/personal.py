"""What is personal is behind a second door: it asks again, and closes after a quarter of an hour without use.

``@personal`` on a view is all a page needs, outermost. The lock is a page at the address one wanted: a GET comes back
to where one was, and what somebody had typed waits in that page, not in the database, where it would lie unsealed. The
session itself lives on: the anonymous log beside it stays open for the shift.
"""

import json
import time
from collections.abc import Callable, Iterator
from functools import wraps
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.internal.flows.reauthentication import reauthenticate_by_password
from allauth.mfa.models import Authenticator
from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from seniorportal.answers import SeeOther

from . import factor

IDLE = 15 * 60
SEEN = "personal_seen"  # in the session: when a personal page was last used
PREFIX = "sperre"  # of the fields of the lock; all others belong to the page behind it
View = Callable[..., HttpResponseBase]


def personal(view: View) -> View:
    """Marks a view that shows or takes something about a person. The view must ask ``access`` all the same."""

    @never_cache
    @wraps(view)
    def door(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        unlocking = request.method == "POST" and f"{PREFIX}-typ" in request.POST
        if not is_open(request):
            lock = Lock(request, unlocking)
            if not lock.opens():
                return lock.page()
            unlock(request.session)
        if unlocking and not _take_away_the_lock(request):
            return SeeOther(request.get_full_path())
        touch(request.session)
        return view(request, *args, **kwargs)

    door.personal = True  # type: ignore[attr-defined]
    return door


def is_open(request: HttpRequest) -> bool:
    """Used within the last quarter of an hour, or entered just now with all that the account can show."""
    now = time.time()
    if now - request.session.get(SEEN, 0) < IDLE:
        return True
    entered = [r for r in get_authentication_records(request, request.user) if now - r["at"] < IDLE]
    if any(record["method"] == "mfa" for record in entered):
        return True
    return bool(entered) and not factor.of(request.user).exists()


def unlock(session: Any) -> None:
    session[SEEN] = time.time()


def touch(session: Any) -> None:
    """Written at most once a minute: every write of a session is a statement."""
    if time.time() - session.get(SEEN, 0) > 60:
        unlock(session)


class CodeForm(forms.Form):
    kind = "code"
    code = forms.CharField(
        label="Code aus der App",
        max_length=20,
        help_text="Ein Code für den Notfall gilt auch.",
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "autofocus": True}
        ),
    )

    def __init__(self, request: HttpRequest, data: Any = None) -> None:
        super().__init__(data, prefix=PREFIX)
        self.request = request

    def clean_code(self) -> str:
        from allauth.mfa.base.forms import ReauthenticateForm

        code = self.cleaned_data["code"].replace(" ", "").replace("-", "")
        _passed_on(ReauthenticateForm(user=self.request.user, data={"code": code}), "code")
        return code


class PasskeyForm(forms.Form):
    kind = "passkey"
    credential = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, request: HttpRequest, data: Any = None) -> None:
        super().__init__(data, prefix=PREFIX)
        self.request = request

    def clean_credential(self) -> str:
        from .passkeys import AnswerAgainForm

        credential: str = self.cleaned_data["credential"]
        _passed_on(AnswerAgainForm(user=self.request.user, data={"credential": credential}), "credential")
        return credential

    def options(self) -> str:
        from allauth.mfa.webauthn.internal import auth

        return json.dumps(auth.begin_authentication(self.request.user))


class PasswordForm(forms.Form):
    """For accounts without a second factor, where none is demanded."""

    kind = "passwort"
    password = forms.CharField(
        label="Passwort",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password", "autofocus": True}),
    )

    def __init__(self, request: HttpRequest, data: Any = None) -> None:
        super().__init__(data, prefix=PREFIX)
        self.request = request

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        if not get_adapter().reauthenticate(self.request.user, password):
            raise ValidationError("Dieses Passwort stimmt nicht.")
        reauthenticate_by_password(self.request)
        return password


LockForm = CodeForm | PasskeyForm | PasswordForm


class Lock:
    """The page in front of a closed door, and the answer given on it."""

    def __init__(self, request: HttpRequest, answered: bool) -> None:
        self.request = request
        kind = request.POST.get(f"{PREFIX}-typ") if answered else None
        self.forms: list[LockForm] = [
            form(request, request.POST if form.kind == kind else None) for form in self._ways()
        ]

    def _ways(self) -> list[type[LockForm]]:
        kinds = set(Authenticator.objects.filter(user=self.request.user).values_list("type", flat=True))
        ways: list[type[LockForm]] = []
        if Authenticator.Type.WEBAUTHN in kinds:
            ways.append(PasskeyForm)
        if kinds:
            ways.append(CodeForm)
        return ways or [PasswordForm]

    def opens(self) -> bool:
        return any(form.is_bound and form.is_valid() for form in self.forms)

    def page(self) -> HttpResponse:
        """At the same address. 401 keeps programs from taking it for the page they asked for."""
        carried = list(self._carried())
        context = {
            "forms": self.forms,
            "carried": carried,
            "kept": bool(carried),
            "files_lost": bool(self.request.FILES),
            "asks_for_factor": not isinstance(self.forms[-1], PasswordForm),
        }
        return render(self.request, "account/locked.html", context, status=401)

    def _carried(self) -> Iterator[tuple[str, str]]:
        """What was typed into the page behind the door, and that it was sent."""
        if self.request.method != "POST":
            return
        sent = f"{PREFIX}-gesendet" in self.request.POST or f"{PREFIX}-typ" not in self.request.POST
        if sent:
            yield f"{PREFIX}-gesendet", "1"
        for name, values in self.request.POST.lists():
            if not name.startswith(f"{PREFIX}-") and name != "csrfmiddlewaretoken":
                for value in values:
                    yield name, str(value)


def _take_away_the_lock(request: HttpRequest) -> bool:
    """Gives the view its own POST back; says whether it had one."""
    sent = f"{PREFIX}-gesendet" in request.POST
    rest = QueryDict(mutable=True, encoding=request.POST.encoding)
    for name, values in request.POST.lists():
        if not name.startswith(f"{PREFIX}-"):
            rest.setlist(name, values)
    rest._mutable = False
    request.POST = rest  # type: ignore[assignment]
    return sent


def _passed_on(form: Any, field: str) -> None:
    """allauth counts, checks and remembers; its sentences are ours."""
    if not form.is_valid():
        raise ValidationError([error for errors in form.errors.as_data().values() for error in errors])
    form.save()

"""Mein Team: who works here, who is invited, who needs a second person's agreement."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from seniorportal import access
from seniorportal.access import Right
from seniorportal.accounts import invitations, team
from seniorportal.accounts.personal import personal
from seniorportal.models import FactorReset, Invitation, Membership, Role, User

BOUND = ("carrier", "district", "venue", "employer")

WHAT_FOR = {
    "carrier": "Nur für Koordination und Auswertung.",
    "district": "Nur für Begegnung VorOrt.",
    "venue": "Nur für Halle, Hausleitung und Tandem.",
    "employer": "Nur für Tandem: die verantwortliche Stelle für Fälle dieser Person.",
}


class InvitationForm(forms.ModelForm):
    """Offers only what the person may offer; whether role and place belong together, the rules say after the write."""

    class Meta:
        model = Invitation
        fields = ("name", "email", "role", *BOUND, "until")
        widgets = {
            "name": forms.TextInput(attrs={"autocomplete": "off"}),
            "email": forms.EmailInput(attrs={"autocomplete": "off"}),
            "until": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        }

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        roles = invitations.offered_by(user)
        self.fields["role"] = forms.ChoiceField(
            label="Rolle",
            choices=[(role.value, role.label) for role in roles],
            initial=roles[0] if roles else None,
        )
        if len(roles) == 1:
            self.fields["role"].widget = forms.HiddenInput()
        needed = {Membership.BINDING.get(role) for role in roles}
        if Role.TANDEM in roles:
            needed.add("employer")
        for name in BOUND:
            field: Any = self.fields[name]
            field.queryset = access.targets(user, Right.ADD, Invitation, name).order_by("name")
            field.empty_label = "–"
            if name not in needed:
                del self.fields[name]
            elif len(roles) > 1:
                field.help_text = WHAT_FOR[name]
        self._choose_the_only_place()

    def _choose_the_only_place(self) -> None:
        for name in BOUND:
            field: Any = self.fields.get(name)
            if field is not None and len(rows := list(field.queryset[:2])) == 1:
                field.initial = rows[0]

    def clean(self) -> dict[str, Any]:
        """What the role is not bound to is left out, so that one form serves all roles."""
        cleaned: dict[str, Any] = super().clean() or {}
        role = cleaned.get("role")
        if role:
            bound = Membership.BINDING.get(role)
            for name in ("carrier", "district", "venue"):
                if name != bound and not (role == Role.EVALUATION and name == "carrier"):
                    cleaned[name] = None
            if role != Role.TANDEM:
                cleaned["employer"] = None
            elif not cleaned.get("employer") and "employer" not in self.errors:
                self.add_error("employer", "Im Seniorenbüro gehört ein Arbeitgeber dazu.")
            if bound and not cleaned.get(bound) and bound in self.fields and bound not in self.errors:
                self.add_error(bound, "Bitte wählen Sie aus.")
        return cleaned


@never_cache
@personal
@require_GET
def my_team(request: HttpRequest) -> HttpResponse:
    user: Any = request.user
    today = timezone.localdate()
    rows = access.visible(user, Right.SEE, Membership.objects.active_on(today))
    rows = rows.select_related("user", "carrier", "district", "venue", "employer").order_by(
        "user__name", "user__username"
    )
    may_end = set(
        access.visible(user, Right.CHANGE, Membership.objects.active_on(today)).values_list("pk", flat=True)
    )
    invited = access.visible(user, Right.SEE, Invitation.objects.open_on(timezone.now()))
    to_agree, lost = invitations.to_confirm(user)
    locked = {one.pk: day for one, day in team.silent_in_team(user, today)}
    context = {
        "people": [
            {
                "membership": row,
                "may_end": row.pk in may_end,
                "self": row.user_id == user.pk,
                "locked": locked.get(row.user_id),
            }
            for row in rows
        ],
        "invited": invited.select_related("carrier", "district", "venue", "invited_by").order_by("pk"),
        "to_agree": to_agree,
        "lost": lost,
        "invites": access.offers(user, Right.ADD, Invitation),
        "resets": access.offers(user, Right.ADD, FactorReset),
    }
    return render(request, "account/team.html", context)


@never_cache
@personal
def invite(request: HttpRequest) -> HttpResponse:
    user: Any = request.user
    if not access.offers(user, Right.ADD, Invitation):
        access.fetch(user, Invitation.objects.none(), pk=0)  # 404
    form = InvitationForm(user, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        made = invitations.invite(form.save(commit=False), by=user)
        return redirect("entry:invitation", made.pk)
    return render(request, "account/invite.html", {"form": form})


@never_cache
@personal
def invitation(request: HttpRequest, pk: int) -> HttpResponse:
    """One invitation: where it stands, and what comes next. POST: bestaetigen, zuruecknehmen, mail."""
    user: Any = request.user
    found = _fetch(user, pk)
    sent = None
    if request.method == "POST":
        action = request.POST.get("aktion")
        if action == "bestaetigen":
            invitations.confirm(found, by=user)
        elif action == "zuruecknehmen":
            invitations.revoke(found, by=user)
        elif action == "mail" and found.email:
            sent = invitations.mail(found, invitations.issue(found, by=user), _redeem_address())
        if sent is None:
            return redirect("entry:invitation", pk)
    context = {
        "invitation": found,
        "may_change": access.may(user, Right.CHANGE, found),
        "may_agree": found.is_open() and found.needs_a_second() and access.may(user, Right.RELEASE, found),
        "sent": sent,
    }
    return render(request, "account/invitation.html", context)


@never_cache
@personal
@require_POST
def letter(request: HttpRequest, pk: int) -> HttpResponse:
    """The letter with a new code, as the answer to a click: it has no address to come back to."""
    user: Any = request.user
    found = _fetch(user, pk)
    code = invitations.issue(found, by=user)
    context = {
        "invitation": found,
        "code": invitations.spoken(code),
        "address": _redeem_address(),
        "today": timezone.localdate(),
        "recipient": [
            line.strip() for line in request.POST.get("anschrift", "")[:300].splitlines() if line.strip()
        ][:5],
        "sender": user,
    }
    return render(request, "account/letter.html", context)


@never_cache
@personal
@require_POST
def end_membership(request: HttpRequest, pk: int) -> HttpResponse:
    user: Any = request.user
    found = access.fetch(user, Membership.objects.select_related("user", "venue"), pk=pk)
    access.ensure(user, Right.CHANGE, found)
    left = team.left_open(user, found)
    if "sicher" in request.POST:
        team.end_membership(found, by=user)
        if not left:
            return redirect("entry:team")
        open_still = ", ".join(one.in_words for one in left)
        messages.warning(
            request,
            f"Die Mitarbeit von {found.user} ist beendet. Noch offen: {open_still}. Wer übernimmt das?",
        )
        return redirect(left[0].page)
    return render(request, "account/end_membership.html", {"membership": found, "left": left})


@never_cache
@personal
@require_POST
def ask_for_reset(request: HttpRequest, pk: int) -> HttpResponse:
    """Of a visible membership: its person lost the second factor."""
    user: Any = request.user
    found = access.fetch(user, Membership.objects.select_related("user"), pk=pk)
    if "sicher" in request.POST:
        team.ask_for_reset(found.user, by=user)
        return redirect("entry:team")
    return render(request, "account/ask_for_reset.html", {"membership": found})


@never_cache
@personal
@require_POST
def confirm_reset(request: HttpRequest, pk: int) -> HttpResponse:
    user: Any = request.user
    team.confirm_reset(access.fetch(user, FactorReset.objects.select_related("user"), pk=pk), by=user)
    return HttpResponseRedirect(reverse("entry:team"))


def _fetch(user: User, pk: int) -> Invitation:
    rows = Invitation.objects.select_related(
        "carrier", "district", "venue", "employer", "invited_by", "confirmed_by"
    )
    return access.fetch(user, rows, pk=pk)


def _redeem_address() -> str:
    return settings.PORTAL_ADDRESS + reverse("entry:redeem")

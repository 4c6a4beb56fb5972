"""Paths below /konto/. Views load when they are first asked for: behind the passkeys stands a large library."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponseBase
from django.urls import include, path
from django.utils.module_loading import import_string


def late(name: str) -> Callable[..., HttpResponseBase]:
    def view(request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        answer: HttpResponseBase = import_string(f"seniorportal.staff.entry.{name}")(request, **kwargs)
        return answer

    return view


factor_pages = [
    path("zweiter-faktor/", late("factor.index"), name="mfa_index"),
    path(
        "zweiter-faktor/anmelden/", login_not_required(late("factor.authenticate")), name="mfa_authenticate"
    ),
    path("zweiter-faktor/bestaetigen/", late("factor.reauthenticate"), name="mfa_reauthenticate"),
    path("zweiter-faktor/app/", late("factor.activate_totp"), name="mfa_activate_totp"),
    path("zweiter-faktor/app/bild.svg", late("factor.totp_picture"), name="mfa_totp_picture"),
    path("zweiter-faktor/app/entfernen/", late("factor.deactivate_totp"), name="mfa_deactivate_totp"),
    path("zweiter-faktor/codes/", late("factor.recovery_codes"), name="mfa_view_recovery_codes"),
    path("zweiter-faktor/codes/neu/", late("factor.new_recovery_codes"), name="mfa_generate_recovery_codes"),
    path("zweiter-faktor/passkeys/", late("factor.passkeys"), name="mfa_list_webauthn"),
    path("zweiter-faktor/passkeys/neu/", late("factor.add_passkey"), name="mfa_add_webauthn"),
    path(
        "zweiter-faktor/passkeys/bestaetigen/",
        late("factor.reauthenticate_by_passkey"),
        name="mfa_reauthenticate_webauthn",
    ),
    path("zweiter-faktor/passkeys/<int:pk>/", late("factor.rename_passkey"), name="mfa_edit_webauthn"),
    path(
        "zweiter-faktor/passkeys/<int:pk>/entfernen/",
        late("factor.remove_passkey"),
        name="mfa_remove_webauthn",
    ),
]

pages = [
    path("sitzungen/", late("own.own_sessions"), name="sessions"),
    path("team/", late("team.my_team"), name="team"),
    path("team/einladen/", late("team.invite"), name="invite"),
    path("team/einladung/<int:pk>/", late("team.invitation"), name="invitation"),
    path("team/einladung/<int:pk>/brief/", late("team.letter"), name="letter"),
    path("team/<int:pk>/beenden/", late("team.end_membership"), name="end_membership"),
    path("team/<int:pk>/faktor/", late("team.ask_for_reset"), name="ask_for_reset"),
    path("team/ruecksetzung/<int:pk>/", late("team.confirm_reset"), name="confirm_reset"),
    path("einladung/", login_not_required(late("redeem.redeem")), name="redeem"),
    path("einladung/annehmen/", login_not_required(late("redeem.accept")), name="accept"),
]

urlpatterns = [*factor_pages, path("", include((pages, "entry")))]

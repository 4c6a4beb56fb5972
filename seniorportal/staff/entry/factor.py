"""Setting up, using and changing the second factor: allauth's views, with our words, our limits and our pictures."""

import json
from typing import Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.base import forms as base_forms
from allauth.mfa.base import views as base
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import forms as totp_forms
from allauth.mfa.totp import views as totp
from allauth.mfa.totp.internal import auth
from allauth.mfa.webauthn import forms as passkey_forms
from allauth.mfa.webauthn import views as webauthn
from django import forms
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from seniorportal.accounts import factor
from seniorportal.accounts import passkeys as ceremony
from seniorportal.printing import qr


class Question:
    """Puts the question to the device where the page's script finds it: in an attribute, not in a script."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)  # type: ignore[misc]
        asked = context.pop("js_data", {})
        options = asked.get("creation_options") or asked.get("request_options")
        return context | {"options": json.dumps(options)}


class CodeField(forms.CharField):
    """Six digits from the app, or one of the codes on paper; spaces do not matter."""

    def __init__(self) -> None:
        attributes = {"autocomplete": "one-time-code", "inputmode": "numeric", "spellcheck": "false"}
        super().__init__(label="Code", max_length=20, widget=forms.TextInput(attrs=attributes))

    def to_python(self, value: Any) -> Any:
        value = super().to_python(value)
        return value.replace(" ", "").replace("-", "") if value else value


class CodeForm(base_forms.AuthenticateForm):
    code = CodeField()


class CodeAgainForm(base_forms.ReauthenticateForm):
    code = CodeField()


class FirstCodeForm(totp_forms.ActivateTOTPForm):
    code = CodeField()


class NamedPasskeyForm(ceremony.AddForm):
    name = forms.CharField(
        label="Wie soll dieses Gerät heißen?",
        required=False,
        max_length=60,
        help_text="Zum Beispiel: Diensthandy, Schlüssel am Bund.",
    )


class RenameForm(passkey_forms.EditWebAuthnForm):
    name = forms.CharField(label="Name", max_length=60)


class Authenticate(Question, base.AuthenticateView):
    form_class = CodeForm
    webauthn_form_class = ceremony.AnswerForm

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Which ways this person has: an app, passkeys, or both."""
        user = self.stage.login.user
        kinds = set(factor.of(user).values_list("type", flat=True))
        return super().get_context_data(**kwargs) | {
            "has_passkey": Authenticator.Type.WEBAUTHN in kinds,
            "has_app": Authenticator.Type.TOTP in kinds,
        }


class Reauthenticate(base.ReauthenticateView):
    form_class = CodeAgainForm


class Index(base.IndexView):
    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        demanded = factor.is_demanded(self.request.user)
        return super().get_context_data(**kwargs) | {
            "demanded": demanded,
            "shown": factor.is_shown(self.request),
        }


class ActivateTOTP(totp.ActivateTOTPView):
    form_class = FirstCodeForm

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super(totp.ActivateTOTPView, self).get_context_data(
            **kwargs
        )  # without a picture in the page
        secret = context["form"].secret
        return context | {"secret": " ".join(secret[at : at + 4] for at in range(0, len(secret), 4))}

    def form_valid(self, form: Any) -> HttpResponse:
        answer: HttpResponse = super().form_valid(form)
        factor.set_up(self.request, Authenticator.Type.TOTP)
        return answer


@require_safe
@never_cache
def totp_picture(request: HttpRequest) -> HttpResponse:
    """The QR code of the secret that is being set up in this session; only as long as it is."""
    secret = request.session.get(auth.SECRET_SESSION_KEY)
    if not secret:
        raise Http404("nichts einzurichten")
    picture = qr.svg(get_adapter().build_totp_url(request.user, secret))
    return HttpResponse(picture, content_type="image/svg+xml")


class AddPasskey(Question, webauthn.AddWebAuthnView):
    form_class = NamedPasskeyForm

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """With the form that was sent: allauth's own forgets it, and with it what was wrong."""
        kwargs.setdefault("form", self.get_form())
        return {**super().get_context_data(), **kwargs}

    def form_valid(self, form: Any) -> HttpResponse:
        answer: HttpResponse = super().form_valid(form)
        factor.set_up(self.request, Authenticator.Type.WEBAUTHN)
        return answer


class RenamePasskey(webauthn.EditWebAuthnView):
    form_class = RenameForm


class RemovePasskey(webauthn.RemoveWebAuthnView):
    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        may = get_adapter().can_delete_authenticator(self.object)
        return super().get_context_data(**kwargs) | {"may_go": may}

    def form_valid(self, form: Any) -> HttpResponse:
        if not get_adapter().can_delete_authenticator(self.get_object()):
            return HttpResponseRedirect(reverse("mfa_list_webauthn"))
        answer: HttpResponse = super().form_valid(form)
        return answer


class Passkeys(webauthn.ListWebAuthnView):
    def get_queryset(self) -> Any:
        return super().get_queryset().order_by("pk")


class ReauthenticateByPasskey(Question, webauthn.ReauthenticateWebAuthnView):
    form_class = ceremony.AnswerAgainForm

    def form_invalid(self, form: Any) -> HttpResponse:
        """The page again, with what was wrong: allauth's own answer would be the login."""
        return self.render_to_response(self.get_context_data(form=form))


index = Index.as_view()
authenticate = Authenticate.as_view()
reauthenticate = Reauthenticate.as_view()
activate_totp = never_cache(ActivateTOTP.as_view())
deactivate_totp = totp.DeactivateTOTPView.as_view()
recovery_codes = never_cache(codes.ViewRecoveryCodesView.as_view())
new_recovery_codes = codes.GenerateRecoveryCodesView.as_view()
passkeys = Passkeys.as_view()
add_passkey = never_cache(AddPasskey.as_view())
rename_passkey = RenamePasskey.as_view()
remove_passkey = RemovePasskey.as_view()
reauthenticate_by_passkey = ReauthenticateByPasskey.as_view()

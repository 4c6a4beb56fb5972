"""Signing in with the login of the house: it opens accounts that are there, and makes none.

The first time the verified e-mail address finds the account, from then on the number that the house gives the person.
Kept are this number and the days; names, tokens and whatever else the house says are forgotten.
"""

import datetime as dt
from typing import Any

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialAccount, SocialLogin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.shortcuts import render

from seniorportal import register
from seniorportal.models import User
from seniorportal.privacy.declaration import Nobody, PersonalData, Retention


class Adapter(DefaultSocialAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        return False

    def populate_user(self, request: HttpRequest, sociallogin: SocialLogin, data: dict[str, Any]) -> Any:
        """Nothing of what the house says about the person is taken over, before anything is written."""
        sociallogin.account.extra_data = {}
        return sociallogin.user

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        if sociallogin.is_existing:
            return
        user = _meant(sociallogin)
        if user is None:
            raise refused(request, "unknown", 403)
        sociallogin.user = sociallogin.account.user = user
        sociallogin.account.save()

    def on_authentication_error(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        raise refused(request, "failed", 401)

    def send_notification_mail(self, *args: Any, **kwargs: Any) -> None:
        """None: the text of such a mail would be allauth's."""


def refused(request: HttpRequest, why: str, status: int) -> ImmediateHttpResponse:
    return ImmediateHttpResponse(render(request, "account/house_login.html", {"why": why}, status=status))


def _meant(sociallogin: SocialLogin) -> User | None:
    """The one open account with an address that the house has verified, if no other person of the house has it.

    Addresses are given to somebody else one day; the number of the person is not.
    """
    # `is True`: some providers send the word "false".
    known = {one.email.casefold() for one in sociallogin.email_addresses if one.verified is True}
    found = [user for user in User.objects.with_mail() if user.email.casefold() in known] if known else []
    if len(found) != 1:
        return None
    taken = SocialAccount.objects.filter(user=found[0], provider=sociallogin.account.provider)
    return None if taken.exists() else found[0]


def closed_accounts(day: dt.date) -> QuerySet[Any]:
    return SocialAccount.objects.filter(user__is_active=False)


def declare() -> None:
    """What these tables hold, where they are there."""
    register.personal_data(
        [
            PersonalData(
                "socialaccount.SocialAccount",
                people="Mitarbeitende mit Konto",
                purpose="Die Anmeldung des Hauses öffnet das eigene Konto.",
                data="die Nummer, die das Haus der Person gibt; Tag der ersten und der letzten Anmeldung",
                seen_by="niemand; sie selbst in ihrer Auskunft",
                until="das Konto geschlossen ist.",
                of_account="user",
                retention=Retention("das Konto ist geschlossen", closed_accounts),
                name="Anmeldung des Hauses",
            )
        ]
    )
    register.nobody(
        [
            Nobody(
                ("socialaccount.SocialApp", "socialaccount.SocialToken"),
                "Leer: das Portal benutzt sie nicht.",
            )
        ]
    )

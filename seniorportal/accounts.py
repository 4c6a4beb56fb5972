"""How allauth is used here: nobody signs up, and an account is called by its name."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest

from seniorportal.models import User


class Adapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False


def display(user: User) -> str:
    return str(user)

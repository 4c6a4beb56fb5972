"""The first person of an office, or of the whole portal: where nobody is yet who could invite."""

from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from seniorportal.accounts import invitations
from seniorportal.models import Carrier, Invitation, Membership, Role, Venue


class Command(BaseCommand):
    help = "Lädt die erste Person ein: technik oder die erste eines Seniorenbüros. Der Code erscheint nur einmal."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("role", choices=[Role.TECHNICAL.value, Role.TANDEM.value], help="Rolle")
        parser.add_argument("name", help="Name der Person")
        parser.add_argument("--buero", help="Kurzname des Seniorenbüros, z. B. seniorenbuero-hoerde")
        parser.add_argument("--arbeitgeber", help="Kurzname des Trägers, z. B. stadt-dortmund")

    def handle(self, *args: Any, **options: Any) -> None:
        role = Role(options["role"])
        office = Venue.objects.filter(slug=options["buero"] or "").first()
        employer = Carrier.objects.filter(slug=options["arbeitgeber"] or "").first()
        if role == Role.TANDEM and not (office and employer):
            raise CommandError(
                "Für ein Seniorenbüro bitte --buero und --arbeitgeber mit bekannten Kurznamen angeben."
            )
        here = Membership.objects.active_on(timezone.localdate()).filter(role=role, venue=office)
        if here.exists():
            raise CommandError("Dort arbeitet schon jemand: Bitte lädt diese Person unter «Mein Team» ein.")
        invitation = Invitation(
            name=options["name"],
            role=role,
            venue=office if role == Role.TANDEM else None,
            employer=employer if role == Role.TANDEM else None,
        )
        try:
            code = invitations.invite_from_the_console(invitation)
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from None
        self.stdout.write(
            f"Code für /konto/einladung/ (gilt {Invitation.DAYS} Tage, einmal): {invitations.spoken(code)}"
        )

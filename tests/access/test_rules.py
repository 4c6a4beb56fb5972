"""The list rule and the object rule are the same rule, for every model and every role."""

import pytest

from seniorportal import access, register
from seniorportal.access import PUBLIC, Right
from seniorportal.models import Membership, Role, Walled

pytestmark = pytest.mark.django_db


def test_the_cast_has_rows_of_every_governed_model_in_both_worlds(city):
    missing = [model.__name__ for model in register.governed_models() if not city.rows(model)]
    assert missing == []
    vocabulary = {model.__name__ for model in city.hoerde.objects if model not in city.hombruch.objects}
    assert vocabulary == {
        "CalendarDay",
        "Category",
        "ConsultationTopic",
        "Deletion",
        "EmergencyNumber",
        "JobRun",
        "Language",
        "Need",
        "Page",
        "OutgoingMail",
        "Parameter",
        "PlaceAlias",
        "Synonym",
        "TargetGroup",
        "TopicPage",
        "UnmetSearch",
    }
    for model in register.governed_models():
        if model.__name__ not in vocabulary:
            assert all(world.objects[model] for world in city.worlds), model


# One list for the whole city: which offices and the house share.
NETWORK = {"Partner", "PartnerContact", "PartnersApart", "PartnerMerge"}


def test_what_a_list_shows_and_what_may_be_opened_is_the_same(city):
    cells = 0
    for name, principal in [*city.people.items(), ("öffentlich", PUBLIC)]:
        for model in register.governed_models():
            for right in Right:
                rows = city.rows(model)
                assert rows, f"the cast has no {model.__name__}"
                cells += len(rows)
                listed = access.visible(
                    principal, right, model._default_manager.filter(pk__in=[r.pk for r in rows])
                )
                if not access.offers(principal, right, model):
                    assert not listed and not access.may(principal, right, rows[0]), (name, model, right)
                    continue
                allowed = {row for row in rows if access.may(principal, right, row)}
                assert set(listed) == allowed, (name, model, right)
    print(f"{cells} cells of the rules")
    assert cells == 24048


def test_whoever_may_add_or_change_may_see(city):
    for name, user in city.people.items():
        for model in register.governed_models():
            seen = set(access.visible(user, Right.SEE, model._default_manager.all()))
            for right in (Right.ADD, Right.CHANGE):
                rows = set(access.visible(user, right, model._default_manager.all()))
                assert rows <= seen, (name, model, right)


def test_the_worlds_do_not_meet(city):
    """Those who are bound to Hörde see nothing of Hombruch but vocabularies and partners, and the other way round."""
    own = {model.__name__ for model in city.hoerde.objects if model not in city.hombruch.objects}
    shared = own | {"District", "Quarter", "Population"}
    bound = {
        "koordination-awo": city.hombruch,
        "koordination-caritas": city.hoerde,
        "vorort-hoerde": city.hombruch,
        "halle-hoerde": city.hombruch,
        "hausleitung-ekh": city.hombruch,
        "tandem-hoerde": city.hombruch,
        "tandem-hombruch": city.hoerde,
    }
    for name, foreign in bound.items():
        for model, rows in foreign.objects.items():
            if model.__name__ in shared | NETWORK:
                continue
            seen = [row for row in rows if access.may(city.people[name], Right.SEE, row)]
            assert seen == [], (name, model)


def test_what_a_field_offers_leads_to_rows_that_may_be_written(city):
    """Every stored row whose right holds by one of its fields is found among what that field offers."""
    tested = 0
    for name, user in city.people.items():
        for model in register.governed_models():
            if issubclass(model, Walled):  # whose rows are there only while the wall is open: tests/wall
                continue
            for anchor in access.anchors(model) if city.rows(model) else ():
                field = model._meta.get_field(anchor)
                if not field.many_to_one and not field.one_to_one:
                    continue
                offered = set(access.targets(user, Right.ADD, model, anchor).values_list("pk", flat=True))
                rows = access.visible(user, Right.SEE, field.related_model._default_manager.all())
                seen = set(rows.values_list("pk", flat=True))
                assert offered <= seen, (name, model, anchor)
                if not access.offers(user, Right.ADD, model):
                    assert offered == set()
                if offered == seen:  # the rule of this role does not look at the field
                    continue
                for world in city.worlds:
                    for row in world.objects[model]:
                        target = getattr(row, field.attname)
                        if target in offered and not access.may(user, Right.ADD, row):
                            pytest.fail(f"{name} is offered {anchor} of a {model.__name__} in vain")
                        tested += 1
    assert tested > 20


def test_two_grants_of_one_role_add_up(city):
    """Technicians see every membership and change all but their own and those of the offices."""
    technician = city.people["technik"]
    everyone = Membership.objects.all()
    assert access.visible(technician, Right.SEE, everyone).count() == everyone.count()
    changeable = set(access.visible(technician, Right.CHANGE, everyone))
    assert changeable == set(everyone.exclude(user=technician).exclude(role=Role.TANDEM))

"""What everybody reads and the editors or nobody writes: territory, calendar, words, pages, searches, jobs."""

from django.db.models import Model, Q

from seniorportal import register
from seniorportal.access import CHANGE_ONLY, EDIT, READ, By, Grant, Rule
from seniorportal.models import (
    Address,
    CalendarDay,
    Card,
    Category,
    ConsultationTopic,
    Deletion,
    District,
    EmergencyNumber,
    FacetChange,
    FacetCount,
    FormUse,
    JobRun,
    Language,
    Need,
    OutgoingMail,
    Page,
    Parameter,
    PlaceAlias,
    Population,
    Quarter,
    Role,
    Street,
    Synonym,
    TargetGroup,
    TopicPage,
    UnmetSearch,
    User,
)
from seniorportal.rules.paths import PLANNERS


def vocabulary(model: type[Model]) -> Rule:
    return Rule(model, {Role.EDITORS: [Grant(EDIT, By.EVERYWHERE)]}, public=Q(), staff=True)


def rarely_missed(user: User) -> Q:
    """Words looked for in vain only once or twice, in the city or in one district, say more about one person than about
    the programme."""
    return ~Q(pk__in=UnmetSearch.objects.of_seen_often().values("pk"))


register.rules(
    [
        Rule(District, public=Q(), staff=True),
        Rule(Quarter, public=Q(), staff=True),
        Rule(CalendarDay, public=Q(), staff=True),
        Rule(Card, public=Q()),  # made from published rows only
        Rule(FacetCount, public=Q()),
        Rule(FacetChange, public=Q()),
        Rule(FormUse),
        *(Rule(m, {Role.TECHNICAL: [Grant(READ, By.EVERYWHERE)]}) for m in (JobRun, OutgoingMail, Deletion)),
        Rule(Street),
        Rule(Address),
        *map(vocabulary, (Category, TargetGroup, Language, ConsultationTopic)),
        *map(vocabulary, (Synonym, PlaceAlias, Need)),
        *(
            Rule(model, {Role.EDITORS: [Grant(EDIT, By.EVERYWHERE)]}, public=Q(published=True), staff=True)
            for model in (TopicPage, EmergencyNumber)
        ),
        Rule(Page, {Role.EDITORS: [Grant(CHANGE_ONLY, By.EVERYWHERE)]}, public=Q(), staff=True),
        Rule(UnmetSearch, {role: [Grant(READ, By.EVERYWHERE, never=rarely_missed)] for role in PLANNERS}),
        Rule(Parameter, {Role.EDITORS: [Grant(EDIT, By.EVERYWHERE)]}, staff=True),
        Rule(
            Population,
            {role: [Grant(READ, By.EVERYWHERE)] for role in PLANNERS}
            | {Role.EDITORS: [Grant(EDIT, By.EVERYWHERE)]},
        ),
    ]
)

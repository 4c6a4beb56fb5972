"""What the rows of this app say about persons."""

from seniorportal import register
from seniorportal.privacy.declaration import Nobody

register.nobody(
    [Nobody(("stadtteilzentrum.Centre", "stadtteilzentrum.HouseService"), "Das Haus und seine Dienste.")]
)

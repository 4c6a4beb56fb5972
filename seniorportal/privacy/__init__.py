"""Which rows speak about persons, how long they stay, and how they leave the house."""

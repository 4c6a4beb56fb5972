"""From need to place: what fits while somebody rings, the card for the way, and who counts that it was used."""

"""What staff see: the admin site, its scoped base classes, and the overview after the login."""

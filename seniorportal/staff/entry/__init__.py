"""Pages around the own account: second factor, sessions, invitations, lost factors."""

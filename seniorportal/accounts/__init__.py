"""Accounts: how one gets in, stays in and is let out again. What a role may see stands in the rules."""

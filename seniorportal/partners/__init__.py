"""Netzwerkpartner as one list of the whole city: how names are read, which two may be one, and how they become one."""

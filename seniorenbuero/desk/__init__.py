"""The desk of an office, below ``/seniorenbuero/``: the log with its own session, its lists, months and figures."""

"""The network of the city: its partners as a list, each on a page, doubles found and merged."""

"""Der Kurzbericht: the words of the report around its figures."""

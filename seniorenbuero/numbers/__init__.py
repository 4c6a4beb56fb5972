"""/seniorenbuero/zahlen/: what an office and the city counted in a year, by month, way, outcome, topic and district."""

"""Working through the course in a terminal: a page that follows each save, and single keys."""

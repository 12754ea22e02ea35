"""Everything a search needs, as it lies on the disk or in a database."""

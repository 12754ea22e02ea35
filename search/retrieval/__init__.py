"""The way of a query, one file a step."""

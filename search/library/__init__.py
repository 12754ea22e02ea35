"""Reading what people wrote: entries, tables, judged and training queries."""

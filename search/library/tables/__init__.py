"""Reading a table: its file, the names of its columns, its cells, and the entries its rows are."""

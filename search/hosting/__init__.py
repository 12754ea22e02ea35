"""What a host does that serves the page to others: say which build answers, count without words, back up, restore."""

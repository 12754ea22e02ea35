"""What an editor uses: checks, near duplicates, coverage, templates, needs that were not met."""

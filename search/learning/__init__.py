"""What is learned from examples: which entries answer, where a situation stands, what scores mean."""

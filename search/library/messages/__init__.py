"""The words of problems, in French and in English."""

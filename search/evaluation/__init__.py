"""Measuring: metrics, reports, behaviour checks."""

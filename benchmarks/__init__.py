"""What is fast and what is not, measured beside the usual recipe in one run."""

"""The embedded model's part in a quiz."""

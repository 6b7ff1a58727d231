"""What the assistant knows, and how it finds it."""

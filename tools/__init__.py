"""Pure functions on pydantic models: classification, metrics and risk review."""

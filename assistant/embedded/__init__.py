"""The embedded chat model: understands, plans and writes without a language model behind it."""

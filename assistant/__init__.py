"""The conversation: one agent over the knowledge vault and the tools, for the web chat and the command line."""

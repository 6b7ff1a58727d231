"""Classification in the chat: what a message asks to be classified, and the reply."""

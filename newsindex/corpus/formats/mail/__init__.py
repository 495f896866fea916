"""E-mail and what is packed like it: messages, mailboxes, and web pages saved with their pictures (MHTML)."""

"""The formats of bibliographies that list articles of the press."""

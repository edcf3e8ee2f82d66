"""The server-rendered pages: templates, style sheet and the functions that fill them."""

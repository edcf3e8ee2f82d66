"""The topics of the portal: a folder each, with its addresses, reading, page, drawing, export."""

"""The language SPARQL: the text of a query, what is wrong with it, what it may do."""

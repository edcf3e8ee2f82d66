"""RDF as text: TriG, read with the place of every statement and written in one form; JSON-LD."""

"""Ontology, vocabularies and rules."""

"""What people and programs see: negotiation, graph documents, labels and pages."""

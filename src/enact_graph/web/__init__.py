"""The HTTP side: one router a topic, one shape of errors, one way to make an answer."""

"""The HTTP kernel: requests, answers, conditions, codings, problems, and what a server holds."""

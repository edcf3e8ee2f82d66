"""The refusal to write a skeleton: why, as a code with details, so that it can be said in words."""


class Refusal(ValueError):
    """What was asked for cannot be written; `code` and `details` fill a message in any language."""

    def __init__(self, code: str, **details: str) -> None:
        super().__init__(f"{code}: {', '.join(f'{k}={v}' for k, v in details.items())}")
        self.code = code
        self.details = details

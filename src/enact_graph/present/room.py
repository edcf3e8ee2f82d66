"""Room on a sheet: which rectangles hold something already, and how wide a text is."""

from dataclasses import dataclass, field

Box = tuple[float, float, float, float]


@dataclass
class Room:
    """A sheet and what is taken of it: left, top, right, bottom of each thing."""

    width: float
    height: float
    taken: list[Box] = field(default_factory=list)

    def is_free(self, box: Box, margin: float = 1) -> bool:
        """Whether a rectangle lies on the sheet and on nothing else."""
        left, top, right, bottom = box
        if left < 3 or top < 3 or right > self.width - 3 or bottom > self.height - 3:
            return False
        return not any(
            left < r + margin and right > le - margin and top < b + margin and bottom > t - margin
            for le, t, r, b in self.taken
        )

    def take(self, box: Box) -> bool:
        """Take a rectangle if it is free; whether it was."""
        if not self.is_free(box):
            return False
        self.taken.append(box)
        return True

    def fill(self, box: Box) -> None:
        """Take a rectangle whatever is there."""
        self.taken.append(box)


def wide(text: str, size: float, *, is_bold: bool = False) -> float:
    """How wide a text is, about: half its size to a character."""
    return len(text) * size * (0.57 if is_bold else 0.52)


def box(x: float, y: float, width: float, size: float, anchor: str = "middle") -> Box:
    """The rectangle of a line of text whose baseline begins, ends or has its middle at a point."""
    left = {"start": x, "end": x - width, "middle": x - width / 2}[anchor]
    return (left, y - size * 0.8, left + width, y + size * 0.25)

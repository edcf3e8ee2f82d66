// Room for the labels of a drawing: each is written where it covers no other, or not at all.

type Box = readonly [left: number, top: number, right: number, bottom: number];

/** Where a label is written. */
export interface Room {
  readonly x: number;
  readonly y: number;
  readonly "text-anchor": "start" | "end" | "middle";
}

/** Pixels that a character of 14 px takes, on the safe side. */
const CHARACTER = 7.3;
const HALF = 9;

export class Labels {
  readonly #taken: Box[] = [];
  readonly #width: number;
  readonly #height: number;

  constructor(width: number, height: number) {
    this.#width = width;
    this.#height = height;
  }

  /** Keeps the room of a dot free. */
  take(x: number, y: number, r: number): void {
    this.#taken.push([x - r, y - r, x + r, y + r]);
  }

  /** Room for the label of a dot: beside it, else above or below; null where there is none. */
  place(x: number, y: number, r: number, label: string): Room | null {
    const long = label.length * CHARACTER;
    const gap = r + 4;
    const tries: [Room, Box][] = [
      [{ x: x + gap, y: y + 5, "text-anchor": "start" }, [x + gap, y - HALF, x + gap + long, y + HALF]],
      [{ x: x - gap, y: y + 5, "text-anchor": "end" }, [x - gap - long, y - HALF, x - gap, y + HALF]],
      [{ x, y: y - gap - 2, "text-anchor": "middle" }, [x - long / 2, y - gap - 2 * HALF, x + long / 2, y - gap]],
      [{ x, y: y + gap + 11, "text-anchor": "middle" }, [x - long / 2, y + gap, x + long / 2, y + gap + 2 * HALF]],
    ];
    const found = tries.find(([, box]) => this.#isFree(box));
    if (!found) return null;
    this.#taken.push(found[1]);
    return found[0];
  }

  #isFree([left, top, right, bottom]: Box): boolean {
    if (left < 0 || top < 0 || right > this.#width || bottom > this.#height) return false;
    return !this.#taken.some(([a, b, c, d]) => left < c && right > a && top < d && bottom > b);
  }
}

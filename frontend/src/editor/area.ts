// The text field until somebody is about to write: the text area that the server sent.

/** A place in the text; line and column count from 1, the column in characters. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

/** The editor as the rest of the page uses it. */
export interface Field {
  text(): string;
  write(text: string): void;
  /** Marks the fault at a place, or none. */
  mark(place: Place | null): void;
  /** Puts the cursor at a place. */
  goTo(place: Place): void;
}

/** The text area as a field; where a fault is, the server says in words below. */
export function makeArea(area: HTMLTextAreaElement, run: () => void): Field {
  area.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    run();
  });
  return {
    text: () => area.value,
    write: (text) => (area.value = text),
    mark: () => undefined,
    goTo: ({ line, column }) => {
      const lines = area.value.split("\n");
      const before = lines.slice(0, line - 1).reduce((sum, one) => sum + one.length + 1, 0);
      // The server counts characters, the text area UTF-16 units.
      const within = [...(lines[line - 1] ?? "")].slice(0, column - 1).join("").length;
      const at = Math.min(before + within, area.value.length);
      area.focus();
      area.setSelectionRange(at, at);
    },
  };
}

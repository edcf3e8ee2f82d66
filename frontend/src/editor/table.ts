// A table whose columns can be sorted by a button in their head.

import { make } from "../shared/dom";
import { pageLanguage } from "../shared/texts";

/** Makes the columns of a table sortable; the first click sorts upwards, the next downwards. */
export function sortable(table: HTMLTableElement): void {
  const heads = [...(table.tHead?.rows[0]?.cells ?? [])];
  const body = table.tBodies[0];
  if (!body) return;
  heads.forEach((head, column) => {
    if (head.querySelector("button")) return;
    const button = make("button", { type: "button", class: "sort" }, ...head.childNodes);
    button.addEventListener("click", () => {
      const isUp = head.getAttribute("aria-sort") !== "ascending";
      for (const other of heads) other.removeAttribute("aria-sort");
      head.setAttribute("aria-sort", isUp ? "ascending" : "descending");
      body.append(...sorted([...body.rows], column, isUp));
    });
    head.append(button);
  });
}

function sorted(rows: HTMLTableRowElement[], column: number, isUp: boolean): HTMLTableRowElement[] {
  const order = new Intl.Collator(pageLanguage(), { numeric: true });
  const text = (row: HTMLTableRowElement): string => row.cells[column]?.textContent?.trim() ?? "";
  const isNumber = rows.every((row) => !text(row) || row.cells[column]?.classList.contains("n"));
  return rows.sort((a, b) => {
    const [one, other] = [text(a), text(b)];
    // What is not bound comes last either way.
    if (!one || !other) return Number(!one) - Number(!other);
    const result = isNumber ? Number(one) - Number(other) : order.compare(one, other);
    return isUp ? result : -result;
  });
}

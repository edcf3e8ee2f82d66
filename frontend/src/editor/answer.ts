// The answer and its views: the table as the server wrote it, and what is drawn from the data.

import { find, make } from "../shared/dom";
import type { Texts } from "../shared/texts";
import { type Data, TooLarge, fetchData } from "./data";
import { sortable } from "./table";

/** Longer addresses are cut by some programs on the way. */
export const ADDRESS = 6000;
const VIEWS = ["table", "chart", "map", "graph", "raw"] as const;
export type View = (typeof VIEWS)[number];

/** Draws a view of the data into an element. */
export type Drawing = (data: Data, into: HTMLElement, texts: Texts) => Promise<void> | void;

/** The section with the answer; it fetches the data of a query when a view needs them. */
export class Answer {
  view: View;
  summary = "";
  readonly #section: HTMLElement;
  readonly #texts: Texts;
  readonly #drawn = make("div", { class: "drawn mt-3" });
  #query: string | null = null;
  #data: Promise<Data> | null = null;

  constructor(section: HTMLElement, texts: Texts) {
    this.#section = section;
    this.#texts = texts;
    const asked = new URL(location.href).searchParams.get("view");
    this.view = VIEWS.find((view) => view === asked) ?? "table";
    section.addEventListener("click", (event) => this.#choose(event));
  }

  /** Shows the answer that a section of another page (or of this one) holds. */
  take(told: HTMLElement, query: string | null): void {
    this.#query = query;
    this.#data = null;
    if (told !== this.#section) {
      const parts = [...told.childNodes].map((node) => document.adoptNode(node));
      this.#section.replaceChildren(...parts);
      this.#section.hidden = told.hidden;
    }
    const table = this.#section.querySelector<HTMLTableElement>("table.sorts");
    if (table) sortable(table);
    this.summary = this.#section.querySelector("caption")?.textContent ?? this.#section.querySelector("h2")?.textContent ?? "";
    find(this.#section, ".shown").after(this.#drawn);
    void this.#show();
  }

  /** Says that the server refused the request. */
  refuse(title: string, detail: string): void {
    this.#query = null;
    this.summary = "";
    this.#section.hidden = false;
    const told = make("p", { lang: "en" }, detail);
    const notice = make("div", { class: "notice", role: "alert" }, make("p", {}, make("strong", {}, title)), told);
    find(this.#section, ".shown").replaceChildren(notice);
    this.#section.querySelector(".tabs")?.remove();
    this.#drawn.hidden = true;
  }

  #choose(event: MouseEvent): void {
    const link = event.target instanceof Element ? event.target.closest<HTMLAnchorElement>(".tabs a") : null;
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    this.view = VIEWS.find((view) => view === link.dataset["view"]) ?? "table";
    if (link.href.length < ADDRESS) history.replaceState(null, "", link.href);
    void this.#show();
  }

  /** Draws the view that is chosen. */
  async #show(): Promise<void> {
    const query = this.#query;
    const shown = find(this.#section, ".shown");
    shown.hidden = query !== null && this.view !== "table";
    this.#drawn.hidden = !shown.hidden;
    if (query === null) return;
    for (const tab of this.#section.querySelectorAll<HTMLAnchorElement>(".tabs a")) {
      if (tab.dataset["view"] === this.view) tab.setAttribute("aria-current", "true");
      else tab.removeAttribute("aria-current");
    }
    if (this.view === "table") return;
    const view = this.view;
    this.#drawn.setAttribute("aria-busy", "true");
    try {
      this.#data ??= fetchData(query);
      const [data, draw] = await Promise.all([this.#data, drawing(view)]);
      if (this.#query !== query || this.view !== view) return;
      this.#drawn.replaceChildren();
      await draw(data, this.#drawn, this.#texts);
    } catch (error) {
      if (!(error instanceof TooLarge)) console.warn(error);
      this.#data = null;
      const why = error instanceof TooLarge ? "editor.too-large" : "editor.offline";
      this.#drawn.replaceChildren(make("p", {}, this.#texts(why)));
    } finally {
      this.#drawn.removeAttribute("aria-busy");
    }
  }
}

/** The code of a view, fetched when it is first wanted. */
async function drawing(view: Exclude<View, "table">): Promise<Drawing> {
  switch (view) {
    case "chart":
      return (await import("./chart")).drawChart;
    case "map":
      return (await import("./map")).drawMap;
    case "graph":
      return (await import("./graph")).drawGraph;
    case "raw":
      return (await import("./raw")).drawRaw;
  }
}

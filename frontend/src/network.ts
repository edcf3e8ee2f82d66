// Who is tied to whom, without reloading: filters, unfolding, the keyboard, and a second drawing.
//
// Picture and table come from the server, as they would after a click: what is shown is always
// what its address shows, and the table says the same as the picture.

import "./network/network.css";
import { find, make } from "./shared/dom";
import { type Texts, textsOf } from "./shared/texts";

type Way = "ArrowUp" | "ArrowDown" | "ArrowLeft" | "ArrowRight";

const region = document.querySelector<HTMLElement>("#network");
if (region) begin(region, find<HTMLFormElement>(document, "form.narrowing"));

function begin(into: HTMLElement, form: HTMLFormElement): void {
  const texts = textsOf(into);
  const status = make("p", { class: "vh", role: "status" });
  into.before(status);
  let request: AbortController | undefined;
  let isWeb = false;

  /** Shows what an address shows; the focus stays on what is still there. */
  async function show(address: string, kept: string | null, isNew = true): Promise<void> {
    request?.abort();
    request = new AbortController();
    into.setAttribute("aria-busy", "true");
    const waiting = window.setTimeout(() => (status.textContent = texts("network.busy")), 400);
    try {
      const response = await fetch(address, { headers: { Accept: "text/html" }, signal: request.signal });
      if (!response.ok) throw new Error(`${address}: ${response.status}`);
      const page = new DOMParser().parseFromString(await response.text(), "text/html");
      take(page);
      if (isNew) history.pushState(null, "", address);
      await dress();
      if (kept) document.querySelector<HTMLElement>(kept)?.focus();
      status.textContent = find(page, 'meta[name="description"]').getAttribute("content");
    } catch (error) {
      // Whatever went wrong, the address itself still leads there.
      if (!(error instanceof DOMException && error.name === "AbortError")) location.assign(address);
    } finally {
      window.clearTimeout(waiting);
      into.removeAttribute("aria-busy");
    }
  }

  /** Puts the parts of another state of this page in the place of those of the last. */
  function take(page: Document): void {
    const next = find(page, "#network");
    into.replaceChildren(...next.childNodes);
    into.dataset["json"] = next.dataset["json"];
    const focused = document.activeElement;
    const name = focused instanceof HTMLInputElement && form.contains(focused) ? nameOf(focused) : null;
    form.replaceChildren(...find(page, "form.narrowing").childNodes);
    if (name) form.querySelector<HTMLElement>(name)?.focus();
    find(document, "nav.langs").replaceChildren(...find(page, "nav.langs").childNodes);
  }

  /** Adds to what the server sent what only works here. */
  async function dress(): Promise<void> {
    const figure = into.querySelector<HTMLElement>("figure.network");
    if (!figure) return;
    const button = make("button", { type: "button", class: "quiet" }, texts(isWeb ? "network.tree" : "network.graph"));
    button.addEventListener("click", () => {
      isWeb = !isWeb;
      button.textContent = texts(isWeb ? "network.tree" : "network.graph");
      void draw(figure, texts, isWeb).then(() => rove(figure));
    });
    // In the room that the style sheet keeps for it where scripts run, so that nothing moves.
    const hint = make("span", { class: "muted small keys" }, texts("network.keys"));
    find(figure, ".tools").prepend(button);
    find(figure, ".tools").append(hint);
    await draw(figure, texts, isWeb);
    rove(figure);
  }

  async function draw(figure: HTMLElement, words: Texts, isGraph: boolean): Promise<void> {
    const tree = find(figure, ".frame:not(.web)");
    figure.querySelectorAll(".web").forEach((drawn) => drawn.remove());
    tree.hidden = isGraph;
    if (!isGraph) return;
    const { drawWeb } = await import("./network/web");
    const response = await fetch(into.dataset["json"] ?? "");
    tree.after(...drawWeb(await response.json(), words, Math.max(280, figure.clientWidth - 26)));
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    void show(asked(form, into), null);
  });
  form.addEventListener("change", () => void show(asked(form, into), null));
  into.addEventListener("click", (event) => {
    const fold = event.target instanceof Element ? event.target.closest<HTMLAnchorElement>("a.unfold") : null;
    if (!fold || event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    void show(fold.href, `a.unfold[data-of="${fold.dataset["of"]}"]`);
  });
  into.addEventListener("keydown", (event) => {
    const node = event.target instanceof Element ? event.target.closest<SVGAElement>("figure.network svg a") : null;
    if (!node || event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.key === " ") {
      event.preventDefault();
      const slug = slugOf(node);
      const fold = into.querySelector<HTMLAnchorElement>(`a.unfold[data-of="${slug}"]`);
      if (fold) void show(fold.href, `figure.network .frame:not([hidden]) svg:not([hidden]) a[href*="/network/${slug}"]`).then(() => focusOn(into, slug));
    } else if (event.key in STEPS) {
      event.preventDefault();
      step(node, event.key as Way);
    }
  });
  window.addEventListener("popstate", () => void show(location.href, null, false));
  void dress();
}

/** The address of what the form asks, with what is unfolded. */
function asked(form: HTMLFormElement, into: HTMLElement): string {
  const fields = new URLSearchParams();
  for (const [name, value] of new FormData(form)) if (typeof value === "string" && value) fields.append(name, value);
  const shown = new URL(into.dataset["json"] ?? "", location.href).searchParams;
  for (const slug of shown.getAll("open")) fields.append("open", slug);
  return `${form.action}?${fields}`;
}

function nameOf(input: HTMLInputElement): string {
  return input.type === "checkbox" ? `input[name="${input.name}"][value="${input.value}"]` : `#${input.id}`;
}

function slugOf(node: SVGAElement): string {
  return new URL(node.href.baseVal, location.href).pathname.replace("/network/", "");
}

function nodesOf(figure: Element): SVGAElement[] {
  const drawn = [...figure.querySelectorAll<SVGSVGElement>("svg")].filter((svg) => svg.getClientRects().length > 0);
  return drawn.flatMap((svg) => [...svg.querySelectorAll<SVGAElement>("a")]);
}

/** One stop for the tabulator, from which the arrows lead on: ninety would be too many. */
function rove(figure: Element): void {
  const nodes = nodesOf(figure);
  nodes.forEach((node, place) => node.setAttribute("tabindex", place === 0 ? "0" : "-1"));
}

function focusOn(into: Element, slug: string): void {
  const node = nodesOf(into).find((one) => slugOf(one) === slug);
  if (node) move(node);
}

function move(to: SVGAElement): void {
  for (const node of nodesOf(to.closest("figure") ?? to)) node.setAttribute("tabindex", node === to ? "0" : "-1");
  to.focus();
}

const STEPS: Readonly<Record<Way, readonly [number, number]>> = {
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
};

/** Goes to the nearest node that lies in a direction. */
function step(from: SVGAElement, way: Way): void {
  const [right, down] = STEPS[way];
  const start = middle(from);
  let best: SVGAElement | undefined;
  let least = Infinity;
  for (const node of nodesOf(from.closest("figure") ?? from)) {
    const [dx, dy] = [middle(node).x - start.x, middle(node).y - start.y];
    const along = dx * right + dy * down;
    const aside = Math.abs(dx * down + dy * right);
    if (node === from || along < 1) continue;
    const far = along + 3 * aside;
    if (far < least) [best, least] = [node, far];
  }
  if (best) move(best);
}

function middle(node: SVGAElement): { readonly x: number; readonly y: number } {
  const box = (node.querySelector("circle") ?? node).getBoundingClientRect();
  const text = node.querySelector("text")?.getAttribute("text-anchor");
  return { x: text === "end" ? box.right : box.left, y: box.top + box.height / 2 };
}

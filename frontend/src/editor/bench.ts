// The page to ask in SPARQL: an editor, and answers without a reload.
//
// The server writes each answer as a page; this takes the answer out of that page and puts it into
// the one that is shown. So with and without JavaScript people read the same.

import { ADDRESS, Answer } from "./answer";
import { type Field, type Place, makeArea } from "./area";
import { find, make } from "../shared/dom";
import { pageLanguage, textsOf } from "../shared/texts";

const bench = find(document, "#bench");
const form = find<HTMLFormElement>(bench, "form");
const area = find<HTMLTextAreaElement>(form, "textarea");
const format = find<HTMLSelectElement>(form, "select");
const button = find<HTMLButtonElement>(form, ".bar button");
const texts = textsOf(bench);

const hint = find(form, "#editor-keys");
bench.classList.add("live");
const status = make("span", { class: "status", role: "status" });
const cancel = make("button", { type: "button", class: "quiet", hidden: true }, texts("editor.cancel"));
button.after(cancel);
format.after(status);

const submit = (): void => form.requestSubmit(button);
let field: Field = makeArea(area, submit);
let fault: Place | null = null;
const answer = new Answer(find(bench, "#answer"), texts);
let running: AbortController | null = null;

// The editor weighs more than all the rest of the page: it comes when somebody is about to write.
const box = find(form, ".editor");
for (const sign of ["pointerenter", "focusin"]) box.addEventListener(sign, begin, { once: true });

form.addEventListener("submit", (event) => {
  if (format.value) return; // a file, which the browser saves
  event.preventDefault();
  // A byte order mark is no part of a query, and the server does not count it.
  if (field.text().startsWith("\ufeff")) field.write(field.text().slice(1));
  void run(field.text(), true);
});
cancel.addEventListener("click", () => running?.abort());
find(document, ".bench").addEventListener("click", (event) => {
  const link = event.target instanceof Element ? event.target.closest<HTMLAnchorElement>(".topics a") : null;
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
  const query = new URL(link.href).searchParams.get("query");
  if (query === null) return;
  event.preventDefault();
  field.write(query);
  void run(query, true);
});
window.addEventListener("popstate", () => {
  const query = new URL(location.href).searchParams.get("query");
  if (query === null) return location.reload();
  field.write(query);
  void run(query, false);
});

show(document, area.value, new URL(location.href).searchParams.has("query"));

/** Lets the editor take the place of the text area; without it, all works on as it is. */
async function begin(): Promise<void> {
  if (area.hidden) return;
  const loaded = await import("./field").catch(() => null);
  if (!loaded || area.hidden) return; // it did not come, or both signs were seen
  field = loaded.makeField(area, texts, hint.id, submit);
  mark(fault);
}

function mark(place: Place | null): void {
  fault = place;
  field.mark(place);
}

/** Asks the server for the page with the answer, and shows what it says. */
async function run(query: string, isNew: boolean): Promise<void> {
  running?.abort();
  const mine = (running = new AbortController());
  const begun = performance.now();
  cancel.hidden = false;
  status.textContent = texts("editor.running");
  try {
    const page = await ask(query, mine.signal);
    const what = show(page, query, true);
    const seconds = texts.number(Math.round((performance.now() - begun) / 10) / 100);
    status.textContent = what ? texts("editor.done", { what, seconds }) : "";
    if (isNew) history.pushState(null, "", addressOf(query));
  } catch (error) {
    if (running !== mine) return; // another query took its place
    status.textContent = texts(mine.signal.aborted ? "editor.cancelled" : "editor.offline");
    if (!mine.signal.aborted) console.warn(error);
  } finally {
    if (running === mine) {
      running = null;
      cancel.hidden = true;
    }
  }
}

async function ask(query: string, signal: AbortSignal): Promise<Document> {
  const fields = new URLSearchParams({ query, lang: pageLanguage() });
  const headers = { Accept: "text/html" };
  const isLong = fields.toString().length > ADDRESS;
  const reply = isLong
    ? await fetch(`/sparql?lang=${pageLanguage()}`, { method: "POST", body: fields, headers, signal })
    : await fetch(`/sparql?${fields}`, { headers, signal });
  return new DOMParser().parseFromString(await reply.text(), "text/html");
}

/** Shows the answer that a page holds; returns it in a few words, "" where there is none. */
function show(page: Document, query: string, isAsked: boolean): string {
  const told = page.querySelector<HTMLElement>("#answer");
  if (!told) {
    // A page of problems in place of this one: the server refused the request itself.
    const title = page.querySelector("main h1")?.textContent ?? texts("editor.offline");
    answer.refuse(title, page.querySelector("main [lang=en]")?.textContent ?? "");
    mark(null);
    return "";
  }
  if (page !== document) {
    for (const part of [".programs", ".bar .share", "nav.langs", ".topics"]) replace(page, part);
  }
  const problem = told.querySelector<HTMLElement>("#problem");
  const place = problem ? placeOf(problem) : null;
  answer.take(told, isAsked && !problem ? query : null);
  mark(place);
  if (place) {
    const go = make("button", { type: "button", class: "quiet" }, texts("editor.to-fault"));
    go.addEventListener("click", () => field.goTo(place));
    find(bench, "#problem").append(make("p", {}, go));
  }
  for (const program of bench.querySelectorAll<HTMLElement>(".programs details")) copyable(program);
  return answer.summary;
}

function placeOf(problem: HTMLElement): Place | null {
  const { line, column } = problem.dataset;
  return line && column ? { line: Number(line), column: Number(column) } : null;
}

/** Takes a part over from another page; the topics that are open stay so. */
function replace(page: Document, part: string): void {
  const [old, fresh] = [document.querySelector(part), page.querySelector(part)];
  if (!fresh) return old?.remove();
  const adopted = document.adoptNode(fresh);
  if (old) {
    const open = [...old.querySelectorAll("details")].map((details) => details.open);
    adopted.querySelectorAll("details").forEach((details, index) => (details.open ||= open[index] ?? false));
    old.replaceWith(adopted);
  } else if (part.startsWith(".bar")) find(form, ".bar").append(adopted);
}

/** Adds a button that copies a program; none where the browser gives no clipboard. */
function copyable(program: HTMLElement): void {
  const code = program.querySelector("code");
  if (!navigator.clipboard || !code || program.querySelector("button")) return;
  const copy = make("button", { type: "button", class: "quiet copy" }, texts("editor.copy"));
  copy.addEventListener("click", () => {
    navigator.clipboard.writeText(code.textContent ?? "").then(
      () => (copy.textContent = texts("editor.copied")),
      () => copy.remove(),
    );
  });
  program.append(copy);
}

function addressOf(query: string): string {
  const fields = new URLSearchParams({ query, lang: pageLanguage() });
  if (answer.view !== "table") fields.set("view", answer.view);
  const address = `/sparql?${fields}`;
  return address.length > ADDRESS ? `/sparql?lang=${pageLanguage()}` : address;
}

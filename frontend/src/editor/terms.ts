// What completion draws on: the terms of the release, and the things that the search finds.

import { pageLanguage } from "../shared/texts";

/** A class, property or concept; `name` is its prefixed name where it has one. */
export interface Term {
  readonly iri: string;
  readonly kind: "class" | "property" | "concept";
  readonly uses: number;
  readonly name?: string;
  readonly label?: string;
  readonly gloss?: string;
}

/** The terms of a release and the namespaces of our prefixes. */
export interface Glossary {
  readonly prefixes: Readonly<Record<string, string>>;
  readonly terms: readonly Term[];
}

/** A thing that the search found. */
export interface Thing {
  readonly iri: string;
  readonly name: { readonly text: string; readonly language?: string };
  readonly description?: { readonly text: string } | null;
}

let asked: Promise<Glossary> | null = null;

/** The glossary, fetched once; asked for anew after a failure. */
export function glossary(): Promise<Glossary> {
  asked ??= json<Glossary>(`/terms.json?lang=${pageLanguage()}`).catch((error: unknown) => {
    asked = null;
    throw error;
  });
  return asked;
}

/** The things whose name is like a text, the likeliest first. */
export async function things(text: string, signal: AbortSignal): Promise<readonly Thing[]> {
  const fields = new URLSearchParams({ q: text, lang: pageLanguage(), size: "8" });
  const { hits } = await json<{ hits: readonly Thing[] }>(`/search.json?${fields}`, signal);
  return hits;
}

async function json<Members>(address: string, signal?: AbortSignal): Promise<Members> {
  const answer = await fetch(address, { headers: { Accept: "application/json" }, signal: signal ?? null });
  if (!answer.ok) throw new Error(`${address} answered ${answer.status}`);
  return (await answer.json()) as Members;
}

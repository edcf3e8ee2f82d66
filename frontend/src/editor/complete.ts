// Completion: variables, keywords, terms and things by their label in the language of the page.

import {
  type Completion,
  type CompletionContext,
  type CompletionResult,
  type CompletionSource,
  pickedCompletion,
} from "@codemirror/autocomplete";
import type { ChangeSpec } from "@codemirror/state";
import type { EditorView } from "@codemirror/view";

import type { Texts } from "../shared/texts";
import { isVerbatim } from "./language";
import { type Role, roleAt } from "./place";
import { declaring } from "./prefixes";
import { type Glossary, type Term, type Thing, glossary, things } from "./terms";

const KEYWORDS = (
  "SELECT DISTINCT WHERE OPTIONAL FILTER UNION MINUS GRAPH VALUES BIND AS ORDER BY GROUP HAVING " +
  "LIMIT OFFSET CONSTRUCT DESCRIBE ASK PREFIX EXISTS NOT IN COUNT SUM MIN MAX AVG SAMPLE " +
  "GROUP_CONCAT LANG LANGMATCHES STR DATATYPE BOUND IF COALESCE CONTAINS STRSTARTS STRENDS REGEX " +
  "REPLACE SUBSTR CONCAT LCASE UCASE STRLEN YEAR MONTH DAY NOW ROUND ABS isIRI isLiteral FROM NAMED"
).split(" ");
const MOST = 40;
/** What completes at a place, first. */
const WANTED: Readonly<Record<Role, readonly string[]>> = {
  subject: [],
  predicate: ["property"],
  object: ["concept"],
  class: ["class"],
  other: ["property"],
};

/** The sources of completion: what is known at once, and what the search must be asked. */
export function sources(texts: Texts): readonly CompletionSource[] {
  return [
    (context) => atOnce(context, texts),
    (context) => searched(context, texts),
  ];
}

/** The word before the cursor, prefixed or not; null where none is meant. */
function wordAt(context: CompletionContext): { from: number; text: string } | null {
  if (isVerbatim(context.state, context.pos)) return null;
  return (
    context.matchBefore(/[\p{L}\w-]*:[\p{L}\w.-]*$/u) ??
    context.matchBefore(/[?$][\p{L}\w]*$/u) ??
    context.matchBefore(/[\p{L}][\p{L}\w’'-]*$/u)
  );
}

async function atOnce(context: CompletionContext, texts: Texts): Promise<CompletionResult | null> {
  const word = wordAt(context);
  if (!word && !context.explicit) return null;
  const text = word?.text ?? "";
  const from = word?.from ?? context.pos;
  if (/^[?$]/.test(text)) return { from, options: variables(context, from, texts), validFor: /^[?$][\p{L}\w]*$/u };
  if (text.length < 2 && !context.explicit && !text.endsWith(":")) return null;
  const known = await glossary();
  const role = roleAt(context.state.sliceDoc(0, from));
  const found = [...terms(known, text, role, texts), ...words(known, text, texts)];
  found.sort((a, b) => (b.boost ?? 0) - (a.boost ?? 0));
  return { from, options: found.slice(0, MOST), filter: false };
}

async function searched(context: CompletionContext, texts: Texts): Promise<CompletionResult | null> {
  const word = wordAt(context);
  if (!word || /^[?$]/.test(word.text)) return null;
  const [, prefix, local] = /^(?:([\p{L}\w-]*):)?(.*)$/su.exec(word.text) ?? [];
  if (!local || local.length < 3 || KEYWORDS.includes(local.toUpperCase())) return null;
  if (prefix !== undefined && !["id", "v", "src"].includes(prefix)) return null;
  const given = new AbortController();
  context.addEventListener("abort", () => given.abort(), { onDocChange: true });
  // People type on: only a word at which they pause is worth a request.
  await new Promise((resolve) => setTimeout(resolve, 120));
  if (context.aborted) return null;
  const [known, hits] = await Promise.all([
    glossary(),
    things(local.replace(/-/g, " "), given.signal).catch(() => [] as readonly Thing[]),
  ]);
  const options = hits.map((thing, index) => ofThing(known, thing, texts, -index));
  return { from: word.from, options: options.filter((option) => option !== null), filter: false };
}

function ofThing(known: Glossary, thing: Thing, texts: Texts, boost: number): Completion | null {
  const name = shorten(known, thing.iri);
  return {
    label: name ?? `<${thing.iri}>`,
    displayLabel: thing.name.text,
    detail: name ?? thing.iri,
    ...(thing.description ? { info: thing.description.text } : {}),
    section: { name: texts("editor.kind.thing"), rank: 2 },
    apply: applying(known, name ?? `<${thing.iri}>`),
    boost,
  };
}

function variables(context: CompletionContext, from: number, texts: Texts): Completion[] {
  const text = context.state.doc.toString();
  const others = `${text.slice(0, from)} ${text.slice(context.pos)}`;
  const names = new Set([...others.matchAll(/[?$]([\p{L}\w]+)/gu)].map((match) => `?${match[1]}`));
  return [...names].sort().map((label) => ({ label, detail: texts("editor.kind.variable") }));
}

function terms(known: Glossary, text: string, role: Role, texts: Texts): Completion[] {
  const [, prefix, local] = /^(?:([\p{L}\w-]*):)?(.*)$/su.exec(text) ?? [];
  const sought = plain(local ?? "");
  const found: Completion[] = [];
  for (const term of known.terms) {
    const name = term.name;
    if (!name || (prefix !== undefined && !name.startsWith(`${prefix}:`))) continue;
    const rank = likeness(term, sought);
    if (rank === 0) continue;
    const wanted = WANTED[role].includes(term.kind) ? 40 : 0;
    found.push({
      label: name,
      displayLabel: term.label ?? name,
      detail: term.label ? name : texts(`editor.kind.${term.kind}`),
      ...(term.gloss ? { info: term.gloss } : {}),
      apply: applying(known, name),
      boost: rank + wanted + Math.min(9, Math.log10(term.uses + 1) * 3),
    });
  }
  return found;
}

/** How well a term fits what was typed, from 0 (not at all) to 60 (it is the same). */
function likeness(term: Term, sought: string): number {
  if (!sought) return 10;
  const label = plain(term.label ?? "");
  const local = plain(term.name?.split(":")[1] ?? "");
  // The nearer to the whole name, the better.
  if (label.startsWith(sought)) return 50 + (10 * sought.length) / label.length;
  if (local.startsWith(sought)) return 50 + (10 * sought.length) / local.length;
  if (label.includes(` ${sought}`)) return 35;
  return sought.length > 2 && (label.includes(sought) || local.includes(sought)) ? 20 : 0;
}

function words(known: Glossary, text: string, texts: Texts): Completion[] {
  if (text.includes(":")) return [];
  const sought = text.toUpperCase();
  const keywords = KEYWORDS.filter((word) => word.toUpperCase().startsWith(sought)).map((label) => ({
    label,
    detail: texts("editor.kind.keyword"),
    boost: 45,
  }));
  const prefixes = Object.entries(known.prefixes)
    .filter(([prefix]) => prefix.toUpperCase().startsWith(sought))
    .map(([prefix, namespace]) => ({
      label: `${prefix}:`,
      detail: texts("editor.kind.prefix"),
      info: namespace,
      apply: applying(known, `${prefix}:`),
      boost: 44,
    }));
  return [...keywords, ...prefixes];
}

/** Writes a name, and declares its prefix where that is not done yet. */
function applying(known: Glossary, name: string) {
  return (view: EditorView, completion: Completion, from: number, to: number): void => {
    const prefix = name.startsWith("<") ? "" : (name.split(":")[0] ?? "");
    const namespace = known.prefixes[prefix];
    const declaration = namespace ? declaring(view.state.doc, prefix, namespace) : null;
    const changes: ChangeSpec[] = [{ from, to, insert: name }];
    if (declaration) changes.push(declaration);
    const change = view.state.changes(changes);
    view.dispatch({
      changes: change,
      selection: { anchor: change.mapPos(to, 1) },
      annotations: pickedCompletion.of(completion),
      scrollIntoView: true,
      userEvent: "input.complete",
    });
  };
}

function shorten(known: Glossary, iri: string): string | null {
  let best: string | null = null;
  let length = 0;
  for (const [prefix, namespace] of Object.entries(known.prefixes)) {
    const local = iri.slice(namespace.length);
    if (iri.startsWith(namespace) && namespace.length > length && /^[\p{L}\d_-]+$/u.test(local)) {
      best = `${prefix}:${local}`;
      length = namespace.length;
    }
  }
  return best;
}

/** A text without accents and case, to compare by. */
function plain(text: string): string {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}

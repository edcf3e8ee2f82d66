// The prefixes a query declares, and those it needs.

import type { ChangeSpec, Text } from "@codemirror/state";

const DECLARATION = /^[ \t]*PREFIX[ \t]+([\w.-]*):[ \t]*<[^>\s]*>[^\n]*$/gim;

/** The prefixes that are declared in a text. */
export function declared(text: string): Set<string> {
  return new Set([...text.matchAll(DECLARATION)].map((match) => match[1] ?? ""));
}

/** The change that declares a prefix among the others, in the order of their names; else null. */
export function declaring(doc: Text, prefix: string, namespace: string): ChangeSpec | null {
  const text = doc.toString();
  const found = [...text.matchAll(DECLARATION)];
  if (found.some((match) => match[1] === prefix)) return null;
  const line = `PREFIX ${prefix}: <${namespace}>\n`;
  const next = found.find((match) => (match[1] ?? "") > prefix);
  if (next) return { from: next.index, insert: line };
  const last = found.at(-1);
  if (!last) return { from: afterComments(text), insert: line };
  const end = last.index + last[0].length;
  return end < text.length ? { from: end + 1, insert: line } : { from: end, insert: `\n${line}` };
}

function afterComments(text: string): number {
  return /^(?:[ \t]*#[^\n]*\n)*/.exec(text)?.[0].length ?? 0;
}

// SPARQL for CodeMirror: the grammar, and the classes that style.css colours.

import { LanguageSupport, syntaxHighlighting, syntaxTree } from "@codemirror/language";
import type { EditorState } from "@codemirror/state";
import { styleTags, tagHighlighter, tags } from "@lezer/highlight";
import { SparqlLanguage } from "codemirror-lang-sparql";

const language = SparqlLanguage.configure({
  props: [styleTags({ "Pname_ln Pname_ns": tags.propertyName, A_predicate: tags.keyword })],
});

const classes = tagHighlighter([
  { tag: [tags.keyword, tags.bool], class: "k" },
  { tag: tags.variableName, class: "v" },
  { tag: [tags.string, tags.namespace], class: "s" },
  { tag: tags.propertyName, class: "p" },
  { tag: tags.comment, class: "c" },
]);

/** The language and its colours. */
export function sparql(): LanguageSupport {
  return new LanguageSupport(language, [
    language.data.of({ commentTokens: { line: "#" }, closeBrackets: { brackets: ["(", "[", "{", '"', "'"] } }),
    syntaxHighlighting(classes),
  ]);
}

const VERBATIM = new Set(["Comment", "String", "IriRef"]);

/** Whether a position lies in a comment, a string or an IRI, where no name is meant. */
export function isVerbatim(state: EditorState, position: number): boolean {
  return VERBATIM.has(syntaxTree(state).resolveInner(position, -1).name);
}

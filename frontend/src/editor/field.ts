// The text field: CodeMirror in the place of the text area, whose value it keeps.

import { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap, indentWithTab } from "@codemirror/commands";
import { bracketMatching, indentUnit } from "@codemirror/language";
import { EditorState, StateEffect, StateField } from "@codemirror/state";
import {
  Decoration,
  type DecorationSet,
  EditorView,
  drawSelection,
  highlightActiveLine,
  highlightSpecialChars,
  keymap,
  lineNumbers,
} from "@codemirror/view";

import type { Texts } from "../shared/texts";
import type { Field, Place } from "./area";
import { sources } from "./complete";
import { isVerbatim, sparql } from "./language";
import { declaring } from "./prefixes";
import { glossary } from "./terms";

/** Lines that the editor shows before it scrolls. */
const HIGHEST = 23;

const marked = StateEffect.define<{ from: number; to: number } | null>();
const token = Decoration.mark({ class: "fault" });
const line = Decoration.line({ class: "fault-line" });

/** The mark of a fault; it goes with the first change of the text. */
const faults = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(decorations, transaction) {
    for (const effect of transaction.effects) {
      if (!effect.is(marked)) continue;
      if (!effect.value) return Decoration.none;
      const { from, to } = effect.value;
      const found = [line.range(transaction.state.doc.lineAt(from).from)];
      return Decoration.set(to > from ? [...found, token.range(from, to)] : found);
    }
    return transaction.docChanged ? Decoration.none : decorations;
  },
  provide: (field) => EditorView.decorations.from(field),
});

/** A known prefix is declared as soon as its colon is typed. */
const declaresPrefixes = EditorView.inputHandler.of((view, from, to, text) => {
  if (text !== ":" || from !== to || isVerbatim(view.state, from)) return false;
  const { text: whole, from: start } = view.state.doc.lineAt(from);
  const before = whole.slice(0, from - start);
  const prefix = /(?:^|[^\w:?$@.-])([\w-]+)$/.exec(before)?.[1];
  if (!prefix || /\bPREFIX\s+[\w-]*$/i.test(before) || !prefixes) return false;
  const namespace = Object.hasOwn(prefixes, prefix) ? prefixes[prefix] : undefined;
  const declaration = namespace ? declaring(view.state.doc, prefix, namespace) : null;
  if (!declaration) return false;
  const change = view.state.changes([{ from, insert: ":" }, declaration]);
  view.dispatch({
    changes: change,
    selection: { anchor: change.mapPos(from, 1) },
    scrollIntoView: true,
    userEvent: "input.type",
  });
  return true;
});

let prefixes: Readonly<Record<string, string>> | null = null;

/** Puts an editor in the place of a text area, the cursor where it was; Ctrl + Enter calls `run`. */
export function makeField(area: HTMLTextAreaElement, texts: Texts, hint: string, run: () => void): Field {
  const label = area.labels?.[0];
  const content = {
    "aria-label": label?.textContent ?? texts("editor.name"),
    "aria-describedby": hint,
    role: "textbox",
    tabindex: "0",
    "aria-multiline": "true",
  };
  const hasFocus = document.activeElement === area;
  const state = EditorState.create({
    doc: area.value,
    selection: hasFocus ? { anchor: area.selectionStart, head: area.selectionEnd } : { anchor: 0 },
    extensions: [
      keymap.of([
        { key: "Mod-Enter", run: () => (run(), true), preventDefault: true },
        ...closeBracketsKeymap,
        ...completionKeymap,
        ...defaultKeymap,
        ...historyKeymap,
        indentWithTab,
      ]),
      lineNumbers(),
      highlightSpecialChars(),
      history(),
      drawSelection(),
      highlightActiveLine(),
      bracketMatching(),
      closeBrackets(),
      indentUnit.of("  "),
      sparql(),
      autocompletion({ override: [...sources(texts)], icons: false, maxRenderedOptions: 50 }),
      declaresPrefixes,
      faults,
      EditorState.phrases.of({ Completions: texts("editor.suggestions") }),
      EditorView.contentAttributes.of(content),
      EditorView.updateListener.of((update) => {
        if (update.docChanged) area.value = update.state.doc.toString();
        if (update.docChanged && update.state.doc.lines > update.startState.doc.lines) grow(update.view);
        if (update.focusChanged && update.view.hasFocus) load();
      }),
    ],
  });
  const view = new EditorView({ state });
  // As high as the text area was: nothing below moves.
  view.dom.style.setProperty("--area", `${area.offsetHeight}px`);
  area.before(view.dom);
  area.hidden = true;
  area.required = false;
  if (hasFocus) view.focus();
  // Its label is the editor's now.
  label?.removeAttribute("for");
  label?.addEventListener("click", () => view.focus());
  const offset = ({ line: number, column }: Place): number => {
    const found = view.state.doc.line(Math.min(Math.max(number, 1), view.state.doc.lines));
    // The server counts characters, CodeMirror UTF-16 units.
    const units = [...found.text].slice(0, column - 1).join("").length;
    return Math.min(found.from + units, found.to);
  };
  return {
    text: () => view.state.doc.toString(),
    write: (text) => {
      view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: text } });
    },
    mark: (place) => {
      view.dispatch({ effects: marked.of(place && wordAt(view.state, offset(place))) });
      if (place) view.contentDOM.setAttribute("aria-invalid", "true");
      else view.contentDOM.removeAttribute("aria-invalid");
    },
    goTo: (place) => {
      view.focus();
      view.dispatch({ selection: { anchor: offset(place) }, scrollIntoView: true });
    },
  };
}

/** Makes room for more lines, up to those the text area would have shown at once. */
function grow(view: EditorView): void {
  const lines = Math.min(view.state.doc.lines, HIGHEST);
  const wanted = Math.ceil(lines * view.defaultLineHeight + view.documentPadding.top + view.documentPadding.bottom);
  if (wanted > view.dom.offsetHeight) view.dom.style.setProperty("--area", `${wanted}px`);
}

function load(): void {
  glossary().then(
    (known) => (prefixes = known.prefixes),
    () => undefined, // completion then offers what the text itself holds
  );
}

/** The word at a position, or the one before it at the end of a text. */
function wordAt(state: EditorState, from: number): { from: number; to: number } {
  const rest = state.sliceDoc(from, state.doc.lineAt(from).to);
  const word = /^(?:[\p{L}\d_?$:.-]+|<[^>\s]*>|[^ \t])/u.exec(rest)?.[0];
  if (word) return { from, to: from + word.length };
  return { from: Math.max(from - 1, state.doc.lineAt(from).from), to: from };
}

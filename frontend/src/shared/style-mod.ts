// The style sheets of CodeMirror as constructed ones: the policy of the pages allows no <style>.
//
// style-mod constructs sheets only where its root is no document; it is given the document as
// such a root. The build puts this module in the place of style-mod.

import { StyleModule as Original } from "../../node_modules/style-mod/src/style-mod.js";

class SheetRoot {
  readonly ownerDocument: Document;

  constructor(owner: Document) {
    this.ownerDocument = owner;
  }

  get adoptedStyleSheets(): CSSStyleSheet[] {
    return this.ownerDocument.adoptedStyleSheets;
  }

  set adoptedStyleSheets(sheets: CSSStyleSheet[]) {
    this.ownerDocument.adoptedStyleSheets = sheets;
  }
}

const roots = new WeakMap<Document, SheetRoot>();

export class StyleModule extends Original {
  static override mount(
    root: Document | ShadowRoot,
    modules: Original | readonly Original[],
    options?: { nonce?: string },
  ): void {
    if (!(root instanceof Document)) return Original.mount(root, modules, options);
    const sheetRoot = roots.get(root) ?? new SheetRoot(root);
    roots.set(root, sheetRoot);
    Original.mount(sheetRoot as unknown as ShadowRoot, modules, options);
  }
}

// The words of a widget, in the page's language: the server writes them into `data-texts`.

/** Gives the text of a key, its {names} filled in. */
export type Texts = (key: string, values?: Readonly<Record<string, string | number>>) => string;

/** The texts that an element carries as JSON; an unknown key is a fault of ours and throws. */
export function textsOf(element: HTMLElement): Texts {
  const table = JSON.parse(element.dataset["texts"] ?? "{}") as Record<string, string>;
  return (key, values = {}) => {
    const text = table[key];
    if (text === undefined) throw new Error(`the page gives no text for ${key}`);
    return text.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
  };
}

/** The language of the page. */
export function pageLanguage(): string {
  return document.documentElement.lang || "en";
}

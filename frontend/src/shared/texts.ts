// The words of a widget, in the page's language: the server writes them into `data-texts`.

type Values = Readonly<Record<string, string | number>>;

/** Gives the texts of a widget. */
export interface Texts {
  /** The text of a key, its {names} filled in; an unknown key is a fault of ours and throws. */
  (key: string, values?: Values): string;
  /** A counted text: the form of the language for a number, `{n}` being the number. */
  count(key: string, number: number): string;
  /** A number as the language writes it. */
  number(value: number): string;
}

/** The texts that an element carries as JSON. */
export function textsOf(element: HTMLElement): Texts {
  const table = JSON.parse(element.dataset["texts"] ?? "{}") as Record<string, string>;
  const language = pageLanguage();
  const written = new Intl.NumberFormat(language);
  const text = (key: string, values: Values = {}): string => {
    const found = table[key];
    if (found === undefined) throw new Error(`the page gives no text for ${key}`);
    return found.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
  };
  return Object.assign(text, {
    count: (key: string, number: number) => {
      const single = number === 1 || (language === "fr" && number === 0);
      return text(`${key}.${single ? "one" : "other"}`, { n: written.format(number) });
    },
    number: (value: number) => written.format(value),
  });
}

/** The language of the page. */
export function pageLanguage(): string {
  return document.documentElement.lang || "en";
}

/**
 * Localized text for every layer. English is the key; `l10n/bundle.l10n.<language>.json` maps it to the user's language.
 * `vscode.l10n.t` cannot be used below the interface, so this is the only translator, in the interface too.
 */
export type Bundle = Readonly<Record<string, string>>;

/** A value to put in the text: `{0}`, `{1}` … by position. */
export type TextArgument = string | number;

let bundle: Bundle = {};

/** Called once at activation (and in each webview, which gets the bundle from its host). */
export function setBundle(next: Bundle | undefined): void {
  bundle = next ?? {};
}

export function currentBundle(): Bundle {
  return bundle;
}

/** `t('{0} of {1} ready', 2, 3)`. The first argument must be a literal: a test collects them and holds Korean against it. */
export function t(text: string, ...args: readonly TextArgument[]): string {
  const template = bundle[text] ?? text;
  return template.replace(/\{(\d+)\}/g, (whole, index: string) => {
    const value = args[Number(index)];
    return value === undefined ? whole : String(value);
  });
}

import { randomBytes } from 'node:crypto';

/** Where a page's files are, as the page itself must ask for them. */
export interface PageAssets {
  readonly script: string;
  readonly style: string;
  /** What the policy calls the place that they come from. */
  readonly cspSource: string;
  readonly language: string;
}

/**
 * The whole document of a view: an empty root, one script, one stylesheet. Nothing else may be loaded, nothing connected
 * to, no inline code or style: a hostile name that found its way in as markup could do nothing.
 */
export function pageHtml({ script, style, cspSource, language }: PageAssets): string {
  const nonce = randomBytes(16).toString('base64');
  const policy = [
    `default-src 'none'`,
    `script-src 'nonce-${nonce}'`,
    `style-src ${cspSource}`,
    `font-src ${cspSource}`,
    `base-uri 'none'`,
    `form-action 'none'`,
  ].join('; ');
  return `<!DOCTYPE html>
<html lang="${attribute(language)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${attribute(policy)}">
<link rel="stylesheet" href="${attribute(style)}">
</head>
<body><div id="root"></div><script nonce="${nonce}" src="${attribute(script)}"></script></body>
</html>`;
}

function attribute(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
}

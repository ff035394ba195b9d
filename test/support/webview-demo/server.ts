import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { readFile } from 'node:fs/promises';
import { build } from 'esbuild';
import type { ActionToView } from '../../../src/webviews/contract/action.ts';
import type { ChartToView } from '../../../src/webviews/contract/chart.ts';
import type { LogsToView } from '../../../src/webviews/contract/logs.ts';
import type { Send } from '../../../src/webviews/contract/message.ts';
import { pageHtml } from '../../../src/webviews/panels/page.ts';
import type { Session } from '../../../src/webviews/panels/session.ts';
import { themeClass, themeCss, type ThemeName } from './themes.ts';

/** The views that can be shown without VS Code. */
export type ViewName = 'chart' | 'action' | 'logs';

/** Opens the session behind one page; `scene` is the page's own query (`?scene=…`). */
export type OpenSession = (
  view: ViewName,
  scene: string,
  send: Send<ActionToView> & Send<ChartToView> & Send<LogsToView>,
  language: string,
) => Session;

export interface Demo {
  readonly url: string;
  /** Everything that pages have sent, as they sent it. */
  readonly received: { type: string; body: unknown }[];
  close(): Promise<void>;
}

/**
 * Shows the webviews in a plain browser, under the policy that they have in VS Code, with the sessions of the real host
 * side behind them: `/chart?scene=live&theme=dark&lang=ko`. Messages go to the page as server-sent events.
 */
export async function startDemo(open: OpenSession, port = 0): Promise<Demo> {
  const files = await bundle();
  const received: Demo['received'] = [];
  const pages = new Map<string, Session>();
  const server = createServer((request, response) => {
    handle(request, response).catch((error: unknown) => response.writeHead(500).end(String(error)));
  });

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', demoUrl());
    const page = url.searchParams.get('page') ?? '';
    const file = files.get(url.pathname);
    if (file) response.writeHead(200, { 'content-type': file.type }).end(file.contents);
    else if (url.pathname === '/events') listen(url, page, response);
    else if (url.pathname === '/message') {
      const message = JSON.parse(await bodyOf(request)) as Demo['received'][number];
      received.push(message);
      response.writeHead(204).end();
      await pages.get(page)?.receive(message);
    } else if (url.pathname === '/theme.css') {
      const theme = url.searchParams.get('theme') as ThemeName;
      response.writeHead(200, { 'content-type': 'text/css' }).end(themeCss(theme));
    } else if (isView(url.pathname.slice(1))) {
      response.writeHead(200, { 'content-type': 'text/html' }).end(document(url, demoUrl()));
    } else response.writeHead(404).end();
  }

  function listen(url: URL, page: string, response: ServerResponse): void {
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' }).flushHeaders();
    const send = (type: string, body: unknown) => response.write(`data: ${JSON.stringify({ type, body })}\n\n`);
    const view = url.searchParams.get('view') as ViewName;
    const session = open(view, url.searchParams.get('scene') ?? '', send, url.searchParams.get('lang') ?? 'en');
    pages.set(page, session);
    response.on('close', () => {
      pages.delete(page);
      session.dispose();
    });
  }

  function demoUrl(): string {
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return {
    url: demoUrl(),
    received,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function isView(name: string): name is ViewName {
  return name === 'chart' || name === 'action' || name === 'logs';
}

/** The real page, in a theme, with the stand-in for VS Code's API before it and a way to talk to this server. */
function document(url: URL, origin: string): string {
  const theme = (url.searchParams.get('theme') ?? 'dark') as ThemeName;
  const view = url.pathname.slice(1);
  const html = pageHtml({
    script: `${origin}/${view}.js`,
    style: `${origin}/${view}.css`,
    cspSource: origin,
    language: url.searchParams.get('lang') ?? 'en',
  });
  const nonce = /nonce-([^']+)'/.exec(html)?.[1] ?? '';
  return html
    .replace("form-action 'none'", `form-action 'none'; connect-src ${origin}`)
    .replace('<link ', `<link rel="stylesheet" href="/theme.css?theme=${theme}">\n<link `)
    .replace('<body>', `<body class="${themeClass(theme)}">`)
    .replace('<script ', `<script nonce="${nonce}" src="/vscode-api.js"></script><script `);
}

interface ServedFile {
  readonly type: string;
  readonly contents: string | Uint8Array;
}

/** The bundles as the extension ships them, and the stand-in. */
async function bundle(): Promise<ReadonlyMap<string, ServedFile>> {
  const root = new URL('../../../', import.meta.url).pathname;
  const result = await build({
    absWorkingDir: root,
    entryPoints: ['chart', 'action', 'logs'].map((view) => `src/webviews/app/${view}.tsx`),
    outdir: 'dist/webviews',
    bundle: true,
    minify: true,
    write: false,
    platform: 'browser',
    format: 'iife',
    jsx: 'automatic',
    jsxImportSource: 'preact',
    loader: { '.ttf': 'file' },
  });
  const files = new Map<string, ServedFile>();
  for (const { path, contents } of result.outputFiles) {
    const name = path.slice(path.lastIndexOf('/'));
    files.set(name, { type: typeOf(name), contents });
  }
  const api = await readFile(new URL('vscode-api.js', import.meta.url));
  return files.set('/vscode-api.js', { type: 'text/javascript', contents: api });
}

function typeOf(name: string): string {
  if (name.endsWith('.js')) return 'text/javascript';
  return name.endsWith('.css') ? 'text/css' : 'font/ttf';
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

// @ts-check
// Bundles the extension and its webviews: node esbuild.js [--production] [--watch] [--outdir=dist] [--metafile=file]
import { globSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import * as esbuild from 'esbuild';

const { values } = parseArgs({
  options: {
    production: { type: 'boolean', default: false },
    watch: { type: 'boolean', default: false },
    outdir: { type: 'string', default: 'dist' },
    metafile: { type: 'string' },
  },
});

/** @satisfies {esbuild.BuildOptions} */
const common = {
  absWorkingDir: import.meta.dirname,
  bundle: true,
  minify: values.production,
  sourcemap: !values.production,
  metafile: true,
  logLevel: /** @type {const} */ ('warning'),
};

/**
 * What the entry loads becomes one chunk: by itself esbuild makes one for each set of lazy parts that shares something
 * with it, two dozen files, and the extension host takes a millisecond for each. Here every lazy part reaches all of the
 * entry (which is loaded by then), so that there is only one set.
 * @type {esbuild.Plugin}
 */
const oneEntryChunk = {
  name: 'one entry chunk',
  setup(build) {
    build.onResolve({ filter: /^\./ }, ({ kind, path: file, resolveDir }) =>
      kind === 'dynamic-import' ? { path: path.join(resolveDir, file), pluginData: { lazy: true } } : undefined,
    );
    build.onLoad({ filter: /\.ts$/ }, async ({ path: file, pluginData }) => {
      if (!pluginData?.lazy) return undefined;
      const entry = JSON.stringify(path.join(import.meta.dirname, 'src/extension.ts'));
      return { contents: `${await readFile(file, 'utf8')}\nimport ${entry};`, loader: 'ts' };
    });
  },
};

/**
 * The extension host loads CommonJS faster than ES modules, but esbuild splits ES modules alone: so each file is turned
 * after the split, and minified only then.
 * @type {esbuild.Plugin}
 */
const asCommonJs = {
  name: 'as CommonJS',
  setup(build) {
    build.onEnd(async ({ outputFiles = [] }) => {
      const files = withEntryInOneFile(outputFiles);
      await Promise.all(files.map(({ path: file, text }) => writeCommonJs(file, text)));
    });
  },
};

/**
 * The entry that esbuild writes does no more than pass on `activate` from the chunk that has it, and loads two files for
 * it. The chunk takes the entry's place.
 * @param {readonly { path: string, text: string }[]} files
 */
function withEntryInOneFile(files) {
  const entry = files.find(({ path: file }) => path.basename(file) === 'extension.cjs');
  const [, name = ''] = /import \{\s*activate\s*\} from "\.\/chunks\/([^"]+)"/.exec(entry?.text ?? '') ?? [];
  const chunk = files.find(({ path: file }) => path.basename(file) === name);
  if (!entry || !chunk) throw new Error('The entry no longer passes on `activate` from one chunk.');
  const others = files.filter((file) => file !== entry && file !== chunk);
  return [
    { path: entry.path, text: chunk.text.replaceAll(/(["'])\.\/(?=[\w-]+\.cjs\1)/g, '$1./chunks/') },
    ...others.map((file) => ({ path: file.path, text: file.text.replaceAll(`"./${name}"`, '"../extension.cjs"') })),
  ];
}

/** @param {string} file @param {string} code */
async function writeCommonJs(file, code) {
  const { code: turned } = await esbuild.transform(withPlainVscode(code), {
    format: 'cjs',
    platform: 'node',
    target: 'node22',
    supported: { 'dynamic-import': false },
    minify: values.production,
    sourcemap: values.production ? false : 'inline',
    sourcefile: path.basename(file),
  });
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, turned);
}

/**
 * Every source file imports `vscode`, and for each esbuild would copy the whole API, some hundred names, into a namespace
 * of its own: two milliseconds of the activation. The API object itself does.
 * @param {string} code
 */
function withPlainVscode(code) {
  return code.replace(/^import \* as (\w+) from "vscode";$/gm, 'const $1 = require("vscode");');
}

/**
 * The extension host's side. What stands behind `await import()` becomes a chunk of its own, loaded at first use.
 * @type {esbuild.BuildOptions}
 */
const extension = {
  ...common,
  entryPoints: { extension: 'src/extension.ts' },
  outdir: values.outdir,
  chunkNames: 'chunks/[name]-[hash]',
  outExtension: { '.js': '.cjs' },
  write: false,
  minify: false,
  sourcemap: values.production ? false : 'inline',
  platform: 'node',
  target: 'node22',
  format: 'esm',
  splitting: true,
  plugins: [oneEntryChunk, asCommonJs],
  external: ['vscode'],
  // the SDKs' ES modules: what is not used is left out
  mainFields: ['module', 'main'],
};

/** The browser's side: one script and one style sheet a page. @type {esbuild.BuildOptions} */
const webviews = {
  ...common,
  entryPoints: globSync('src/webviews/app/*.tsx', { cwd: import.meta.dirname }),
  outdir: path.join(values.outdir, 'webviews'),
  platform: 'browser',
  target: 'chrome134',
  format: 'iife',
  jsx: 'automatic',
  jsxImportSource: 'preact',
  // beside the style sheet: the pages' policy lets no data: font in
  loader: { '.ttf': 'file' },
  assetNames: '[name]',
};

if (values.watch) {
  for (const options of [extension, webviews]) {
    const context = await esbuild.context({ ...options, logLevel: 'info' });
    await context.watch();
  }
} else {
  await rm(values.outdir, { recursive: true, force: true });
  try {
    const [result] = await Promise.all([esbuild.build(extension), esbuild.build(webviews)]);
    if (values.metafile) await writeFile(values.metafile, JSON.stringify(result.metafile));
  } catch (error) {
    // esbuild has told what is wrong with the sources
    if (!(error instanceof Error && 'errors' in error)) throw error;
    process.exitCode = 1;
  }
}

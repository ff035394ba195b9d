import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';

const root = path.join(import.meta.dirname, '../..');

/** One call of `t(…)`. */
export interface TextUse {
  /** Undefined: the first argument is not a literal, so nobody can translate it. */
  readonly text: string | undefined;
  readonly argumentCount: number;
  /** `file:line` */
  readonly at: string;
}

/** Every call of `t` in src, by the syntax tree: strings and comments that look like calls are none. */
export function textUses(): readonly TextUse[] {
  const files = globSync('src/**/*.{ts,tsx}', { cwd: root, exclude: (name) => name.endsWith('.d.ts') }).sort();
  return files.filter((file) => file !== path.join('src', 'core', 'l10n.ts')).flatMap(usesIn);
}

function usesIn(file: string): readonly TextUse[] {
  const source = ts.createSourceFile(file, readFileSync(path.join(root, file), 'utf8'), ts.ScriptTarget.Latest, true);
  const uses: TextUse[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && ts.isIdentifier(node.expression) && node.expression.text === 't') {
      const [first, ...others] = node.arguments;
      const { line } = source.getLineAndCharacterOfPosition(node.getStart());
      const text = first && ts.isStringLiteralLike(first) ? first.text : undefined;
      uses.push({ text, argumentCount: others.length, at: `${file}:${line + 1}` });
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return uses;
}

export function readJson(file: string): Readonly<Record<string, string>> {
  return JSON.parse(readFileSync(path.join(root, file), 'utf8')) as Record<string, string>;
}

/** `{0}`, `{1}` … and, in package.nls files, `` `code` `` and command links: what a translation must keep. */
export function placeholders(text: string): readonly string[] {
  return (text.match(/\{\d+\}|\(command:[^)]*\)|`[^`]*`/g) ?? []).sort();
}

export interface BundleProblems {
  readonly missing: readonly string[];
  readonly unused: readonly string[];
  readonly different: readonly string[];
}

/** Holds a bundle against the texts that must be in it. */
export function compareBundle(texts: Iterable<string>, bundle: Readonly<Record<string, string>>): BundleProblems {
  const wanted = new Set(texts);
  return {
    missing: [...wanted].filter((text) => !bundle[text]).sort(),
    unused: Object.keys(bundle).filter((text) => !wanted.has(text)),
    different: Object.entries(bundle)
      .filter(([text, translated]) => placeholders(text).join() !== placeholders(translated).join())
      .map(([text]) => text),
  };
}

/** The problems as JSON lines that can be pasted into the bundle and filled in. */
export function listing({ missing, unused, different }: BundleProblems): string {
  const lines = (title: string, texts: readonly string[]) =>
    texts.length === 0 ? [] : [title, ...texts.map((text) => `  ${JSON.stringify(text)}: "",`)];
  return [
    ...lines('Not translated:', missing),
    ...lines('No longer used:', unused),
    ...lines('Placeholders differ:', different),
  ].join('\n');
}

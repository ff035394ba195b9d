import { LineCounter, parseDocument } from 'yaml';
import { t } from '../core/l10n.ts';

/** Characters; far above it nobody has written the file. */
const longest = 8 * 1024 * 1024;

/**
 * What a file of somebody else's says, as kubectl and GitHub read it: with merge keys, of a doubled key the last one, and
 * nothing that JSON cannot hold (a list that holds itself, for one). Without the parser's search for doubled keys and its
 * pictures of errors, which both take the square of the file's size.
 * @throws Error that says in one line what is wrong, and where
 */
export function parseYaml(text: string): unknown {
  if (text.length > longest) throw new RangeError(t('it is too big'));
  const lineCounter = new LineCounter();
  const options = { merge: true, uniqueKeys: false, prettyErrors: false, logLevel: 'silent', lineCounter } as const;
  const document = parseDocument(text, options);
  const [error] = document.errors;
  if (error) {
    const { line, col } = lineCounter.linePos(error.pos[0]);
    throw new SyntaxError(t('{0} (line {1}, column {2})', error.message, line, col));
  }
  return JSON.parse(JSON.stringify(document.toJS() ?? null));
}

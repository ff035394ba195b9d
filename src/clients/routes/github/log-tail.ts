const most = 30;

/**
 * The last lines up to the first error of a job's log, without GitHub's times, markers and colours. The failing step is
 * not always at the end: steps with `if: always()` come after it.
 */
export function logTail(log: string): readonly string[] {
  const lines = log.split(/\r?\n/).map(plain);
  const error = lines.findIndex((line) => line.startsWith('##[error]'));
  const upTo = error < 0 ? lines : lines.slice(0, error + 1);
  const start = upTo.findLastIndex((line, index) => line.startsWith('##[group]') && index !== error);
  return upTo
    .slice(Math.max(start, 0))
    .filter((line) => line !== '' && line !== '##[endgroup]')
    .map((line) => line.replace(/^##\[\w+\]/, ''))
    .slice(-most);
}

function plain(line: string): string {
  return (
    line
      .replace(/^\uFEFF?\d{4}-\d\d-\d\dT[\d:.]+Z ?/, '')
      // eslint would rather not see a control character; a terminal's colours begin with one
      .replace(new RegExp(`${String.fromCharCode(27)}\\[[0-9;]*[A-Za-z]`, 'g'), '')
  );
}

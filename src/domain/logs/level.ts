export type Level = 'debug' | 'info' | 'warning' | 'error';

/**
 * How grave a line says that it is. Known are JSON (`level`, `severity` …, also pino's and bunyan's numbers), klog's
 * header, logfmt, and the words that plain lines begin with.
 * Sources: k8s.io/klog ("Lmmdd hh:mm:ss.uuuuuu"), pino "Log level mapping", Cloud Logging LogSeverity, RFC 5424 6.2.1.
 */
export function levelOf(text: string): Level | undefined {
  const word = jsonLevel(text) ?? klogLevel(text) ?? logfmt.exec(text)?.[2] ?? plainLevel(text);
  return word === undefined ? undefined : levelNamed(word);
}

const key = '"(?:level|severity|lvl|levelname|log\\.level|@level|loglevel)"';
const jsonField = new RegExp(`${key}\\s*:\\s*(?:"([^"]{1,16})"|(\\d{1,3}))`, 'i');
const logfmt = /(?:^|\s)(?:level|lvl|severity)=("?)(\w{1,16})\1/;
const klog = /^([IWEF])\d{4} \d\d:\d\d:\d\d/;
const shouted = /\b(?:FATAL|PANIC|CRITICAL|SEVERE|ERROR|ERR|WARN(?:ING)?|NOTICE|INFO|DEBUG|TRACE)\b/;
const begun = /^(?:\w+\s)?(?:fatal|panic|error|warning|warn)\b\s?:/i;
const thrown = /^(?:Uncaught |Caused by: )?(?:[\w$]+\.)*[\w$]*(?:Error|Exception)\b/;

function jsonLevel(text: string): string | undefined {
  if (!text.startsWith('{')) return undefined;
  const [, word, number] = jsonField.exec(text.slice(0, 2000)) ?? [];
  return word ?? (number === undefined ? undefined : numbered(Number(number)));
}

/** pino and bunyan: 10 trace, 20 debug, 30 info, 40 warn, 50 error, 60 fatal. */
function numbered(level: number): string {
  if (level < 30) return 'debug';
  if (level < 40) return 'info';
  return level < 50 ? 'warn' : 'error';
}

function klogLevel(text: string): string | undefined {
  const letter = klog.exec(text)?.[1];
  if (letter === undefined) return undefined;
  if (letter === 'I') return 'info';
  return letter === 'W' ? 'warn' : 'error';
}

function plainLevel(text: string): string | undefined {
  const head = text.slice(0, 120);
  const word = shouted.exec(head)?.[0] ?? begun.exec(head)?.[0];
  if (word !== undefined) return word.replace(/\W+$/, '').replace(/^.*\s/, '');
  return thrown.test(head) ? 'error' : undefined;
}

function levelNamed(word: string): Level | undefined {
  const name = word.toLowerCase();
  if (/^(?:fatal|panic|crit|alert|emerg|severe|err)/.test(name)) return 'error';
  if (name.startsWith('warn')) return 'warning';
  if (/^(?:info|notice)/.test(name)) return 'info';
  return /^(?:debug|trace|fine|verbose)/.test(name) ? 'debug' : undefined;
}

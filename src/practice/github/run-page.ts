import { type Answer, notFound } from './answers.ts';
import { conclusionOf, type Job, type Run, statusOf, type Step } from './run.ts';
import type { State } from './state.ts';

/** The page that `html_url` of a run or job leads to: a plain view of what GitHub shows there. @throws ApiError 404 */
export function runPage(state: State, path: string): Answer | undefined {
  const { repository } = state.site;
  const id = new RegExp(`^/${repository}/actions/runs/(\\d+)(/job/\\d+)?$`).exec(path)?.[1];
  if (id === undefined) return undefined;
  const run = state.runs.find((candidate) => String(candidate.id) === id);
  if (!run) throw notFound();
  const headers = {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'",
  };
  return { status: 200, body: pageOf(run, repository), headers };
}

function pageOf(run: Run, repository: string): string {
  const title = `${run.title} · #${run.number}`;
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>${escaped(title)}</title><style>${style}</style></head>
<body>
<p>${escaped(repository)} · ${escaped(run.workflow.path)} @ ${escaped(run.target.ref)}</p>
<h1>${escaped(title)} <small>${conclusionOf(run) ?? statusOf(run)}</small></h1>
${run.jobs.map(jobOf).join('\n')}
</body>
</html>`;
}

function jobOf(job: Job): string {
  const log = job.log.lines.length === 0 ? '' : `<pre>${escaped(job.log.lines.join('\n'))}</pre>`;
  return `<h2>${escaped(job.file.name)} <small>${stateOf(job)}</small></h2>
<ol>${job.steps.map((step) => `<li>${escaped(step.name)} <small>${stateOf(step)}</small></li>`).join('')}</ol>${log}`;
}

const stateOf = ({ status, conclusion }: Pick<Job | Step, 'status' | 'conclusion'>) => conclusion ?? status;

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? character);
}

const style = `
:root { color-scheme: light dark; font: 14px/1.5 system-ui, sans-serif; }
body { max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
small { font-weight: normal; opacity: 0.7; }
pre { padding: 1rem; border: 1px solid; border-radius: 6px; overflow: auto; }`;

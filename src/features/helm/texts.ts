import { t } from '../../core/l10n.ts';
import { Slices } from '../../core/slices.ts';
import { oneLine } from '../../core/text.ts';
import type { Content } from '../../domain/helm/compare.ts';
import { type ManifestObject, manifestObjects } from '../../domain/helm/manifest.ts';
import type { Release } from '../../domain/helm/model.ts';
import { presentable } from '../../domain/kubernetes/presentable.ts';
import { yamlOf } from '../objects/yaml.ts';

export function valuesText({ values, revision, name }: Release): string {
  const head = t('What was set for revision {0} of {1}; what its chart sets by default is not here.', revision, name);
  return `# ${oneLine(head)}\n${yamlOf(values)}`;
}

export function notesText({ notes, chart }: Release): string {
  return notes.trim() === '' ? t('The chart {0} {1} has no notes.', chart.name, chart.version) : plain(notes);
}

/** The objects, then the hooks, each named; of Secrets keys and lengths. @throws JarvisError helm.malformed */
export async function manifestText({ manifest, hooks, crds }: Release): Promise<string> {
  const slices = new Slices();
  const documents: string[] = crds.map(({ path }) => `# ${oneLine(t('CRD of the chart: {0}', path))}\n`);
  const add = async (head: string, objects: readonly ManifestObject[]) => {
    for (const { json } of objects) {
      documents.push(`${head}${slices.work(() => yamlOf(presentable(json)))}`);
      await slices.rest();
    }
  };
  await add('', await manifestObjects(manifest));
  for (const { events, weight, manifest: text } of hooks)
    await add(`# ${oneLine(t('Hook: {0}, weight {1}', events.join(', '), weight))}\n`, await manifestObjects(text));
  return documents.length > 0 ? documents.join('---\n') : `# ${t('The chart has rendered nothing.')}\n`;
}

/** One side of a comparison. */
export function textOf(content: NonNullable<Content>): string {
  return typeof content === 'string' ? plain(content) : yamlOf(content);
}

/** A text of several lines without what an editor would obey. */
function plain(text: string): string {
  return text
    .split(/\r?\n/)
    .map((line) => oneLine(line.replaceAll('\t', '  ')))
    .join('\n');
}

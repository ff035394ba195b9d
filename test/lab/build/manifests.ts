import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';
import { parseAllDocuments } from 'yaml';
import { run } from '../process/run.ts';
import { goEnvironment } from './go.ts';

/** The Chaos Mesh whose custom resource definitions the lab installs, and which of them. */
export const chaosMeshVersion = 'v0.9.1-0.20260902003049-47411975a8cb';
const chaosMeshKinds = ['stresschaos', 'podchaos', 'networkchaos', 'schedules', 'workflows', 'workflownodes'];

const DownloadedModule = v.object({ Dir: v.string() });

/** kwok's definitions and stages, read from its module: `crd.json` and `resources.json`, lists of objects. */
export async function writeKwokManifests(go: string, tools: string, folder: string): Promise<void> {
  const env = goEnvironment();
  const module = (await run(go, ['list', '-m', '-f', '{{.Dir}}', 'sigs.k8s.io/kwok'], { cwd: tools, env })).trim();
  const at = (...parts: string[]) => join(module, 'kustomize', ...parts);
  await writeObjects(join(folder, 'crd.json'), await readYamls(at('crd', 'bases')));
  const resources = [
    at('stage', 'node', 'fast'),
    at('stage', 'node', 'heartbeat-with-lease'),
    at('stage', 'pod', 'fast'),
    at('metrics', 'usage'),
    at('metrics', 'resource'),
  ];
  await writeObjects(
    join(folder, 'resources.json'),
    (await Promise.all(resources.map((from) => readYamls(from)))).flat(),
  );
}

/** Chaos Mesh's definitions: `crd.json`. Only the module's zip is read; its code is not needed. */
export async function writeChaosMeshManifests(go: string, folder: string): Promise<void> {
  const module = `github.com/chaos-mesh/chaos-mesh@${chaosMeshVersion}`;
  // outside any module: the lab's tools do not depend on Chaos Mesh
  const answer = await run(go, ['mod', 'download', '-json', module], { cwd: folder, env: goEnvironment() });
  const { Dir } = v.parse(DownloadedModule, JSON.parse(answer));
  const wanted = new Set(chaosMeshKinds.map((kind) => `chaos-mesh.org_${kind}.yaml`));
  await writeObjects(join(folder, 'crd.json'), await readYamls(join(Dir, 'config', 'crd', 'bases'), wanted));
}

/** The objects of a folder's YAML files, without kustomize's own. */
async function readYamls(folder: string, wanted?: ReadonlySet<string>): Promise<unknown[]> {
  const names = (await readdir(folder)).filter((name) => wanted?.has(name) ?? isManifest(name));
  const texts = await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')));
  return texts.flatMap((text) => parseAllDocuments(text).map((document) => document.toJS() as unknown));
}

const isManifest = (name: string) => name.endsWith('.yaml') && name !== 'kustomization.yaml';

async function writeObjects(file: string, objects: readonly unknown[]): Promise<void> {
  await writeFile(file, JSON.stringify(objects));
}

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { lazy } from '../../src/core/async.ts';
import { type Progress, cached, cacheFolder, hashOf } from './build/cached.ts';
import { findGo, goEnvironment } from './build/go.ts';
import { chaosMeshVersion, writeChaosMeshManifests, writeKwokManifests } from './build/manifests.ts';
import { installPythonPackage } from './build/python.ts';
import { run } from './process/run.ts';

/** What the lab runs, complete and outside the work tree. */
export interface LabTools {
  /** Folder with etcd, the control plane, kubectl, kwok, metrics-server, helm3 and helm4. */
  readonly bin: string;
  /** Folder with kwok's `crd.json` and `resources.json`. */
  readonly kwok: string;
  /** Folder with Chaos Mesh's `crd.json`. */
  readonly chaosMesh: string;
  /** A PYTHONPATH that holds ministack. */
  readonly ministack: string;
}

const tools = join(import.meta.dirname, 'tools');
const ministackVersion = '1.5.33';

/** Commands whose name is their package's last part: one compile for all. */
const namedByPackage = [
  ...['kube-apiserver', 'kube-controller-manager', 'kube-scheduler', 'kubectl'].map(
    (x) => `k8s.io/kubernetes/cmd/${x}`,
  ),
  'sigs.k8s.io/kwok/cmd/kwok',
  'sigs.k8s.io/metrics-server/cmd/metrics-server',
];
/** Commands whose package is called otherwise (`go install` would name etcd `server` and both Helms `helm`). */
const namedByUs = {
  etcd: 'go.etcd.io/etcd/server/v3',
  helm3: 'helm.sh/helm/v3/cmd/helm',
  helm4: 'helm.sh/helm/v4/cmd/helm',
};

/** Builds, or finds in the cache, everything that the lab runs. The first time takes minutes, later ones milliseconds. */
export async function ensureTools(log: Progress): Promise<LabTools> {
  const go = lazy(() => findGo(log));
  const hash = await hashOf([join(tools, 'go.mod'), join(tools, 'go.sum')]);
  const own = join(cacheFolder(), hash);
  const ministack = cached(join(cacheFolder(), `ministack-${ministackVersion}`), 'ministack', log, (folder) =>
    installPythonPackage('ministack', ministackVersion, folder),
  );
  const bin = await cached(join(own, 'bin'), 'Kubernetes, etcd, kwok, Helm', log, async (folder) =>
    compile(await go(), folder, log),
  );
  const kwok = await cached(join(own, 'kwok'), "kwok's manifests", log, async (folder) =>
    writeKwokManifests(await go(), tools, folder),
  );
  const chaosMesh = await cached(join(cacheFolder(), `chaos-mesh-${chaosMeshVersion}`), 'Chaos Mesh', log, async (to) =>
    writeChaosMeshManifests(await go(), to),
  );
  return { bin, kwok, chaosMesh, ministack: await ministack };
}

async function compile(go: string, folder: string, log: Progress): Promise<void> {
  const flags = ['build', '-trimpath', '-ldflags', await linkerFlags()];
  const build = async (title: string, to: string, packages: readonly string[]) => {
    const begin = Date.now();
    log(`  compiling ${title}`);
    await run(go, [...flags, '-o', to, ...packages], { cwd: tools, env: goEnvironment() });
    log(`  compiled ${title} in ${((Date.now() - begin) / 1000).toFixed(0)} s`);
  };
  await build('the control plane, kubectl, kwok and metrics-server (minutes, once)', `${folder}/`, namedByPackage);
  for (const [name, path] of Object.entries(namedByUs)) await build(name, join(folder, name), [path]);
}

/** The versions that the programs tell: without them kubectl cannot parse the server's. */
async function linkerFlags(): Promise<string> {
  const goMod = await readFile(join(tools, 'go.mod'), 'utf8');
  const versionOf = (module: string) => new RegExp(`^\\s${module} (v\\S+)`, 'm').exec(goMod)?.[1] ?? 'v0.0.0';
  const kubernetes = versionOf('k8s.io/kubernetes');
  const [major = '', minor = ''] = kubernetes.slice(1).split('.');
  const libraries = ['k8s.io/component-base/version', 'k8s.io/client-go/pkg/version'].flatMap((library) => [
    `${library}.gitVersion=${kubernetes}`,
    `${library}.gitMajor=${major}`,
    `${library}.gitMinor=${minor}`,
  ]);
  const helms = ['helm.sh/helm/v3', 'helm.sh/helm/v4'].map((m) => `${m}/internal/version.version=${versionOf(m)}`);
  return ['-s', '-w', ...[...libraries, ...helms].flatMap((value) => ['-X', value])].join(' ');
}

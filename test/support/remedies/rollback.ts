import { randomInt } from 'node:crypto';
import { parse } from 'yaml';
import * as v from 'valibot';
import type { Release } from '../../../src/domain/helm/model.ts';
import { recordName } from '../../../src/domain/helm/record.ts';
import type { ClusterRef } from '../../../src/domain/kubernetes/model.ts';
import type { JsonObject } from '../../../src/domain/remediation/json.ts';
import { Manifest } from '../../lab/cluster/client.ts';
import type { Lab } from '../../lab/lab.ts';
import { aWholeRelease, releaseSecret } from '../builders/helm.ts';
import type { Remedy } from './remedy.ts';

const namespace = 'sock-shop';
const ofRelease = `Secret ${namespace}/${recordName('web', 0).slice(0, -1)}`;
const names = { object: 'web', neighbour: 'api' } as const;
const secrets = `/api/v1/namespaces/${namespace}/secrets`;
const Named = v.object({ metadata: v.object({ name: v.string() }) });

/** From revision 2, which changed a colour, to revision 1. The releases are as Helm would have left them, without its time. */
export function rollbackRemedy({ cluster: { client } }: Lab, cluster: ClusterRef): Remedy {
  const settings = (name: string) => `/api/v1/namespaces/${namespace}/configmaps/${name}`;

  async function forget(name: string): Promise<void> {
    const records = await client.list(
      `${secrets}?labelSelector=${encodeURIComponent(`owner=helm,name=${name}`)}`,
      Named,
    );
    await Promise.all(records.map(({ metadata }) => client.remove(`${secrets}/${metadata.name}`)));
  }

  /** `firstDeployed` tells one installation from the next. */
  async function install(name: string): Promise<void> {
    await forget(name);
    await client.removeWholly(settings(name));
    const firstDeployed = randomInt(1e12);
    const releases = (['green', 'red'] as const).map((colour, index) =>
      revision(name, index + 1, colour, firstDeployed),
    );
    await Promise.all(releases.map((release) => client.create(recordOf(release))));
    await client.create(v.parse(Manifest, parse(releases[1]?.manifest ?? '')));
  }

  return {
    request: {
      remediation: 'rollback',
      pointer: { cluster, kind: 'Release', namespace, name: names.object },
      inputs: {},
    },
    async make() {
      await Promise.all(Object.values(names).map(install));
    },
    async content(of) {
      const { data } = await client.get(settings(names[of]), v.object({ data: v.record(v.string(), v.string()) }));
      return { [`ConfigMap ${names[of]}`]: { data } } satisfies JsonObject;
    },
    async interfere() {
      const newest = (await client.list(secrets, Named)).filter(({ metadata }) => isRecord(metadata.name)).length;
      await client.create(recordOf(revision(names.object, newest + 1, 'blue', 0)));
    },
    async touch() {
      const annotated = { metadata: { annotations: { team: 'blue' } } };
      await client.mergePatch(`${secrets}/${recordName(names.object, 2)}`, annotated);
    },
    remove: () => forget(names.object),
    changesToo: (name) => name === `ConfigMap ${namespace}/${names.object}` || name.startsWith(ofRelease),
  };
}

function isRecord(name: string): boolean {
  return name.startsWith(recordName(names.object, 0).slice(0, -1));
}

function revision(name: string, number: number, colour: string, firstDeployed: number): Release {
  const labels = 'app.kubernetes.io/managed-by: Helm';
  const owner = `meta.helm.sh/release-name: ${name}, meta.helm.sh/release-namespace: ${namespace}`;
  const manifest = `---
apiVersion: v1
kind: ConfigMap
metadata: { name: ${name}, namespace: ${namespace}, labels: { ${labels} }, annotations: { ${owner} } }
data: { colour: ${colour}, size: large }
`;
  const status = number === 1 ? 'superseded' : 'deployed';
  return aWholeRelease({ namespace, name, revision: number, status, manifest, firstDeployed });
}

/** The Secret of the release as the server is given it. */
export function recordOf(release: Release): Manifest {
  const { metadata, ...secret } = releaseSecret(release);
  // the server gives it
  return v.parse(Manifest, { ...secret, metadata: { ...metadata, uid: undefined } });
}

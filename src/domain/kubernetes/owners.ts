import { t } from '../../core/l10n.ts';
import type { JsonObject } from '../remediation/json.ts';
import type { ControllerKind, Owner } from '../remediation/plan.ts';
import { isOfJarvis, writersOf } from './field-managers.ts';
import { fieldAt } from './field-path.ts';

/**
 * Who else writes to the object, the GitOps tools first, and what that means for a change of `fields`.
 * Sources: Helm's `meta.helm.sh/release-name`; Argo CD, "Resource Tracking" (tracking-id annotation, instance label);
 * Flux, "Kustomization" and "HelmRelease" (`*.toolkit.fluxcd.io/name` labels); Kubernetes, "Server-Side Apply" (managedFields).
 */
export function ownersOf(object: JsonObject, fields: readonly string[]): readonly Owner[] {
  const tools = [argoCd(object), flux(object), helm(object)].filter((owner) => owner !== undefined);
  return tools.length > 0 ? tools : fieldManagers(object, fields);
}

function argoCd(object: JsonObject): Owner | undefined {
  const tracked = annotation(object, 'argocd.argoproj.io/tracking-id')?.split(':')[0];
  const instance = tracked ?? label(object, 'argocd.argoproj.io/instance');
  if (instance === undefined) return undefined;
  // NAMESPACE_NAME where applications may live in any namespace: no name has an underscore
  const [name = '', namespace] = instance.split('_').reverse();
  return {
    kind: 'argocd',
    name,
    controller: { kind: 'Application', name, ...(namespace !== undefined && { namespace }) },
    consequence: t(
      'Argo CD application {0} will revert this at its next sync, within minutes where it heals itself.',
      name,
    ),
    reverts: true,
  };
}

function flux(object: JsonObject): Owner | undefined {
  const controller = labelled(object, 'Kustomization', 'kustomize') ?? labelled(object, 'HelmRelease', 'helm');
  if (!controller) return undefined;
  const { name } = controller;
  return {
    kind: 'flux',
    name,
    controller,
    consequence: t('Flux ({0}) will revert this at its next reconciliation, within minutes.', name),
    reverts: true,
  };
}

function labelled(object: JsonObject, kind: ControllerKind, tool: string): Owner['controller'] {
  const name = label(object, `${tool}.toolkit.fluxcd.io/name`);
  const namespace = label(object, `${tool}.toolkit.fluxcd.io/namespace`);
  return name === undefined ? undefined : { kind, name, ...(namespace !== undefined && { namespace }) };
}

function helm(object: JsonObject): Owner | undefined {
  const name = annotation(object, 'meta.helm.sh/release-name');
  if (name === undefined) return undefined;
  return {
    kind: 'helm',
    name,
    consequence: t(
      'Helm release {0} owns the object: its next upgrade may set the field back to the value of its chart.',
      name,
    ),
    reverts: false,
  };
}

/** Managers other than Jarvis that own one of the fields by server-side apply or update. */
function fieldManagers(object: JsonObject, fields: readonly string[]): Owner[] {
  const names = writersOf(object, fields).flatMap(({ manager }) => (isOfJarvis(manager) ? [] : [manager]));
  return [...new Set(names)].map((name) => ({
    kind: 'fieldManager',
    name,
    consequence: t('{0} set the field last and may set it again.', name),
    reverts: false,
  }));
}

function annotation(object: JsonObject, key: string): string | undefined {
  return textAt(object, `metadata.annotations[${JSON.stringify(key)}]`);
}

function label(object: JsonObject, key: string): string | undefined {
  return textAt(object, `metadata.labels[${JSON.stringify(key)}]`);
}

function textAt(object: JsonObject, path: string): string | undefined {
  const value = fieldAt(object, path);
  return typeof value === 'string' && value !== '' ? value : undefined;
}

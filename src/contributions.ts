import type { JarvisError } from './core/errors.ts';
import type { AlarmRef, AwsScope } from './domain/alarms/model.ts';
import type { RevisionRef } from './domain/helm/model.ts';
import type { ClusterRef } from './domain/kubernetes/model.ts';
import type { ObjectRef } from './domain/kubernetes/object-ref.ts';
import type { ForwardedPorts } from './domain/kubernetes/port-forward.ts';
import type { ChartSubject } from './domain/metrics/model.ts';
import type { RouteId } from './domain/remediation/route.ts';
import type { ObjectPointer } from './domain/remediation/target.ts';

/**
 * Every id that package.json and the code share, with its signature: a wrong id or argument does not compile, and a
 * test holds this file against package.json.
 */
export interface Commands {
  /** From the tree (a node that carries a pointer), the palette (asks), a notice or a chart. */
  'jarvis.scaleHpa': (from?: {
    readonly pointer?: ObjectPointer;
    readonly alarm?: AlarmRef & { readonly name: string };
  }) => void;
  /** A Deployment, StatefulSet or DaemonSet, or a pod of one; without it, asks. */
  'jarvis.restartRollout': (from?: OfObject) => void;
  /** From an ingress's row, or the palette (asks which). */
  'jarvis.switchWaf': (from?: { readonly pointer?: ObjectPointer }) => void;
  /** Of a release, or of the revision of it that is to be gone back to; asks for what is not given. */
  'jarvis.rollbackRelease': (from?: OfRelease) => void;
  'jarvis.openChart': (from?: { readonly chart?: ChartSubject }) => void;
  'jarvis.openAlarmHistory': (from?: { readonly alarm?: AlarmRef & { readonly name: string } }) => void;
  /** Without a plan: asks which receipt. */
  'jarvis.undo': (from?: { readonly planId?: string }) => void;
  /** Asks for the reason and the time, and where no cluster is given, which. */
  'jarvis.unlockProduction': (from?: { readonly cluster?: ClusterRef }) => void;
  'jarvis.lockProduction': () => void;
  'jarvis.openAction': (from?: { readonly planId?: string }) => void;
  'jarvis.refresh': () => void;
  'jarvis.showLog': () => void;
  'jarvis.showAlarms': () => void;
  'jarvis.filterAlarms': () => void;
  'jarvis.clearAlarmFilter': () => void;
  'jarvis.filterClusters': () => void;
  'jarvis.filterClustersByLabels': () => void;
  'jarvis.showOnlyProblems': () => void;
  'jarvis.showEverything': () => void;
  'jarvis.clearClusterFilter': () => void;
  'jarvis.groupByRelease': () => void;
  'jarvis.groupByNamespace': () => void;
  'jarvis.hideSystemNamespaces': () => void;
  'jarvis.showSystemNamespaces': () => void;
  /** `pin`: see features/clusters/look/look.ts. */
  'jarvis.pinNamespace': (from?: { readonly pin?: string }) => void;
  'jarvis.unpinNamespace': (from?: { readonly pin?: string }) => void;
  /** Where the cluster does not let namespaces be listed. */
  'jarvis.addNamespace': (from?: { readonly namesOf?: ClusterRef }) => void;
  'jarvis.copyName': (from?: { readonly copyText?: string }) => void;
  'jarvis.describe': (from?: OfObject) => void;
  'jarvis.showEvents': (from?: OfObject) => void;
  /** A document that follows the object. */
  'jarvis.watchObject': (from?: OfObject) => void;
  /** Of two selected rows: with each other. Of one: asks with which. */
  'jarvis.diffObjects': (from?: OfObject) => void;
  /** Of two selected revisions: with each other. Of one: asks with which, or with what is live. */
  'jarvis.compareRevisions': (from?: OfRelease) => void;
  'jarvis.showReleaseValues': (from?: OfRelease) => void;
  'jarvis.showReleaseNotes': (from?: OfRelease) => void;
  'jarvis.showReleaseManifest': (from?: OfRelease) => void;
  'jarvis.copyKubectl': (from?: OfObject) => void;
  'jarvis.copyPath': (from?: OfObject) => void;
  'jarvis.openGrafana': (from?: OfObject) => void;
  /** Asks for the ports unless they are given. */
  'jarvis.portForward': (from?: OfObject & { readonly ports?: ForwardedPorts }) => void;
  'jarvis.stopPortForward': () => void;
  'jarvis.execInPod': (from?: OfObject & { readonly container?: string }) => void;
  /** `container`: only that one of its pods. */
  'jarvis.showLogs': (from?: OfObject & { readonly container?: string }) => void;
  'jarvis.retry': (from?: { retry?(): void; readonly trouble?: Trouble }) => void;
  /** A row that says what went wrong: takes the error's first way out. */
  'jarvis.solve': (from?: { readonly trouble?: Trouble }) => void;
  'jarvis.signInGitHub': () => void;
  /** Writes what a team needs into the workspace. */
  'jarvis.setUpRemediation': () => void;
  'jarvis.checkSetUp': () => void;
  /** `query`: as typed into the settings editor; without one, all settings of Jarvis. */
  'jarvis.openSettings': (from?: { readonly query?: string }) => void;
  'jarvis.openWalkthrough': () => void;
}
export type CommandId = keyof Commands;

/** Without an object (from the palette) a command asks which one. */
export interface OfObject {
  readonly object?: ObjectRef;
}

/** Without a revision (from the palette) a command asks which release, and takes its newest. */
interface OfRelease {
  readonly release?: RevisionRef;
}

/** An error on the screen, and how to ask again. */
export interface Trouble {
  readonly error: JarvisError;
  retry(): void;
}

export const views = {
  alarms: 'jarvis.alarms',
  clusters: 'jarvis.clusters',
  activity: 'jarvis.activity',
} as const;
export type ViewId = (typeof views)[keyof typeof views];

export interface ContextKeys {
  'jarvis.alarms.filtered': boolean;
  'jarvis.alarms.configured': boolean;
  'jarvis.clusters.configured': boolean;
  'jarvis.clusters.filtered': boolean;
  'jarvis.clusters.onlyProblems': boolean;
  'jarvis.clusters.byRelease': boolean;
  'jarvis.clusters.hidesSystem': boolean;
  'jarvis.portForwards.running': boolean;
  /** Some patterns of `jarvis.production` are set. */
  'jarvis.guards.locked': boolean;
  'jarvis.guards.readOnly': boolean;
}

export interface Settings {
  'jarvis.kubernetes.kubeconfig': string;
  'jarvis.aws.scopes': readonly Partial<AwsScope>[];
  'jarvis.github.apiUrl': string;
  'jarvis.github.repository': string;
  'jarvis.github.ref': string;
  'jarvis.remediation.route': RouteId;
  'jarvis.remediation.workflows': Readonly<Record<string, string>>;
  /** By remediation: a function's name or ARN, or an object that says more. Read as it is written. */
  'jarvis.remediation.functions': Readonly<Record<string, unknown>>;
  'jarvis.production': Readonly<Record<string, readonly string[]>>;
  'jarvis.readOnly': boolean;
  'jarvis.alarms.pollSeconds': number;
  'jarvis.helm.path': string;
  'jarvis.grafana.urlTemplate': string;
  'jarvis.vault.address': string;
}
export type SettingId = keyof Settings;

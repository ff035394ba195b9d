import type { AlarmRef } from '../alarms/model.ts';
import type { ClusterRef } from '../kubernetes/model.ts';

/** What a chart is about. Serialisable: it survives hide and reload in the webview's state. */
export type ChartSubject =
  | { readonly kind: 'alarm'; readonly alarm: AlarmRef; readonly name: string }
  | {
      readonly kind: 'hpa' | 'deployment' | 'pod';
      readonly cluster: ClusterRef;
      readonly namespace: string;
      readonly name: string;
      readonly uid: string;
    }
  | { readonly kind: 'node'; readonly cluster: ClusterRef; readonly name: string; readonly uid: string };

/** Relative (`last` seconds, live) or absolute, milliseconds since the epoch. */
export type TimeRange = { readonly last: number } | { readonly from: number; readonly to: number };

export type Unit = 'percent' | 'millicores' | 'bytes' | 'count' | 'seconds' | 'none';

/** One line. `null` is a gap and is drawn as one. */
export interface Series {
  readonly id: string;
  readonly label: string;
  readonly unit: Unit;
  /** The edge where it is read: replicas on the right. Lines of two units have an axis each all the same. */
  readonly axis: 'left' | 'right';
  readonly style: 'line' | 'step' | 'threshold';
  /** Milliseconds since the epoch, ascending. */
  readonly times: readonly number[];
  readonly values: readonly (number | null)[];
}

/** A span with a state, drawn behind the lines. */
export interface Band {
  readonly from: number;
  readonly to: number;
  readonly state: 'ALARM' | 'INSUFFICIENT_DATA' | 'OK';
}

/** A moment: an action of Jarvis's own. */
export interface Marker {
  readonly at: number;
  readonly label: string;
  readonly planId?: string;
}

export interface ChartData {
  readonly title: string;
  readonly subtitle: string;
  readonly from: number;
  readonly to: number;
  readonly stepSeconds: number;
  readonly series: readonly Series[];
  readonly bands: readonly Band[];
  readonly markers: readonly Marker[];
  /** Where the data come from, in words: "CloudWatch, 123456789012 ap-northeast-2", "metrics.k8s.io since 10:02". */
  readonly source: string;
  readonly links: readonly { readonly label: string; readonly url: string }[];
  /** What the reader must know (no history before Jarvis looked, retention, truncated). */
  readonly notes: readonly string[];
}

/** One contract for CloudWatch, metrics.k8s.io and, later, Prometheus. */
export interface MetricSource {
  readonly id: 'cloudwatch' | 'metrics.k8s.io';
  /** Can this source say anything about the subject? */
  covers(subject: ChartSubject): boolean;
  /** All series of the subject in one call to the server. @throws JarvisError */
  query(subject: ChartSubject, range: TimeRange, signal: AbortSignal): Promise<ChartData>;
}

import { parseAlarmArn } from './arn.ts';

/** The console's host of each partition. Source: AWS General Reference, "AWS Management Console" endpoints. */
const consoles: Readonly<Record<string, string>> = {
  aws: 'console.aws.amazon.com',
  'aws-cn': 'console.amazonaws.cn',
  'aws-us-gov': 'console.amazonaws-us-gov.com',
};

/** The alarm's page in the CloudWatch console; undefined for a partition without a public console. */
export function alarmConsoleUrl(arn: string): string | undefined {
  const parsed = parseAlarmArn(arn);
  const host = parsed && consoles[parsed.partition];
  if (!parsed || !host) return undefined;
  const region = encodeURIComponent(parsed.region);
  return `https://${region}.${host}/cloudwatch/home?region=${region}#alarmsV2:alarm/${encodeURIComponent(parsed.name)}`;
}

/** What `jarvis.grafana.urlTemplate` may ask for. Times are milliseconds since the epoch, as Grafana takes them. */
export interface GrafanaValues {
  readonly namespace: string;
  readonly pod: string;
  readonly from: number;
  readonly to: number;
}

/** Fills `{namespace} {pod} {from} {to}`, URL-encoded. Undefined for an empty template and for what is not http(s). */
export function grafanaUrl(template: string, values: GrafanaValues): string | undefined {
  if (!/^https?:\/\//i.test(template)) return undefined;
  return template.replace(/\{(namespace|pod|from|to)\}/g, (_, name: keyof GrafanaValues) =>
    encodeURIComponent(values[name]),
  );
}

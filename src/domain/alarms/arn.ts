/** An alarm's ARN taken apart: `arn:PARTITION:cloudwatch:REGION:ACCOUNT:alarm:NAME` (the name may contain colons). */
export interface AlarmArn {
  readonly partition: string;
  readonly region: string;
  readonly account: string;
  readonly name: string;
}

const form = /^arn:(aws[a-z-]*):cloudwatch:([a-z0-9-]+):(\d{12}):alarm:(.+)$/s;

export function parseAlarmArn(arn: string): AlarmArn | undefined {
  const [, partition, region, account, name] = form.exec(arn) ?? [];
  return partition && region && account && name ? { partition, region, account, name } : undefined;
}

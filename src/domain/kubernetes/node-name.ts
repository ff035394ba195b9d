/**
 * The part of a node's name that tells it from the others, without the domain that all of EC2 shares:
 * `ip-10-0-1-11` of `ip-10-0-1-11.ap-northeast-2.compute.internal`.
 * Source: docs.aws.amazon.com, "Amazon EC2 instance hostnames and domains".
 */
export function shortNodeName(name: string): string {
  return name.replace(/(?<=^(?:ip|i)-[^.]+)(?:\.ec2|\.[a-z0-9-]+\.compute)\.internal$/, '');
}

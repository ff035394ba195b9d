import { partitionOf } from '../../domain/aws/partition.ts';

/** Where a function is, and what it is called: with its version or alias, where one is named (`jarvis-scale:live`). */
export interface FunctionAddress {
  readonly region: string;
  readonly account: string;
  readonly name: string;
}

const arnForm = /^arn:aws[a-z-]*:lambda:([a-z0-9-]+):(\d{12}):function:([A-Za-z0-9_-]+(?::[$A-Za-z0-9_-]+)?)$/;
const nameForm = /^[A-Za-z0-9_-]{1,64}(?::[$A-Za-z0-9_-]{1,128})?$/;

/**
 * The address of a function that is given by its ARN, or by its name and where it is to be.
 * Source: Lambda API reference, Invoke, `FunctionName`. @returns undefined for anything else
 */
export function addressOf(nameOrArn: string, here: Omit<FunctionAddress, 'name'>): FunctionAddress | undefined {
  const [, region, account, name] = arnForm.exec(nameOrArn) ?? [];
  if (region !== undefined && account !== undefined && name !== undefined) return { region, account, name };
  return nameForm.test(nameOrArn) ? { ...here, name: nameOrArn } : undefined;
}

export function arnOf({ region, account, name }: FunctionAddress): string {
  return `arn:${partitionOf(region)}:lambda:${region}:${account}:function:${name}`;
}

/** As people call it. */
export function nameOf(arn: string): string {
  return arnForm.exec(arn)?.[3] ?? arn;
}

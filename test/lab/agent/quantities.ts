import { parseQuantity } from '../../../src/domain/kubernetes/quantity.ts';

/** `250m`, `2`, `1532000n` as millicores. @throws Error for what is not a quantity */
export function toMillicores(quantity: string): number {
  return toNumber(quantity) * 1000;
}

/** `64Mi`, `131072Ki`, `1G` as bytes. @throws Error for what is not a quantity */
export function toBytes(quantity: string): number {
  return toNumber(quantity);
}

function toNumber(quantity: string): number {
  const value = parseQuantity(quantity);
  if (value === undefined || Number.isNaN(value)) throw new Error(`not a quantity: ${quantity}`);
  return value;
}

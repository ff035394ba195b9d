/** `250m`, `2`, `1532000n` as millicores. */
export function toMillicores(quantity: string): number {
  return toNumber(quantity) * 1000;
}

/** `64Mi`, `131072Ki`, `1G` as bytes. */
export function toBytes(quantity: string): number {
  return toNumber(quantity);
}

const factors: Record<string, number> = {
  n: 1e-9,
  u: 1e-6,
  m: 1e-3,
  '': 1,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
};

/** @throws Error for what is not a quantity of this cluster. */
function toNumber(quantity: string): number {
  const [, amount, suffix = ''] = /^(\d+(?:\.\d+)?)([a-zA-Z]*)$/.exec(quantity) ?? [];
  const factor = factors[suffix];
  if (amount === undefined || factor === undefined) throw new Error(`not a quantity: ${quantity}`);
  return Number(amount) * factor;
}

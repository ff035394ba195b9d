const decimal: Readonly<Record<string, number>> = {
  n: 1e-9,
  u: 1e-6,
  m: 1e-3,
  '': 1,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  P: 1e15,
  E: 1e18,
};
const binary: Readonly<Record<string, number>> = {
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
  Pi: 2 ** 50,
  Ei: 2 ** 60,
};
/** Larger ones are capped there. */
const most = 2 ** 63;
const form = /^([+-]?(?:\d+(?:\.\d*)?|\.\d+))(?:([eE][+-]?\d{1,3})|([numkMGTPE]|[KMGTPE]i))?$/;

/**
 * The number that a Kubernetes quantity stands for; undefined when it is none.
 * Source: k8s.io/apimachinery/pkg/api/resource, the grammar at type Quantity.
 */
export function parseQuantity(quantity: string | number | undefined): number | undefined {
  if (typeof quantity === 'number') return quantity;
  const [, digits, exponent = '', suffix = ''] = form.exec(quantity ?? '') ?? [];
  if (digits === undefined) return undefined;
  if (exponent) return capped(Number(digits + exponent));
  return capped(Number(digits) * (decimal[suffix] ?? binary[suffix] ?? NaN));
}

function capped(value: number): number {
  return Math.max(-most, Math.min(value, most));
}

/** CPU in millicores, rounded up as the scheduler does. */
export function cpuOf(quantity: string | number | undefined): number | undefined {
  const cores = parseQuantity(quantity);
  return cores === undefined ? undefined : Math.ceil(round(cores * 1000));
}

/** Memory in bytes. */
export function memoryOf(quantity: string | number | undefined): number | undefined {
  const bytes = parseQuantity(quantity);
  return bytes === undefined ? undefined : Math.ceil(round(bytes));
}

/** Takes off what binary fractions leave behind (0.1 * 3 …), so that rounding up does not add one. */
function round(value: number): number {
  return Number(value.toPrecision(15));
}

/** A new plan's id: `jv-` and 16 characters of [a-z0-9], 80 random bits, harmless in a shell, a URL and a run's name. */
export function newPlanId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return `jv-${Array.from(bytes, (byte) => alphabet[byte % alphabet.length]).join('')}`;
}

// 32 characters, so that a byte's remainder is evenly spread.
const alphabet = 'abcdefghijkmnpqrstuvwxyz23456789';

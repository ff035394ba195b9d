/**
 * `web-2` before `web-10`. Names of Kubernetes are ASCII and come by the ten thousand: comparing their codes takes a tenth
 * of what a collator does; whatever else is compared is left to that.
 */
export function compareNames(a: string, b: string): number {
  let i = 0;
  let j = 0;
  while (i < a.length && j < b.length) {
    const x = a.charCodeAt(i);
    const y = b.charCodeAt(j);
    if (x > 127 || y > 127) return collator.compare(a, b);
    if (isDigit(x) && isDigit(y)) {
      const [endA, endB] = [endOfDigits(a, i), endOfDigits(b, j)];
      const difference = compareDigits(a, i, endA, b, j, endB);
      if (difference !== 0) return difference;
      [i, j] = [endA, endB];
    } else if (x !== y) return x - y;
    else {
      i++;
      j++;
    }
  }
  return a.length - i - (b.length - j);
}

const collator = new Intl.Collator('en', { numeric: true });

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

function endOfDigits(text: string, start: number): number {
  let end = start;
  while (isDigit(text.charCodeAt(end))) end++;
  return end;
}

function compareDigits(a: string, i: number, endA: number, b: string, j: number, endB: number): number {
  while (i < endA - 1 && a.charCodeAt(i) === 48) i++;
  while (j < endB - 1 && b.charCodeAt(j) === 48) j++;
  if (endA - i !== endB - j) return endA - i - (endB - j);
  for (; i < endA; i++, j++) {
    const difference = a.charCodeAt(i) - b.charCodeAt(j);
    if (difference !== 0) return difference;
  }
  return 0;
}

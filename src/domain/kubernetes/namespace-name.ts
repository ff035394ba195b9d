/** The names in what somebody typed, apart by commas or spaces. */
export function namesIn(typed: string): readonly string[] {
  return [...new Set(typed.split(/[\s,]+/).filter(Boolean))];
}

/** Source: RFC 1123 label, as kubernetes.io, "Object Names and IDs", demands of namespaces. */
export function isNamespaceName(name: string): boolean {
  return name.length <= 63 && /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/.test(name);
}

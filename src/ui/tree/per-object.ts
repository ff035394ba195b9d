/**
 * One result for each object, as long as the object lives. Stores replace an object when it changes, so an unchanged
 * thing keeps its node, and the engine leaves it alone.
 */
export function perObject<T extends object, R>(make: (object: T) => R): (object: T) => R {
  const made = new WeakMap<T, R>();
  return (object) => {
    const known = made.get(object);
    if (known !== undefined) return known;
    const result = make(object);
    made.set(object, result);
    return result;
  };
}

/** One result for each key: for the few things that are told apart by name. */
export function perKey<R>(make: (key: string) => R): (key: string) => R {
  const made = new Map<string, R>();
  return (key) => {
    const known = made.get(key);
    if (known !== undefined) return known;
    const result = make(key);
    made.set(key, result);
    return result;
  };
}

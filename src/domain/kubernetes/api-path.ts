/** `/api/v1/namespaces/x/pods/y`, each part escaped; without a namespace or name, the path of the list. */
export function apiPath(
  place: { readonly group: string; readonly version: string; readonly resource: string },
  namespace?: string,
  name?: string,
): string {
  const root = place.group ? ['apis', place.group] : ['api'];
  const scope = namespace ? ['namespaces', namespace] : [];
  return ['', ...root, place.version, ...scope, place.resource, ...(name ? [name] : [])]
    .map(encodeURIComponent)
    .join('/');
}

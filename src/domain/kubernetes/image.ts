/**
 * What tells two images of one name apart: the tag; of a digest the first seven digits; `latest` where nothing is said.
 * Source: distribution/reference, "name[:tag][@digest]", where the name may begin with host:port.
 */
export function imageTag(image: string): string {
  const [named = '', digest] = image.split('@');
  const tag = /:([\w][\w.-]{0,127})$/.exec(named)?.[1];
  if (tag !== undefined) return tag;
  return digest === undefined ? 'latest' : digest.slice(0, digest.indexOf(':') + 8);
}

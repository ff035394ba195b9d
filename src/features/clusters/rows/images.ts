import { imageTag } from '../../../domain/kubernetes/image.ts';

/** The tags of the main images, each once; of more than two only that there are more. */
export function tagsInWords(
  containers: readonly { readonly image: string; readonly role?: string }[],
): readonly string[] {
  const main = containers.filter(({ role = 'main', image }) => role === 'main' && image !== '');
  const [first, second, ...more] = new Set(main.map(({ image }) => imageTag(image)));
  if (first === undefined) return [];
  return [[first, ...(second === undefined ? [] : [second]), ...(more.length > 0 ? ['…'] : [])].join(', ')];
}

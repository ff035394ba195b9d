/** When secrets in Vault were written last: their metadata alone is read. */
export interface SecretAges {
  /**
   * @param path as an annotation has it: `secret/data/licence`
   * @returns ms since the epoch; undefined: there is no such secret
   * @throws JarvisError vault.*: why it is not known
   */
  updatedAt(path: string, signal: AbortSignal): Promise<number | undefined>;
}

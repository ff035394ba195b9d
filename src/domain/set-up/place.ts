/** Where a team's files go: a folder with paths below it, with `/`. */
export interface Place {
  /** With an editor's unsaved changes; undefined: nothing is there. */
  read(path: string): Promise<string | undefined>;
  /** Does an editor hold changes of it that are not saved? */
  isUnsaved(path: string): boolean;
  /** Makes the folders that it needs. */
  write(path: string, text: string): Promise<void>;
}

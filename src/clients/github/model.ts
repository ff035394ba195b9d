/** `owner/name`, taken apart. */
export interface RepositoryName {
  readonly owner: string;
  readonly repo: string;
}

export interface RepositoryAccess {
  readonly defaultBranch: string;
  /** May write, and so dispatch workflows. */
  readonly canWrite: boolean;
  /** Its page. */
  readonly url: string;
}

export interface WorkflowInfo {
  readonly name: string;
  /** `active`, `disabled_manually`, `disabled_inactivity` … */
  readonly state: string;
  readonly url: string;
}

export interface Dispatch {
  readonly workflow: string;
  readonly ref: string;
  readonly inputs: Readonly<Record<string, string>>;
}

/** Times are milliseconds since the epoch. */
export interface WorkflowRun {
  readonly id: number;
  readonly number: number;
  readonly title: string;
  readonly url: string;
  readonly status: string;
  readonly conclusion: string | undefined;
  readonly createdAt: number;
}

export interface WorkflowStep {
  readonly name: string;
  readonly status: string;
  readonly conclusion: string | undefined;
  readonly startedAt: number | undefined;
  readonly completedAt: number | undefined;
}

export interface WorkflowJob extends WorkflowStep {
  readonly id: number;
  readonly url: string | undefined;
  readonly steps: readonly WorkflowStep[];
}

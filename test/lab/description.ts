/** Where everything of a running lab is: what `npm run lab -- --json` prints, on one line. */
export interface LabDescription {
  /** Path; its one context is called as the cluster. */
  readonly kubeconfig: string;
  /** Path; the same cluster as a user who may only read. */
  readonly viewerKubeconfig: string;
  /** Folder with kubectl, helm3, helm4. */
  readonly bin: string;
  readonly aws?: AwsDescription;
  readonly github?: GithubDescription;
  /** The `jarvis.*` settings that point at the lab. */
  readonly settings: Readonly<Record<string, unknown>>;
  /** Takes a {@link Command} as JSON by POST, with `Authorization: Bearer <token>`. */
  readonly control: { readonly url: string; readonly token: string };
}

export interface AwsDescription {
  /** For AWS_CONFIG_FILE and AWS_SHARED_CREDENTIALS_FILE. */
  readonly configFile: string;
  readonly credentialsFile: string;
  readonly profile: string;
  readonly region: string;
  readonly endpoints: Readonly<
    Record<'cloudwatch' | 'sns' | 'sqs' | 'eventbridge' | 'lambda' | 'wafv2' | 'sts' | 'iam' | 'elbv2', string>
  >;
  readonly queueUrl: string;
}

export interface GithubDescription {
  readonly apiUrl: string;
  /** `owner/name` */
  readonly repository: string;
  readonly token: string;
  /** Path of the repository's work tree. */
  readonly workTree: string;
}

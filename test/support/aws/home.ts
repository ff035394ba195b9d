import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A home folder of its own with AWS's two files, and the environment that leads there. */
export interface AwsHome {
  readonly env: Readonly<Record<string, string>>;
  config(text: string): void;
  credentials(text: string): void;
  /** Endpoints by service for the profile `sre`, which has keys and a region. */
  profile(endpoints: Readonly<Record<string, string>>): void;
  /** Any other file. @returns its path */
  file(name: string, text: string): string;
  remove(): void;
}

export const validKeys = '[sre]\naws_access_key_id = AKIAEXAMPLE\naws_secret_access_key = secret\n';

export function awsHome(): AwsHome {
  const folder = mkdtempSync(join(tmpdir(), 'jarvis-aws-'));
  const files = join(folder, '.aws');
  mkdirSync(files);
  const config = (text: string) => writeFileSync(join(files, 'config'), text);
  const credentials = (text: string) => writeFileSync(join(files, 'credentials'), text);
  return {
    env: { HOME: folder, AWS_PROFILE: 'sre' },
    config,
    credentials,
    profile(endpoints) {
      const services = Object.entries(endpoints).map(([service, url]) => `${service} =\n  endpoint_url = ${url}`);
      const profile = ['[profile sre]', 'region = ap-northeast-2', 'services = test', '', '[services test]'];
      config([...profile, ...services, ''].join('\n'));
      credentials(validKeys);
    },
    file(name, text) {
      const path = join(folder, name);
      writeFileSync(path, text);
      return path;
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

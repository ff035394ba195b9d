import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';

/** Lines of a profile that signs in by a session, and of that session. */
export const ssoProfile = [
  'sso_session = corp',
  'sso_account_id = 123456789012',
  'sso_role_name = sre',
  '[sso-session corp]',
  'sso_region = us-east-1',
  'sso_start_url = https://corp.awsapps.com/start',
] as const;

/**
 * IAM Identity Center's portal: gives a role's keys to whoever brings the token of a sign-in.
 * Source: IAM Identity Center portal API reference, GetRoleCredentials.
 */
export interface SsoPortal {
  /** What the SDK's environment must say to find it, and the folder of the tokens. */
  readonly env: Readonly<Record<string, string>>;
  /** What `aws sso login` leaves behind. The keys are ASIASSO1 after the first, ASIASSO2 after the next one. */
  signIn(): void;
  /** From now on the token is worth nothing, whatever its date says. */
  end(): void;
  close(): Promise<void>;
}

/** @param home where `.aws/sso/cache` is, or will be */
export async function startSsoPortal(home: string): Promise<SsoPortal> {
  let valid: string | undefined;
  let count = 0;
  const server = createServer((request, response) => {
    const known = request.headers['x-amz-sso_bearer_token'] === valid && valid !== undefined;
    const body = known
      ? {
          roleCredentials: {
            accessKeyId: `ASIASSO${count}`,
            secretAccessKey: 's',
            sessionToken: 't',
            expiration: inAnHour(),
          },
        }
      : { message: 'Session token not found or invalid' };
    const type = known ? {} : { 'x-amzn-errortype': 'UnauthorizedException' };
    response.writeHead(known ? 200 : 401, { 'content-type': 'application/json', ...type }).end(JSON.stringify(body));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    env: { HOME: home, AWS_ENDPOINT_URL_SSO: `http://127.0.0.1:${port}` },
    signIn() {
      valid = `token-${++count}`;
      const cache = join(home, '.aws', 'sso', 'cache');
      mkdirSync(cache, { recursive: true });
      const token = { accessToken: valid, expiresAt: new Date(inAnHour()).toISOString() };
      writeFileSync(join(cache, `${createHash('sha1').update('corp').digest('hex')}.json`), JSON.stringify(token));
    },
    end: () => (valid = undefined),
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

const inAnHour = () => Date.now() + 3_600_000;

import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as v from 'valibot';
import { parseAllDocuments } from 'yaml';
import { fill } from '../../src/domain/set-up/fill.ts';
import { installedCheckers } from './checkers.ts';
import { filesOf, labSetUp, writeFiles } from './github/team-files.ts';
import { run } from './process/run.ts';

/** As terraform-config-inspect tells it. */
const moduleSchema = v.object({
  variables: v.record(v.string(), v.object({ default: v.optional(v.unknown()) })),
  managed_resources: v.record(v.string(), v.unknown()),
  data_resources: v.record(v.string(), v.unknown()),
  diagnostics: v.optional(v.array(v.unknown()), []),
});

/** Everything that a team can get, before the tools with which a team would check it. */
describe('the files that a team gets', function () {
  this.timeout(60_000);
  let folder: string;
  let checkers: string;
  let files: Awaited<ReturnType<typeof filesOf>>;

  before(async function () {
    this.timeout('5m'); // the first start of a machine builds the checkers
    checkers = await installedCheckers((line) => process.stderr.write(`  ${line}\n`));
    folder = await mkdtemp(join(tmpdir(), 'jarvis-set-up-'));
    files = await filesOf(labSetUp);
    await writeFiles(folder, files);
  });
  after(() => rm(folder, { recursive: true }));

  const paths = (ending: RegExp) => files.filter(({ path }) => ending.test(path)).map(({ path }) => join(folder, path));
  const check = (tool: string, ...args: string[]) => run(join(checkers, tool), args, { cwd: folder });
  const terraform = async (of: string) =>
    v.parse(moduleSchema, JSON.parse(await check('terraform-config-inspect', '--json', of)));

  it('are workflows that actionlint has nothing against', async () => {
    const workflows = paths(/^\.github\/workflows\/[\w-]+\.yml$/);
    assert.equal(workflows.length, labSetUp.remedies.length);
    assert.equal(await check('actionlint', '-no-color', '-shellcheck=', '-pyflakes=', ...workflows), '');
  });

  it('paste no input into a script, name the plan in the title, and ask for the token alone', async () => {
    for (const path of paths(/\.yml$/)) {
      const [document] = parseAllDocuments(await readFile(path, 'utf8'));
      const workflow = v.parse(workflowSchema, document?.toJS());
      assert.deepEqual(workflow.permissions, { 'id-token': 'write' }, path);
      assert.match(workflow['run-name'], /\[\$\{\{ inputs\.plan_id \}\}\]/);
      assert.match(workflow.concurrency.group, /inputs\.cluster/);
      for (const { environment, steps } of Object.values(workflow.jobs)) {
        assert.equal(environment, labSetUp.team.environment);
        for (const { run: script = '', uses = '@' } of steps) {
          assert.doesNotMatch(script, /\$\{\{/, path);
          assert.match(uses, /@([0-9a-f]{40})?$/, 'what others wrote is pinned by its commit');
          for (const [command] of script.matchAll(/\bkubectl\b.*\bpatch\b(?:.*\\\n)*.*/g))
            assert.match(command, /--field-manager=jarvis /, 'whoever looks at the object sees who wrote it');
        }
      }
    }
  });

  it('are YAML', async () => {
    for (const path of paths(/\.ya?ml$/))
      for (const { errors, warnings } of parseAllDocuments(await readFile(path, 'utf8')))
        assert.deepEqual([...errors, ...warnings], [], path);
  });

  it('are HCL as Terraform formats it, and refer to what there is', async () => {
    const all = paths(/\.tf$/);
    await check('hclfmt', '-require-no-change', ...all);
    const { variables, managed_resources, data_resources, diagnostics } = await terraform('deploy/jarvis/terraform');
    assert.deepEqual(diagnostics, []);
    const declared = new Set([...Object.keys(managed_resources), ...Object.keys(data_resources)]);
    for (const [, name] of (await everything(all)).matchAll(/\bvar\.(\w+)/g))
      assert.ok(name && name in variables, name);
    for (const [name] of (await everything(all)).matchAll(/\b(?:data\.\w+|aws_\w+)\.\w+/g))
      assert.ok(declared.has(name), name);
    const locals = [...(await everything(all)).matchAll(/^locals \{$([^]+?)^\}$/gm)]
      .map(([, inside]) => inside)
      .join('');
    for (const [, name] of (await everything(all)).matchAll(/\blocal\.(\w+)/g))
      assert.match(locals, new RegExp(`^  ${name} += `, 'm'));
  });

  it('give the functions the environment that they read, and no more', async () => {
    const code = await everything(paths(/\/functions\/(?!test\/).*\.mjs$/));
    const read = [...code.matchAll(/process\.env\.(\w+)|^ *const \{(.*)\} = process\.env;/gm)].flatMap(
      ([, name = '', names = '']) => (name + names).match(/\b[A-Z][A-Z_]+\b/g) ?? [],
    );
    const [, environment = ''] =
      /^  environment \{$([^]+?)^  \}$/m.exec(await everything(paths(/functions\.tf$/))) ?? [];
    const given = [...environment.matchAll(/\b([A-Z_]+)\s+= /g)].map(([, name]) => name);
    const ofLambda = (name: string) => name.startsWith('AWS_');
    assert.deepEqual([...new Set(read.filter((name) => !ofLambda(name)))].sort(), given.sort());
  });

  it('hold whatever a value is as a value', async () => {
    const hostile = '"\n}${file("/etc/passwd")} %{ for x in y }'.replace('\n', ' ');
    const text = fill('variable "a" {\n  default = __A__\n}\n', 'a.tf', { A: hostile });
    await writeFiles(folder, [{ path: 'hostile/a.tf', text }]);
    assert.equal((await terraform('hostile')).variables['a']?.default, hostile);
  });
});

const workflowSchema = v.object({
  'run-name': v.string(),
  permissions: v.record(v.string(), v.string()),
  concurrency: v.object({ group: v.string() }),
  jobs: v.record(
    v.string(),
    v.object({
      environment: v.string(),
      steps: v.array(v.object({ run: v.optional(v.string()), uses: v.optional(v.string()) })),
    }),
  ),
});

async function everything(paths: readonly string[]): Promise<string> {
  return (await Promise.all(paths.map((path) => readFile(path, 'utf8')))).join('\n');
}

/** AWS's own service models, as the Python package botocore carries them, and what they say about a value on the wire. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { cached } from './cache.ts';
import { run, step } from './process.ts';

const version = '1.44.5';

interface Member {
  readonly shape: string;
}

interface Shape {
  readonly type: string;
  readonly required?: readonly string[];
  readonly members?: Readonly<Record<string, Member>>;
  readonly member?: Member;
  readonly key?: Member;
  readonly value?: Member;
  readonly enum?: readonly string[];
  readonly min?: number;
  readonly max?: number;
  readonly pattern?: string;
  readonly union?: boolean;
  readonly exception?: boolean;
}

export interface ServiceModel {
  readonly operations: Readonly<Record<string, { readonly input?: Member; readonly output?: Member }>>;
  readonly shapes: Readonly<Record<string, Shape>>;
}

/** One call as it went over the wire; `error` is the name of the error's shape. */
export interface ModelExchange {
  readonly operation: string;
  readonly request: unknown;
  readonly response: unknown;
  readonly error?: string;
}

/** `loadServiceModel('cloudwatch', '2010-08-01')`; botocore is fetched once into the user's cache folder. */
export async function loadServiceModel(service: string, apiVersion: string): Promise<ServiceModel> {
  const file = path.join(await installed(), 'botocore', 'data', service, apiVersion, 'service-2.json.gz');
  const json = await promisify(gunzip)(await readFile(file));
  // the package's own format, pinned by its version
  return JSON.parse(json.toString()) as ServiceModel;
}

const installed = () =>
  cached('botocore', version, async (folder) => {
    const options = ['--quiet', '--no-deps', '--no-compile', '--disable-pip-version-check', '--target', folder];
    const code = await step(`botocore ${version}`, () =>
      run('python3', ['-m', 'pip', 'install', ...options, `botocore==${version}`], { stdio: ['ignore', 2, 2] }),
    );
    if (code !== 0) throw new Error(`pip could not install botocore ${version}`);
  });

/** What is wrong with a JSON value of that shape, each problem with its path; empty when it is right. */
export function validateShape(model: ServiceModel, shapeName: string, value: unknown, at = shapeName): string[] {
  const shape = model.shapes[shapeName];
  if (!shape) return [`${at}: the model has no shape ${shapeName}`];
  if (value === undefined || value === null) return [`${at}: nothing where ${shapeName} was expected`];
  const check = checks[shape.type];
  return check ? check(model, shape, value, at) : [`${at}: the type ${shape.type} is not known`];
}

type Check = (model: ServiceModel, shape: Shape, value: unknown, at: string) => string[];

const checks: Readonly<Record<string, Check>> = {
  structure: checkStructure,
  list: checkList,
  map: checkMap,
  string: checkString,
  integer: (_, shape, value, at) => checkNumber(shape, value, at, Number.isInteger),
  long: (_, shape, value, at) => checkNumber(shape, value, at, Number.isInteger),
  double: checkDouble,
  float: checkDouble,
  boolean: (_, __, value, at) => problem(typeof value === 'boolean', `${at}: not a boolean`),
  timestamp: (_, __, value, at) => problem(isTimestamp(value), `${at}: not a timestamp`),
  blob: (_, __, value, at) => problem(typeof value === 'string', `${at}: not base64 text`),
};

const problem = (right: boolean, message: string) => (right ? [] : [message]);
const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
/** Seconds since the epoch in the JSON protocols, ISO 8601 where a member asks for it. */
const isTimestamp = (value: unknown) =>
  typeof value === 'number' || (typeof value === 'string' && !Number.isNaN(Date.parse(value)));

function checkStructure(model: ServiceModel, shape: Shape, value: unknown, at: string): string[] {
  if (!isRecord(value)) return [`${at}: not a structure`];
  const { members = {}, required = [], union = false } = shape;
  const given = Object.entries(value).filter(([, inner]) => inner !== undefined);
  return [
    ...required.filter((name) => value[name] === undefined).map((name) => `${at}.${name}: required, but missing`),
    ...problem(!union || given.length === 1, `${at}: a union must have exactly one member`),
    ...given.flatMap(([name, inner]) => {
      const member = members[name];
      return member ? validateShape(model, member.shape, inner, `${at}.${name}`) : [`${at}.${name}: unknown member`];
    }),
  ];
}

function checkList(model: ServiceModel, shape: Shape, value: unknown, at: string): string[] {
  if (!Array.isArray(value)) return [`${at}: not a list`];
  const name = shape.member?.shape ?? '';
  return [
    ...checkSize(shape, value.length, at, 'items'),
    ...value.flatMap((item: unknown, index) => validateShape(model, name, item, `${at}[${index}]`)),
  ];
}

function checkMap(model: ServiceModel, shape: Shape, value: unknown, at: string): string[] {
  if (!isRecord(value)) return [`${at}: not a map`];
  const entries = Object.entries(value);
  return [
    ...checkSize(shape, entries.length, at, 'entries'),
    ...entries.flatMap(([key, inner]) => [
      ...validateShape(model, shape.key?.shape ?? '', key, `${at} key`),
      ...validateShape(model, shape.value?.shape ?? '', inner, `${at}.${key}`),
    ]),
  ];
}

function checkString(_: ServiceModel, shape: Shape, value: unknown, at: string): string[] {
  if (typeof value !== 'string') return [`${at}: not a string`];
  const { enum: allowed, pattern } = shape;
  return [
    ...checkSize(shape, value.length, at, 'characters'),
    ...problem(allowed?.includes(value) ?? true, `${at}: "${value}" is none of ${allowed?.join(', ') ?? ''}`),
    ...problem(pattern === undefined || matches(pattern, value), `${at}: "${value}" does not match ${pattern ?? ''}`),
  ];
}

/** The models' patterns must match the whole text. */
const matches = (pattern: string, value: string) => new RegExp(`^(?:${pattern})$`, 'su').test(value);

function checkDouble(_: ServiceModel, shape: Shape, value: unknown, at: string): string[] {
  if (typeof value === 'string' && ['NaN', 'Infinity', '-Infinity'].includes(value)) return [];
  return checkNumber(shape, value, at, Number.isFinite);
}

function checkNumber(shape: Shape, value: unknown, at: string, is: (value: unknown) => boolean): string[] {
  if (typeof value !== 'number' || !is(value)) return [`${at}: not a number of type ${shape.type}`];
  return checkSize(shape, value, at, 'as value');
}

function checkSize({ min = -Infinity, max = Infinity }: Shape, size: number, at: string, what: string): string[] {
  return problem(size >= min && size <= max, `${at}: ${size} ${what}, allowed are ${min} to ${max}`);
}

/** Errors that belong to the protocol, not to a service. */
const protocolErrors = new Set(['UnknownOperationException', 'SerializationException']);

/** Holds every exchange against the model. Pass `observe` to what sees the exchanges, and `assertClean` at the end. */
export class ModelChecker {
  readonly #model: ServiceModel;
  readonly #problems: string[] = [];
  #count = 0;

  constructor(model: ServiceModel) {
    this.#model = model;
  }

  /** How many exchanges were checked. */
  get count(): number {
    return this.#count;
  }

  get problems(): readonly string[] {
    return this.#problems;
  }

  readonly observe = (exchange: ModelExchange): void => {
    this.#count++;
    const found =
      exchange.error === undefined ? this.#success(exchange) : this.#failure(exchange.error, exchange.response);
    this.#problems.push(...found.map((text) => `${exchange.operation}: ${text}`));
  };

  #success({ operation, request, response }: ModelExchange): string[] {
    const known = this.#model.operations[operation];
    if (!known) return ['the model has no such operation'];
    return [...this.#body(known.input, request, 'request'), ...this.#body(known.output, response, 'response')];
  }

  #body(member: Member | undefined, value: unknown, at: string): string[] {
    if (member) return validateShape(this.#model, member.shape, value, at);
    return problem(value === undefined, `${at}: a body where the model has none`);
  }

  /** A refused request may be anything; its answer must be an error of the service. */
  #failure(error: string, response: unknown): string[] {
    if (protocolErrors.has(error)) return [];
    if (!this.#model.shapes[error]?.exception) return [`${error} is no error of this service`];
    if (!isRecord(response)) return ['an error without a body'];
    // every protocol adds its type and a message, whether the shape has one or not
    const { __type, message, ...members } = response;
    return [
      ...problem(typeof __type === 'string' && __type.endsWith(error), 'the error has no __type of its shape'),
      ...problem(typeof message === 'string', 'the error has no message'),
      ...validateShape(this.#model, error, members, error),
    ];
  }
}

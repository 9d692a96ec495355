import { join, resolve } from 'node:path';
import ts from 'typescript';

const ROOT = resolve(__dirname, '../..');
const FILE = join(ROOT, 'schema-types.ts');

const HEAD = `
import { HTTPClient, type StandardSchema } from './src/index';
interface Ticket { readonly id: number }
declare const schema: StandardSchema<{ id: string }, Ticket>;
declare const client: HTTPClient;
type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
function is<T extends true>(): T | undefined { return undefined; }
`;

const host = ts.createCompilerHost({});
const onDisk = { getSourceFile: host.getSourceFile.bind(host), fileExists: host.fileExists.bind(host) };
let previous: ts.Program | undefined;

/** What the compiler says of `code`. */
function complaintsAbout(code: string): string[] {
  host.fileExists = (name) => name === FILE || onDisk.fileExists(name);
  host.getSourceFile = (name, version, ...rest) =>
    name === FILE
      ? ts.createSourceFile(name, `${HEAD}${code}\n`, version)
      : (previous?.getSourceFile(name) ?? onDisk.getSourceFile(name, version, ...rest));
  const { config } = ts.readConfigFile(join(ROOT, 'tsconfig.json'), (path) => ts.sys.readFile(path)) as {
    config: { compilerOptions: object };
  };
  const { options } = ts.convertCompilerOptionsFromJson({ ...config.compilerOptions, types: ['node'] }, ROOT);
  previous = ts.createProgram([FILE], options, host, previous);
  return previous
    .getSemanticDiagnostics(previous.getSourceFile(FILE))
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'));
}

test.each(['get', 'post', 'put', 'patch'])(
  '%sJson has the type of the output of its schema',
  (verb) => {
    const code = `export const answer = client.${verb}Json('/', { schema });\nis<Same<typeof answer, Promise<Ticket>>>();`;

    expect(complaintsAbout(code)).toEqual([]);
    expect(complaintsAbout(code.replace('Promise<Ticket>', 'Promise<unknown>'))).not.toEqual([]);
  },
  60_000,
);

test.each([
  [
    'zod',
    "import { z } from 'zod'; const made = z.object({ id: z.string().transform(Number), at: z.coerce.date().optional() });",
    '{ id: number; at?: Date | undefined }',
  ],
  [
    'valibot',
    "import * as v from 'valibot'; const made = v.object({ id: v.pipe(v.string(), v.transform(Number)) });",
    '{ id: number }',
  ],
  [
    'asynchronous valibot',
    "import * as v from 'valibot'; const made = v.pipeAsync(v.string(), v.transformAsync(async (id) => Number(id)));",
    'number',
  ],
  [
    'arktype',
    "import { type } from 'arktype'; const made = type({ id: 'string.numeric.parse', 'at?': 'string.date.parse' });",
    '{ id: number; at?: Date }',
  ],
])(
  'a schema of %s gives the type of what it makes, not of what it takes',
  (_, made, type) => {
    const code = `${made} export const answer = client.getJson('/', { schema: made });`;

    expect(complaintsAbout(`${code} is<Same<typeof answer, Promise<${type}>>>();`)).toEqual([]);
    expect(complaintsAbout(`${code} is<Same<typeof answer, Promise<unknown>>>();`)).not.toEqual([]);
  },
  120_000,
);

test.each([
  [
    'options of their own',
    'const o = { schema, timeout: 3 }; const answer = client.getJson("/", o);',
    'Promise<Ticket>',
  ],
  [
    'a type that the output has',
    'const answer = client.getJson<{ id: number }>("/", { schema });',
    'Promise<{ id: number }>',
  ],
  ['a type and no schema', 'const answer = client.getJson<string>("/", { timeout: 3 });', 'Promise<string>'],
  ['neither', 'const answer = client.getJson("/");', 'Promise<unknown>'],
])(
  '%s: that is the type',
  (_, code, type) => {
    expect(complaintsAbout(`${code} export { answer }; is<Same<typeof answer, ${type}>>();`)).toEqual([]);
  },
  60_000,
);

test.each([
  ['a type that the output has not', 'void client.getJson<string>("/", { schema });', /not assignable to type/],
  ['what is no schema', 'void client.getJson("/", { schema: { type: "object" } });', /'~standard'|does not exist/],
  ['a schema for a whole response', 'void client.get("/", { schema });', /'schema' does not exist/],
])(
  '%s is refused',
  (_, code, words) => {
    expect(complaintsAbout(code).join('\n')).toMatch(words);
  },
  60_000,
);

import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import ts from 'typescript';
import { builtPackage } from '../support/built-package';
import { describeWithRedis, redisServer } from '../support/redis';
import { blocksOfDocs, type Block } from './blocks';
import { startWorld, type World } from './world';

const RUNNER = join(__dirname, 'run-block.mjs');
const BLOCKS = blocksOfDocs().filter(({ mark }) => mark === undefined);
const THROWS: Block = { ...BLOCKS[0], name: 'throws', language: 'ts', code: 'await fetch(1 as never);\n' } as Block;
/** For the slowest block on a busy machine. */
const LIMIT = 60_000;

describeWithRedis('every code block of the docs', () => {
  const folder = mkdtempSync(join(tmpdir(), 'blocks-'));
  // Below the built package, which is found by its name there.
  const programs = join(builtPackage(), 'blocks');
  let world: World;

  beforeAll(async () => {
    mkdirSync(programs, { recursive: true });
    const hosts = BLOCKS.flatMap(({ code }) => [...code.matchAll(/https:\/\/([\w.-]+)/g)].map(([, host = '']) => host));
    world = await startWorld([...new Set(hosts)], folder, (await redisServer()).port);
  });

  afterAll(() => {
    world.close();
    rmSync(folder, { recursive: true });
  });

  test('runs, against services on loopback', async () => {
    const queue = [...BLOCKS, THROWS].values();
    const failures: string[] = [];
    const work = async (): Promise<void> => {
      for (const block of queue) {
        const failure = await run(block, programs, world);
        if (failure !== undefined) failures.push(`${block.name}: ${failure}`);
      }
    };
    await Promise.all(Array.from({ length: availableParallelism() }, work));

    expect(BLOCKS.length).toBeGreaterThan(20);
    // The last one shows that a failure is seen.
    expect(failures).toEqual([expect.stringContaining('throws: ')]);
    expect(world.requests).toContain('GET user-service:8000/api/v1/users/123');
    expect(world.requests.length).toBeGreaterThan(20);
  }, 600_000);
});

/** @returns what went wrong */
async function run({ name, language, code }: Block, programs: string, { env }: World): Promise<string | undefined> {
  const program = join(programs, `${name}.${language === 'js' ? 'cjs' : 'mjs'}`);
  writeFileSync(program, language === 'js' ? code : transpile(code));
  const { PATH = '' } = process.env;
  try {
    await promisify(execFile)(process.execPath, [RUNNER, program], { env: { PATH, ...env }, timeout: LIMIT });
    return undefined;
  } catch (error) {
    const { stdout, stderr, message } = error as { stdout?: string; stderr?: string; message: string };
    return [stderr, stdout, message].join('\n').trim().slice(0, 1000);
  }
}

function transpile(code: string): string {
  const compilerOptions = {
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.ESNext,
    experimentalDecorators: true,
    emitDecoratorMetadata: true,
  };
  return ts.transpileModule(code, { compilerOptions }).outputText;
}

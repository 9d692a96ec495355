import { complaintsAbout } from '../support/compiler';
import { blocksIn, blocksOfDocs } from './blocks';

const BLOCKS = blocksOfDocs();

test('every TypeScript block of the docs compiles by itself', () => {
  const compiled = BLOCKS.filter(({ language, mark }) => language === 'ts' && mark !== 'fragment');
  const sources = new Map(compiled.map(({ name, code }) => [name, code]));

  expect(sources.size).toBeGreaterThan(20);
  expect(complaintsAbout(sources)).toEqual([]);
});

test('a mark before a block exempts it, with a reason', () => {
  const page = 'Text.\n\n<!-- not run: needs a GPU -->\n\n```ts\na();\n```\n\n```js\nb();\n```\n';

  expect(blocksIn('docs/a.md', page)).toEqual([
    { name: 'docs-a-md-line-5', language: 'ts', code: 'a();\n', mark: 'not run', reason: 'needs a GPU' },
    { name: 'docs-a-md-line-9', language: 'js', code: 'b();\n', mark: undefined, reason: undefined },
  ]);
});

test('hardly any block is exempt', () => {
  expect(BLOCKS.filter(({ mark }) => mark !== undefined).length).toBeLessThanOrEqual(5);
});

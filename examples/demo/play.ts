import { AXIOS, OURS, SETTINGS } from './clients';
import type { Result, Scene } from './scene';
import { SCENES } from './scenes';
import { fact, paragraph, row, rule } from './stage/columns';
import type { Live } from './stage/live';
import { paint } from './stage/paint';
import { Stage } from './stage/stage';

/** A scene that has been played. */
interface Played extends Result {
  readonly number: number;
  readonly isBroken: boolean;
}

/** Plays scenes by number, and prints a table of them at the end. Returns whether all happened that they claim. */
export async function playScenes(numbers: readonly number[], live: Live): Promise<boolean> {
  live.print(paint('bold', '\n  Six things that go wrong between services'));
  live.print(paragraph('Both clients run now, beside each other. The services count what arrives.'));
  live.print();
  for (const [name, settings] of Object.entries(SETTINGS)) live.print(fact(name, settings));
  const played: Played[] = [];
  for (const number of numbers) {
    const scene = SCENES[number - 1];
    if (scene) played.push(await play(number, scene, live));
  }
  if (played.length > 1) sumUp(played, live);
  sendOn(played, live);
  return played.every(({ isBroken }) => !isBroken);
}

async function play(number: number, scene: Scene, live: Live): Promise<Played> {
  live.print(`\n${rule(`${number}. ${scene.title}`)}\n`);
  live.print(`${paragraph(scene.story)}\n`);
  live.print(row('', AXIOS, OURS, ['bold', 'bold']));
  const stage = new Stage(live);
  try {
    const result = await scene.play(stage);
    live.print(`\n${paragraph(`To be fair: ${scene.fair}`, 'dim')}`);
    live.print(paragraph(`More: ${scene.page}`, 'dim'));
    return { ...result, number, isBroken: stage.broken.length > 0 };
  } finally {
    await stage.close();
  }
}

function sumUp(played: readonly Played[], live: Live): void {
  live.print(`\n${rule('What happened')}\n`);
  live.print(row('', AXIOS, OURS, ['bold', 'bold']));
  for (const { number, about, axios, ours, isBroken } of played) {
    live.print(row(`${number}. ${about}`, axios, ours, isBroken ? [] : ['red', 'green']));
  }
}

function sendOn(played: readonly Played[], live: Live): void {
  live.print(`\n${rule('Next')}\n`);
  live.print(played.length === 1 ? fact('npm run demo', 'all scenes') : fact('npm run demo -- 4', 'one scene again'));
  for (const [where, what] of Object.entries(NEXT)) live.print(fact(where, what));
  const broken = played.filter(({ isBroken }) => isBroken).map(({ number }) => number);
  if (broken.length > 0) live.print(paint('red', `\n  ✗ Not as claimed: scene ${broken.join(', ')}`));
}

const NEXT = {
  'npm run demo -- --watch': 'calls in your browser, as they happen',
  'README.md': 'install it, and make the first call',
  'docs/from-axios.md': 'move a service from axios',
  'docs/README.md': 'all pages',
  'examples/demo/scenes/': 'the code of these scenes',
};

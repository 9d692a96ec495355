import { parseArguments, USAGE } from './arguments';
import { playScenes } from './play';
import { SCENES } from './scenes';
import { Live } from './stage/live';
import { watch } from './watch/watch';

async function main(): Promise<void> {
  // Until the demo has succeeded.
  process.exitCode = 1;
  const command = parseArguments(process.argv.slice(2), SCENES.length);
  if (command.kind === 'mistake') {
    console.error(`${command.message}\n\n${USAGE}`);
    process.exitCode = 2;
    return;
  }
  if (command.kind === 'help') console.log(USAGE);
  if (command.kind === 'list') for (const [index, { title }] of SCENES.entries()) console.log(`${index + 1}  ${title}`);
  if (command.kind === 'watch') await watch();
  if (command.kind === 'scenes' && !(await playScenes(command.numbers, new Live()))) return;
  process.exitCode = 0;
}

void main();

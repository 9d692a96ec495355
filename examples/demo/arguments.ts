/** What the command line asks for. */
export type Command =
  | { readonly kind: 'help' | 'list' | 'watch' }
  /** Numbers of scenes, from 1. */
  | { readonly kind: 'scenes'; readonly numbers: readonly number[] }
  | { readonly kind: 'mistake'; readonly message: string };

const FLAGS = { '--help': 'help', '-h': 'help', '--list': 'list', '--watch': 'watch' } as const;

export const USAGE = `Six things that go wrong between services: axios + axios-retry beside this client.

  npm run demo                 all scenes, half a minute at most
  npm run demo -- 3            the third scene; several numbers are possible
  npm run demo -- --list       the scenes
  npm run demo -- --watch      calls in the inspector, a page in your browser
  npm run demo -- --help       this text

NO_COLOR=1 switches colours off. The exit code is 0 only if all happened that the scenes claim.`;

/** @param count how many scenes there are */
export function parseArguments(words: readonly string[], count: number): Command {
  if (words.length === 0) return { kind: 'scenes', numbers: Array.from({ length: count }, (_, index) => index + 1) };
  const flag = words.find(isFlag);
  if (flag !== undefined) {
    return words.length === 1 ? { kind: FLAGS[flag] } : mistake(`${flag} must be the only argument.`);
  }
  const wrong = words.find((word) => !/^\d+$/.test(word));
  if (wrong !== undefined) return mistake(`Unknown argument '${wrong}'.`);
  const numbers = words.map(Number);
  const missing = numbers.find((number) => number < 1 || number > count);
  if (missing !== undefined) return mistake(`Scene ${missing} does not exist: there are scenes 1 to ${count}.`);
  return { kind: 'scenes', numbers };
}

function isFlag(word: string): word is keyof typeof FLAGS {
  return Object.hasOwn(FLAGS, word);
}

function mistake(message: string): Command {
  return { kind: 'mistake', message };
}

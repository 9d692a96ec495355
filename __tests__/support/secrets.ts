import { inspect } from 'node:util';

/** Everything that can be read of an object: by printing, by cloning, and by all getters and fields, however deep. */
export function allTextOf(value: unknown): string {
  const options = {
    depth: Infinity,
    showHidden: true,
    getters: true,
    maxStringLength: null,
    maxArrayLength: null,
  } as const;
  const parts = [inspect(value, options), inspect(value, { depth: Infinity }), JSON.stringify(value)];
  if (typeof value === 'object' && value !== null) {
    parts.push(inspect({ ...value }, options), inspect(clone(value), options), Object.keys(value).join());
  }
  parts.push(...membersOf(value, new Set()));
  return parts.join('\n');
}

function clone(value: object): unknown {
  try {
    return structuredClone(value);
  } catch {
    return undefined;
  }
}

/** The texts of all members, inherited getters among them. */
function membersOf(value: unknown, seen: Set<unknown>): string[] {
  if (typeof value !== 'object' || value === null) return [String(value)];
  if (seen.has(value)) return [];
  seen.add(value);
  const names = new Set<string | symbol>();
  for (let owner: object | null = value; owner !== null && owner !== Object.prototype; owner = parentOf(owner)) {
    for (const name of Reflect.ownKeys(owner)) names.add(name);
  }
  return [...names]
    .filter((name) => name !== 'constructor')
    .flatMap((name) => membersOf(Reflect.get(value, name), seen));
}

function parentOf(value: object): object | null {
  return Object.getPrototypeOf(value) as object | null;
}

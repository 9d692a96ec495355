import { blameCaller } from '../stack/blame-caller';
import { OWN_FOLDER } from '../stack/own-folder';
import { isClass } from './kind-of';

type Callable = (...given: never[]) => unknown;

/**
 * Functions that stay themselves: `runInContext`, because what its callback throws must pass as it is, and those that throw
 * nothing.
 */
const UNCHANGED = /^(runInContext|currentContext|inboundToken|is[A-Z]\w*)$/;

/**
 * The exports of a package that has no default export, for those who take them for one: `new`, and a call, throw a TypeError
 * that shows the right import. Named imports, and every way of requiring the package, see the same as before, except that errors
 * about arguments start their stack at the caller.
 *
 * @param example a named export
 */
export function namedExports(exports: object, module: string, example: string): object {
  function noDefaultExport(): never {
    return blameCaller([noDefaultExport], () => {
      throw new TypeError(
        `${module} has no default export: use \`import { ${example} } from '${module}'\`, ` +
          `or \`const { ${example} } = require('${module}')\``,
      );
    });
  }
  for (const [name, descriptor] of Object.entries(Object.getOwnPropertyDescriptors(exports))) {
    Object.defineProperty(noDefaultExport, name, blaming(name, descriptor));
  }
  // `axios.create()`, where `axios` is now imported from here. They are functions, not getters: tools read what a module has.
  for (const name of ['create', 'extend', 'get', 'post', 'put', 'patch', 'delete', 'head', 'request']) {
    if (!(name in exports)) Object.defineProperty(noDefaultExport, name, { value: noDefaultExport });
  }
  // For `import x from` in what TypeScript, Babel and bundlers compile to CommonJS.
  Object.defineProperty(noDefaultExport, 'default', { value: noDefaultExport });
  return noDefaultExport;
}

const apply = (target: Callable, self: unknown, given: never[]): unknown =>
  blameCaller([apply], () => Reflect.apply(target, self, given) as unknown);

/** The function itself, except that its errors about arguments blame the caller. */
function blame(value: Callable): Callable {
  return new Proxy(value, { apply });
}

/** An export is looked up when it is read, as TypeScript has it. */
function blaming(name: string, descriptor: PropertyDescriptor): PropertyDescriptor {
  // In a bundle, the caller's frames cannot be told from ours, and more of ours would push them out of the stack.
  if (OWN_FOLDER === '' || UNCHANGED.test(name)) return { ...descriptor, configurable: true };
  const read = (): unknown => (descriptor.get ? (descriptor.get() as unknown) : descriptor.value);
  let last: unknown;
  let blamed: unknown;
  const get = (): unknown => {
    const current = read();
    if (typeof current !== 'function') return current;
    if (current !== last) blamed = isClass(current) ? blameInStatics(current) : blame(current as Callable);
    last = current;
    return blamed;
  };
  return { get, enumerable: descriptor.enumerable ?? false, configurable: true };
}

/** The class stays itself, because injection and `instanceof` compare it. */
function blameInStatics(type: object): object {
  for (const [name, descriptor] of Object.entries(Object.getOwnPropertyDescriptors(type))) {
    const { value } = descriptor as { value?: unknown };
    if (typeof value !== 'function' || isClass(value) || descriptor.configurable !== true) continue;
    Object.defineProperty(type, name, { ...descriptor, value: blame(value as Callable) });
  }
  return type;
}

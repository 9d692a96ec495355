/**
 * The exports of a package that has no default export, for those who take them for one: `new`, and a call, throw a TypeError
 * that shows the right import. Named imports, and every way of requiring the package, see the same as before.
 *
 * @param example a named export
 */
export function namedExports(exports: object, module: string, example: string): object {
  function noDefaultExport(): never {
    throw new TypeError(
      `${module} has no default export: use \`import { ${example} } from '${module}'\`, ` +
        `or \`const { ${example} } = require('${module}')\``,
    );
  }
  // With getters that stay getters: TypeScript's exports are that.
  Object.defineProperties(noDefaultExport, Object.getOwnPropertyDescriptors(exports));
  // `axios.create()`, where `axios` is now imported from here. They are functions, not getters: tools read what a module has.
  for (const name of ['create', 'extend', 'get', 'post', 'put', 'patch', 'delete', 'head', 'request']) {
    if (!(name in exports)) Object.defineProperty(noDefaultExport, name, { value: noDefaultExport });
  }
  // For `import x from` in what TypeScript, Babel and bundlers compile to CommonJS.
  Object.defineProperty(noDefaultExport, 'default', { value: noDefaultExport });
  return noDefaultExport;
}

/** Directory of the package as it is published. Slow tests have one: `build-package.ts` builds it before the first. */
export function builtPackage(): string {
  const directory = process.env['BUILT_PACKAGE'];
  if (directory === undefined) throw new Error('The package is built for slow tests only: npm run test:slow');
  return directory;
}

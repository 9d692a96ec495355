import type * as Package from '../../src/index';

/** A second copy of the package, as two versions of it in one node_modules make it. */
export function anotherCopy(): typeof Package {
  let copy: typeof Package | undefined;
  jest.isolateModules(() => {
    copy = jest.requireActual<typeof Package>('../../src/index');
    // The modules that the first client loads are to be those of this copy, too.
    new copy.HTTPClient().close();
  });
  if (!copy) throw new Error('no copy was loaded');
  return copy;
}

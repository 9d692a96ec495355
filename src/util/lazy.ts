/**
 * A module that is loaded when it is first used, because loading it takes longer than it should take to start.
 *
 * @param load calls `require` with the name of the module, which bundlers must find there
 */
export function lazy<Module>(load: () => Module): () => Module {
  let module: Module | undefined;
  return () => (module ??= load());
}

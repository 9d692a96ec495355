import { closeServices } from './service';

/** Runs an example. The exit code is 0 only if it came to its end; what it throws is printed, and the code is 1. */
export function example(story: () => Promise<void>): void {
  // What happens to stand in the environment must not decide an example.
  for (const name of Object.keys(process.env)) {
    if (/^((SERVICE_)?AUTH_TOKEN|TOKEN_SERVICE_\w+)$/.test(name)) Reflect.deleteProperty(process.env, name);
  }
  // A promise that never settles ends the process too, without a word.
  process.exitCode = 1;
  void story()
    .then(closeServices)
    .then(() => {
      process.exitCode = 0;
    });
}

import { closeServices } from './service';

/** Runs an example. The exit code is 0 only if it completes. If it throws, the error is printed and the code is 1. */
export function example(story: () => Promise<void>): void {
  // The environment must not influence an example.
  for (const name of Object.keys(process.env)) {
    if (/^((SERVICE_)?AUTH_TOKEN|TOKEN_SERVICE_\w+)$/.test(name)) Reflect.deleteProperty(process.env, name);
  }
  // If a promise never settles, the process exits silently, so the code must not be 0 yet.
  process.exitCode = 1;
  void story()
    .then(closeServices)
    .then(() => {
      process.exitCode = 0;
    });
}

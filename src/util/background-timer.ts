/** A timer that does not keep the process alive. In Jest's `jsdom` environment a timer is a number, which has no `unref`. */
export function backgroundTimer(run: () => void, delay: number): NodeJS.Timeout {
  const timer = setTimeout(run, delay);
  if (typeof (timer as unknown) === 'object') timer.unref();
  return timer;
}

import { createRequire } from 'node:module';
import { monitorEventLoopDelay } from 'node:perf_hooks';

const load = createRequire(new URL('../../dist/index.js', import.meta.url));
const { HTTPClient } = load('./index.js');
const { startInspector } = load('./inspector/index.js');
const [url, seconds] = process.argv.slice(2);
const PER_SECOND = 500;
const client = new HTTPClient({ name: 'users', token: null });
const { url: address } = await startInspector();
process.send(address);

// Calls are spread evenly: as many with each turn as are due.
process.once('message', () => {
  const delay = monitorEventLoopDelay({ resolution: 1 });
  const before = process.cpuUsage();
  delay.enable();
  const begun = performance.now();
  let made = 0;
  const timer = setInterval(() => {
    const passed = (performance.now() - begun) / 1000;
    for (; made < Math.min(passed, seconds) * PER_SECOND; made++) {
      client.get(`${url}/users/${made}?page=1`).catch(() => undefined);
    }
    if (passed < seconds) return;
    clearInterval(timer);
    delay.disable();
    const { user, system } = process.cpuUsage(before);
    process.send({
      calls: made,
      delayP50: delay.percentile(50) / 1e6,
      delayP99: delay.percentile(99) / 1e6,
      delayMax: delay.max / 1e6,
      cpuShare: (user + system) / 1e6 / passed,
    });
  }, 4);
});

import { EventEmitter } from 'node:events';
import { service, type Service } from './service';

/** A service that never answers, and an emitter of `request` and `close` for each request that it gets. */
export async function silentService(): Promise<{ readonly api: Service; readonly events: EventEmitter }> {
  const events = new EventEmitter();
  const api = await service([
    {
      handle: (_, response) => {
        response.once('close', () => events.emit('close'));
        events.emit('request');
      },
    },
  ]);
  return { api, events };
}

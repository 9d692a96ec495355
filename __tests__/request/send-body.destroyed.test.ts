import { Readable } from 'node:stream';
import { HTTPClient } from '../../src/index';
import { WAYS } from '../support/ways';

/** A stream that closes its handle, which fails the second time. */
class Handle extends Readable {
  #closed = 0;

  override _read(): void {
    // Its first chunk does not come.
  }

  override destroy(error?: Error): this {
    if (this.#closed++ > 0) throw new TypeError('the handle is closed');
    return super.destroy(error);
  }
}

test.each(WAYS)(
  'over %s, a body that cannot be destroyed twice does not hide why the call failed',
  async (_, options) => {
    const client = new HTTPClient({ retryAttempts: 0 });

    const call = client.post('http://127.0.0.1:1', { ...options, data: new Handle() });

    await expect(call).rejects.toMatchObject({ code: 'CONNECTION_REFUSED' });
  },
);

test.each(WAYS)(
  'over %s, a body that cannot be destroyed twice does not hide that its length is wrong',
  async (_, options) => {
    const client = new HTTPClient({ retryAttempts: 0 });

    const call = client.post('http://127.0.0.1:1', {
      ...options,
      data: new Handle(),
      headers: { 'Content-Length': 'ten' },
    });

    await expect(call).rejects.toMatchObject({
      code: 'INVALID_BODY',
      message: expect.stringContaining("got 'ten'") as string,
    });
  },
);

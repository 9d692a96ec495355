import type { RequestListener } from 'node:http';
import { Readable } from 'node:stream';
import type { AxiosInstance } from 'axios';
import type { HTTPClient } from '@hdms/http-client';
import { axiosWithRetry } from '../clients';
import { outcomeOf, plural, sourceOf, type Scene } from '../scene';

const CHUNK = Buffer.alloc(64 * 1024, 'report ');
const CHUNKS = 16;
const SIZE = CHUNK.length * CHUNKS;

const createStream = () => Readable.from(Array.from({ length: CHUNKS }, () => CHUNK));
const byAxios = (http: AxiosInstance, url: string) => http.put(url, createStream());
const byUs = (client: HTTPClient, url: string) => client.put(url, { data: createStream });
const byUsWithStream = (client: HTTPClient, url: string) => client.put(url, { data: createStream() });

/** Stores what it receives, after a 503 for the first request. */
class FileService {
  /** Bytes of each request. */
  readonly received: number[] = [];
  stored: number | undefined;

  readonly listener: RequestListener = (request, response) => {
    let size = 0;
    request.on('data', ({ length }: Buffer) => (size += length));
    request.on('end', () => {
      const status = this.received.push(size) === 1 ? 503 : 201;
      if (status === 201) this.stored = size;
      response.writeHead(status).end();
    });
  };
}

export const streamResent: Scene = {
  title: 'A stream is sent again, empty',
  story: `A report of ${plural(SIZE, 'byte')} is uploaded as a stream. The service is restarting: 503 for the first request, 201 for the second.`,
  page: 'docs/bodies.md',
  fair:
    'axios without axios-retry fails with the 503, and nothing is lost. axios-retry repeats a PUT because it is ' +
    'idempotent. A Buffer would arrive whole; a stream is used up by the first attempt.',

  async play(stage) {
    const [axios, ours, careful] = [new FileService(), new FileService(), new FileService()];
    const urls = [await stage.listen(axios.listener), await stage.listen(ours.listener)] as const;
    const carefulURL = await stage.listen(careful.listener);
    stage.row('call', sourceOf(byAxios), sourceOf(byUs), ['cyan', 'cyan']);

    const outcomes = await stage.both(
      outcomeOf(byAxios(axiosWithRetry(), urls[0])),
      outcomeOf(byUs(stage.client(), urls[1])),
      () => `requests received: ${axios.received.length} and ${ours.received.length}`,
    );
    stage.row('bytes of request 1', bytesOf(axios.received[0]), bytesOf(ours.received[0]));
    stage.row('bytes of request 2', bytesOf(axios.received[1]), bytesOf(ours.received[1]));
    stage.row('the caller gets', ...outcomes);
    stage.verdict('bytes stored', bytesOf(axios.stored), bytesOf(ours.stored));

    const refused = await outcomeOf(byUsWithStream(stage.client(), carefulURL));
    stage.row('\nonly a stream, instead of a function', '', `\n${sourceOf(byUsWithStream)}`, ['cyan', 'cyan']);
    stage.row('the caller gets', '', `${refused}, not retried`);

    stage.claim('axios stores an empty file, and reports success', axios.stored === 0 && outcomes[0] === '201');
    stage.claim('this client stores the whole file', ours.stored === SIZE && outcomes[1] === '201');
    stage.claim('this client does not send a used stream again', careful.received.length === 1);
    stage.claim('its caller gets the 503 instead', refused === 'HTTPError 503');
    return {
      about: 'upload, then a 503',
      axios: `${plural(axios.stored ?? 0, 'byte')} stored, "${outcomes[0]}"`,
      ours: `${plural(ours.stored ?? 0, 'byte')} stored`,
    };
  },
};

function bytesOf(size: number | undefined): string {
  return size === undefined ? 'none' : size.toLocaleString('en');
}

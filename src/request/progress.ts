import type { AxiosProgressEvent, AxiosRequestConfig } from 'axios';
import { isPromise } from '../util/promises';
import { warnOnce } from '../util/warn-of';

type Listener = (event: AxiosProgressEvent) => unknown;

/** Replaces the progress functions of a call, which axios calls where nobody catches what they throw: it would end the process. */
export function guardProgress(config: Pick<AxiosRequestConfig, 'onUploadProgress' | 'onDownloadProgress'>): void {
  for (const name of ['onUploadProgress', 'onDownloadProgress'] as const) {
    const listener = config[name];
    if (listener) config[name] = harmless(name, listener);
  }
}

function harmless(name: string, listener: Listener): (event: AxiosProgressEvent) => void {
  const failed = warnOnce('HDMS_PROGRESS', 'ObserverWarning').bind(undefined, `\`${name}\` failed`);
  return (event) => {
    try {
      const result = listener(event);
      if (isPromise(result)) void result.then(undefined, failed);
    } catch (thrown) {
      failed(thrown);
    }
  };
}

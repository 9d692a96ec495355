import type { AxiosRequestConfig } from 'axios';
import { harmless } from '../util/harmless';
import { warnOnce } from '../util/warn-of';

/** Replaces the progress functions of a call, which axios calls where nobody catches what they throw: it would end the process. */
export function guardProgress(config: Pick<AxiosRequestConfig, 'onUploadProgress' | 'onDownloadProgress'>): void {
  for (const name of ['onUploadProgress', 'onDownloadProgress'] as const) {
    const listener = config[name];
    if (!listener) continue;
    const failed = warnOnce('HDMS_PROGRESS', 'ObserverWarning').bind(undefined, `\`${name}\` failed`);
    config[name] = harmless(listener, failed);
  }
}

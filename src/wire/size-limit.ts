import type { InternalAxiosRequestConfig } from 'axios';
import type { WireHead } from '../transports/transport';
import { mayHaveBody } from './wire-response';

/** Bytes that a body may take in memory, after decompression. */
export function limitOf({ maxContentLength = -1 }: Pick<InternalAxiosRequestConfig, 'maxContentLength'>): number {
  return maxContentLength < 0 ? Infinity : maxContentLength;
}

/** Whether the headers announce a body above the limit, so that none of it has to be read. */
export function announcesTooMuch(
  head: Pick<WireHead, 'status' | 'headers'>,
  method: string | undefined,
  limit: number,
): boolean {
  return Number(head.headers['content-length']) > limit && mayHaveBody(head, method);
}

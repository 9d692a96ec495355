import { constants } from 'node:buffer';
import type { InternalAxiosRequestConfig } from 'axios';
import { endsWithHead } from '../response/ends-with-head';
import type { WireHead } from '../transports/transport';

/** Bytes that a body may take in memory, after decompression: at most as many as Node can hold in one piece. */
export function limitOf({ maxContentLength = -1 }: Pick<InternalAxiosRequestConfig, 'maxContentLength'>): number {
  return maxContentLength < 0 ? constants.MAX_LENGTH : Math.min(maxContentLength, constants.MAX_LENGTH);
}

/** Whether the headers announce a body above the limit, so that none of it has to be read. */
export function announcesTooMuch(head: Pick<WireHead, 'status' | 'headers'>, method = 'get', limit: number): boolean {
  return Number(head.headers['content-length']) > limit && !endsWithHead(method.toUpperCase(), head.status);
}

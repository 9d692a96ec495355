/** What a Content-Type says of a body. */
export interface MediaType {
  readonly header: string;
  readonly isJSON: boolean;
  /** As the server wrote it. @default 'utf-8' */
  readonly charset: string;
}

let latest: MediaType = { header: '', isJSON: false, charset: 'utf-8' };

/** Worked out only if it is not that of the response before, which it nearly always is. */
export function mediaTypeOf(header: string): MediaType {
  if (latest.header === header) return latest;
  const charset = /charset="?([^\s";]+)/i.exec(header)?.[1] ?? 'utf-8';
  return (latest = { header, isJSON: /[/+]json\s*(;|$)/i.test(header), charset });
}

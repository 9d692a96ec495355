import type { CallDetail } from '../src/inspector/report';

/** Set by curl itself, or of the connection. */
const OF_CURL: ReadonlySet<string> = new Set([
  'host',
  'content-length',
  'connection',
  'transfer-encoding',
  'accept-encoding',
]);

/** The first request of a call as a command for a POSIX shell. Secrets are variables; a body is a file. */
export function curlOf({ exchanges, method, url }: CallDetail): string {
  const first = exchanges[0];
  const sent = first?.sent ?? [];
  const lines = [`curl -X ${quoted(first?.method ?? method)} ${quoted(first?.url ?? url)}`];
  for (const [name, value] of sent) {
    if (name !== '' && !OF_CURL.has(name.toLowerCase())) lines.push(`-H ${headerOf(name, value)}`);
  }
  if (sent.some(([name]) => /^(?:content-length|transfer-encoding)$/i.test(name))) lines.push('--data-binary @body');
  if (sent.some(([name]) => name.toLowerCase() === 'accept-encoding')) lines.push('--compressed');
  return lines.join(' \\\n  ');
}

function headerOf(name: string, value: string): string {
  if (value !== '***') return quoted(`${name}: ${value}`);
  return name.toLowerCase() === 'authorization'
    ? `"${name}: Bearer $TOKEN"`
    : `"${name}: $${name.toUpperCase().replace(/[^A-Z\d]/g, '_')}"`;
}

/** In single quotes, in which a shell changes nothing. */
function quoted(text: string): string {
  return /^[\w./:=@-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}

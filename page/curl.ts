import type { CallDetail } from '../src/inspector/report';

/** Set by curl itself, or of the connection. */
const OF_CURL: ReadonlySet<string> = new Set(['content-length', 'connection', 'transfer-encoding']);
/** Added by curl unless they are set; the last one with a body. */
const ADDED = ['Accept', 'User-Agent', 'Content-Type'];

/** The first request of a call as a command for a POSIX shell. Secrets are variables; a body is a file. */
export function curlOf({ exchanges, method: called, url: asked }: CallDetail): string {
  const { method = called, url = asked, sent = [] } = exchanges[0] ?? {};
  const names = new Set(sent.map(([name]) => name.toLowerCase()));
  const hasBody = names.has('content-length') || names.has('transfer-encoding');
  const lines = [`curl ${method === 'HEAD' ? '--head' : `-X ${quoted(method)}`} ${quoted(url)}`];
  // It takes brackets for a range of URLs.
  if (/[[\]{}]/.test(url)) lines.push('--globoff');
  for (const [name, value] of sent) {
    if (name !== '' && !isOfCurl(name.toLowerCase(), value, url)) lines.push(`-H ${headerOf(name, value)}`);
  }
  for (const name of ADDED) {
    if (!names.has(name.toLowerCase()) && (hasBody || name !== 'Content-Type')) lines.push(`-H '${name}:'`);
  }
  if (hasBody) lines.push('--data-binary @body');
  if (names.has('accept-encoding')) lines.push('--compressed');
  return lines.join(' \\\n  ');
}

function isOfCurl(name: string, value: string, url: string): boolean {
  return OF_CURL.has(name) || (name === 'host' && URL.canParse(url) && new URL(url).host === value);
}

function headerOf(name: string, value: string): string {
  if (value === '') return quoted(`${name};`);
  if (value !== '***') return quoted(`${name}: ${value}`);
  if (name.toLowerCase() === 'authorization') return `${quoted(`${name}: Bearer `)}"$TOKEN"`;
  const variable = name.toUpperCase().replace(/[^A-Z\d]/g, '_');
  // The name itself is quoted, too: it may have characters that a shell obeys.
  return `${quoted(`${name}: `)}"$${/^\d/.test(variable) ? '_' : ''}${variable}"`;
}

/** In single quotes, in which a shell changes nothing. */
function quoted(text: string): string {
  return /^[\w./:=@-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}

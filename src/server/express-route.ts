/** What Express tells of the route of a request. It lives as long as the application. */
export interface ExpressMatch {
  readonly route?: { readonly path?: unknown } | undefined;
  readonly app?: ExpressApp | undefined;
  readonly originalUrl?: string | undefined;
}

interface ExpressApp {
  readonly parent?: ExpressApp | undefined;
  readonly mountpath?: unknown;
  /** Of Express 4, where `router` throws. */
  readonly _router?: object | undefined;
  readonly router?: object | undefined;
}

/** Which is a function. */
interface Router {
  readonly stack?: readonly Layer[];
}

interface Match {
  readonly path: string;
  readonly params: Readonly<Record<string, unknown>>;
}

interface Layer {
  readonly route?: unknown;
  readonly handle?: Router;
  /** Of Express 4. */
  readonly regexp?: RegExp;
  readonly keys?: readonly { readonly name: string | number }[];
  /** Of Express 5. */
  readonly matchers?: readonly ((path: string) => Match | false)[];
  readonly slash?: boolean;
  /** Not in all versions of Express 5. */
  readonly rawPath?: unknown;
}

/** A router may contain itself. */
const MAX_DEPTH = 20;

/**
 * The route as it was declared, such as `/api/users/:id`, with the paths at which its routers are mounted. `baseUrl` would have the
 * ids of these paths. `undefined` if it cannot be found.
 */
export function expressRoute({ route, app, originalUrl = '' }: ExpressMatch): string | undefined {
  if (route === undefined || app === undefined) return undefined;
  const outer = mountOf(app);
  const concrete = originalUrl.replace(/[?#].*$/s, '').split('/');
  const rest = `/${concrete.slice(1 + outer.split('/').filter(Boolean).length).join('/')}`;
  const inner = find(route, app._router ?? app.router, rest, 0);
  return inner === undefined ? undefined : join(outer, join(inner, textOf(route.path)));
}

/** The paths of an application within others. */
function mountOf({ parent, mountpath }: ExpressApp): string {
  return parent === undefined ? '' : join(mountOf(parent), textOf(mountpath));
}

/** The paths of the routers that lead to `route`. */
function find(route: unknown, router: object | undefined, path: string, depth: number): string | undefined {
  for (const layer of (router as Router | undefined)?.stack ?? []) {
    if (layer.route === route) return '';
    const isRouter = layer.route === undefined && layer.handle?.stack !== undefined;
    const mount = isRouter && depth < MAX_DEPTH ? mountedAt(layer, path) : undefined;
    if (!mount) continue;
    const rest = path.slice(mount.length).replace(/^\/*/, '/');
    const inner = find(route, layer.handle, rest, depth + 1);
    if (inner !== undefined) return mount.pattern === undefined ? undefined : join(mount.pattern, inner);
  }
  return undefined;
}

interface Mount {
  /** `undefined` if it is not known. */
  readonly pattern: string | undefined;
  /** Characters of the path that it matches. */
  readonly length: number;
}

/** A router may be mounted at several paths: only one that matches counts. */
function mountedAt({ matchers, slash, rawPath, regexp, keys = [] }: Layer, path: string): Mount | undefined {
  if (slash === true) return { pattern: '', length: 0 };
  const old = regexp?.exec(path);
  if (regexp && old) return { pattern: patternOf(regexp, keys), length: old[0].length };
  const declared = [rawPath].flat();
  for (const [index, match] of (matchers ?? []).entries()) {
    const found = match(path);
    if (!found) continue;
    const pattern = rawPath === undefined ? patternFromValues(found) : textOf(declared[index]);
    return { pattern, length: found.path.length };
  }
  return undefined;
}

/** From the expression that Express 4 makes of a path; `undefined` if the path was an expression, or more than names. */
function patternOf({ source }: RegExp, keys: Layer['keys'] = []): string | undefined {
  const names = keys.map(({ name }) => name);
  const text = source
    .replace(/^\^/, '')
    .replace(/(?:\\\/)?\??\(\?=\\\/\|\$\)$/, '')
    .replace(/(\\\/)?\(\?:(\\\/)?\(\[\^\\?\/\]\+\?\)\)/g, (_, before = '', within = '') => {
      return `${before || within ? '/' : ''}:${names.shift() ?? '('}`;
    })
    .replace(/\\([/.-])/g, '$1');
  return names.length === 0 && /^[\w/.~:%-]*$/.test(text) ? text : undefined;
}

/** `undefined` if a value is not a whole segment. */
function patternFromValues({ path, params }: Match): string | undefined {
  const left = new Map(Object.entries(params).map(([name, value]) => [value, name]));
  const used = new Set<unknown>();
  const segments = path.split('/').map((segment) => {
    const value = decodeURIComponent(segment);
    const name = left.get(value);
    if (name === undefined) return segment;
    used.add(value);
    return `:${name}`;
  });
  return used.size === left.size ? segments.join('/') : undefined;
}

/** A path as it was declared: text, an expression, or a list of these. */
function textOf(path: unknown): string {
  return [path].flat(Infinity).map(String).join(',');
}

function join(outer: string, inner: string): string {
  const start = outer.replace(/\/+$/, '');
  if (start === '') return inner;
  if (inner === '' || inner === '/') return start;
  return inner.startsWith('/') ? start + inner : `${start}/${inner}`;
}

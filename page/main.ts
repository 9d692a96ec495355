import type { CallReport } from '../src/inspector/report';
import { cards } from './cards';
import { DetailPane } from './detail-pane';
import { find, findInput, h } from './dom';
import { bytes, nameOf } from './format';
import { List } from './list';
import { overview } from './overview';
import { CHIPS, testOfChip, testOfQuery, type Chip } from './query';
import { Store } from './store';
import { toggleTheme, useTheme } from './theme';
import { keepView, readView, view } from './view';

/** Milliseconds between two drawings while nothing but the time has changed. */
const IDLE = 250;

const store = new Store();
const list = new List(find('.rows'), select);
const pane = new DetailPane(store, filter);
const search = findInput('.search input');
let shown: readonly CallReport[] = [];
let drawnVersion = -1;
let isScheduled = false;

start();

function start(): void {
  const wish = readView();
  search.value = view.query;
  useTheme(wish.get('theme') ?? (matchMedia('(prefers-color-scheme: light)').matches ? 'light' : 'dark'));
  document.documentElement.classList.add('ready');
  listen();
  store.follow(schedule);
  setInterval(schedule, IDLE);
  schedule();
}

function listen(): void {
  search.addEventListener('input', () => {
    change({ query: search.value });
  });
  find('.live').addEventListener('click', () => {
    change({ isLive: !view.isLive });
  });
  find('.clear').addEventListener('click', () => {
    store.clear();
    change({ selected: undefined });
  });
  find('.theme').addEventListener('click', toggleTheme);
  find('.switch').addEventListener('click', () => {
    change({ isGrouped: !view.isGrouped });
  });
  addEventListener('keydown', onKey);
}

function onKey(event: KeyboardEvent): void {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target === search) {
    if (event.key === 'Escape') search.blur();
    return;
  }
  if (event.key === '/') {
    event.preventDefault();
    search.focus();
    search.select();
  } else if (event.key === 'j') move(1);
  else if (event.key === 'k') move(-1);
  else if (event.key === 'Escape') change({ selected: undefined });
}

function move(step: number): void {
  const index = shown.findIndex(({ key }) => key === view.selected);
  const next = shown[index < 0 ? 0 : Math.min(shown.length - 1, Math.max(0, index + step))];
  if (!next) return;
  select(next.key);
  list.scrollTo(next.key);
}

function select(key: number): void {
  change({ selected: key });
}

function change(part: Partial<typeof view>): void {
  Object.assign(view, part);
  keepView();
  if (part.selected !== undefined) void pane.load(part.selected);
  draw();
}

/** Draws with the next frame of the screen. */
function schedule(): void {
  if (isScheduled || document.hidden) return;
  isScheduled = true;
  requestAnimationFrame(() => {
    isScheduled = false;
    if (view.isLive || drawnVersion < 0) draw();
    else drawConnection();
  });
}

function draw(): void {
  const now = store.now;
  drawConnection();
  find('.upstreams').replaceChildren(
    ...cards(store.clients, view.client, now, (client) => {
      change({ client });
    }),
  );
  find('.overview').replaceChildren(...overview(store.clients));
  drawList(now);
  pane.draw(now);
  drawnVersion = store.version;
}

function drawConnection(): void {
  const { service, connection } = store;
  const live = find('.live');
  const text =
    connection === 'live' ? (view.isLive ? 'live' : 'paused') : connection === 'lost' ? 'reconnecting' : 'connecting';
  live.classList.toggle('paused', text !== 'live');
  live.setAttribute('aria-pressed', String(view.isLive));
  find('.live span').textContent = text;
  if (!service) return;
  document.title = `${service.name} · calls`;
  find('.brand small').textContent = `${service.name} · pid ${service.pid} · node ${service.node}`;
  find('.kept').textContent =
    `keeps ${service.maxCalls.toLocaleString('en')} calls, at most ${bytes(service.maxBytes)}`;
  find('.version').textContent = `@hdms/http-client ${service.version}`;
}

function drawList(now: number): void {
  const ofClient = store.calls.filter(
    (call) => view.client === undefined || nameOf({ name: call.client, clientId: call.clientId }) === view.client,
  );
  const isWanted = testOfQuery(view.query);
  const found = ofClient.filter((call) => isWanted(call, now));
  drawChips(found, now);
  const isOfChip = testOfChip(view.chip);
  shown = found.filter((call) => isOfChip(call, now));
  list.show(shown, { now, isGrouped: view.isGrouped, selected: store.call(view.selected) });
  find('.shown').textContent = `${shown.length} of ${store.size} calls`;
  const hint = find('.empty');
  hint.hidden = shown.length > 0;
  hint.textContent = store.size === 0 ? emptyText() : 'No call matches the filter.';
}

function emptyText(): string {
  if (store.connection !== 'live') return 'The service cannot be reached. The page connects again by itself.';
  return 'No calls yet. They appear here as soon as the service makes one.';
}

function drawChips(calls: readonly CallReport[], now: number): void {
  const container = find('.choices');
  for (const name of Object.keys(CHIPS) as Chip[]) {
    const count = calls.filter((call) => testOfChip(name)(call, now)).length;
    let chip = container.querySelector<HTMLButtonElement>(`[data-chip="${name}"]`);
    if (!chip) {
      chip = h(
        'button',
        {
          'data-chip': name,
          onclick: () => {
            change({ chip: name });
          },
        },
        CHIPS[name],
        h('b', {}),
      );
      container.append(chip);
    }
    chip.setAttribute('aria-pressed', String(view.chip === name));
    const number = chip.querySelector('b');
    if (number) number.textContent = String(count);
  }
  find('.switch').setAttribute('aria-pressed', String(view.isGrouped));
}

function filter(query: string): void {
  search.value = query;
  change({ query, chip: 'all', client: undefined });
}

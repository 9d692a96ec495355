import type { CallReport, ClientReport } from '../src/inspector/report';
import { Cards } from './cards';
import { drawChips } from './chips';
import { DetailPane } from './detail-pane';
import { find, findInput } from './dom';
import { bytes, nameOf } from './format';
import { List } from './list';
import { overview } from './overview';
import { testOfChip, testOfQuery } from './query';
import { Store } from './store';
import { toggleTheme, useTheme } from './theme';
import { keepSaying } from './toast';
import { visible } from './visible';
import { keepView, readView, view } from './view';

/** Milliseconds between two drawings while nothing but the time has changed. */
const IDLE = 250;
/** Milliseconds between two drawings of what is counted by the second. */
const COUNTS = 500;

/** What is drawn. */
interface Shown {
  readonly calls: readonly CallReport[];
  readonly clients: readonly ClientReport[];
  readonly now: number;
}

const store = new Store();
const list = new List(find('.rows'), select);
const cards = new Cards(find('.upstreams'), (client) => {
  change({ client: view.client === client ? undefined : client });
});
const pane = new DetailPane(draw, filter);
const search = findInput('.search input');
let shown: readonly CallReport[] = [];
/** While the page is paused, it shows what was there then. */
let frozen: Shown | undefined;
let hasDrawn = false;
let countsDrawnAt = -Infinity;
let cardsDrawn = 0;
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
    frozen = view.isLive ? current() : undefined;
    change({ isLive: !view.isLive });
  });
  find('.clear').addEventListener('click', () => {
    store.clear();
    frozen &&= current();
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
  list.moveTo(next.key);
}

function select(key: number): void {
  change({ selected: key });
}

function change(part: Partial<typeof view>): void {
  Object.assign(view, part);
  keepView();
  const call = part.selected === undefined ? undefined : selected();
  if (call) void pane.load(call);
  countsDrawnAt = -Infinity;
  draw();
}

/** Draws with the next frame of the screen. */
function schedule(): void {
  if (isScheduled || document.hidden) return;
  isScheduled = true;
  requestAnimationFrame(() => {
    isScheduled = false;
    if (view.isLive || !hasDrawn) draw();
    else drawConnection();
  });
}

function draw(): void {
  const { calls, clients, now } = frozen ?? current();
  drawConnection();
  if (performance.now() - countsDrawnAt >= COUNTS || clients.length !== cardsDrawn) {
    countsDrawnAt = performance.now();
    cardsDrawn = clients.length;
    cards.draw(clients, view.client, now);
    find('.overview').replaceChildren(...overview(clients));
  }
  drawList(calls, now);
  pane.draw(selected(), now, store.service?.traceURL);
  hasDrawn = true;
}

function current(): Shown {
  const { calls, clients, now } = store;
  return { calls, clients, now };
}

function selected(): CallReport | undefined {
  const { selected: key } = view;
  return frozen ? frozen.calls.find((call) => call.key === key) : store.call(key);
}

function drawConnection(): void {
  const { service, connection, refusal } = store;
  keepSaying(refusal);
  const live = find('.live');
  const text =
    connection === 'live' ? (view.isLive ? 'live' : 'paused') : connection === 'lost' ? 'reconnecting' : 'connecting';
  live.classList.toggle('paused', text !== 'live');
  live.setAttribute('aria-pressed', String(view.isLive));
  find('.live span').textContent = text;
  if (!service) return;
  document.title = `${visible(service.name)} · calls`;
  find('.brand small').textContent = `${visible(service.name)} · pid ${service.pid} · node ${service.node}`;
  find('.kept').textContent =
    `keeps ${service.maxCalls.toLocaleString('en')} calls, at most ${bytes(service.maxBytes)}`;
  find('.version').textContent = `@hdms/http-client ${service.version}`;
}

function drawList(calls: readonly CallReport[], now: number): void {
  const ofClient = calls.filter(
    (call) => view.client === undefined || nameOf({ name: call.client, clientId: call.clientId }) === view.client,
  );
  const isWanted = testOfQuery(view.query);
  const found = ofClient.filter((call) => isWanted(call, now));
  drawChips(found, now, (chip) => {
    change({ chip });
  });
  const isOfChip = testOfChip(view.chip);
  shown = found.filter((call) => isOfChip(call, now));
  list.show(shown, { now, isGrouped: view.isGrouped, selected: selected() });
  find('.shown').textContent = `${shown.length} of ${calls.length} calls`;
  const hint = find('.empty');
  hint.hidden = shown.length > 0;
  hint.textContent = calls.length === 0 ? emptyText() : 'No call matches the filter.';
}

function emptyText(): string {
  if (store.connection !== 'live') return 'The service cannot be reached. The page connects again by itself.';
  return 'No calls yet. They appear here as soon as the service makes one.';
}

function filter(query: string): void {
  search.value = query;
  change({ query, chip: 'all', client: undefined });
}

import type { CallReport } from '../src/inspector/report';
import { h, place, setChildren } from './dom';
import { clock, duration, labelOf, nameOf, pathOf, tookOf, toneOf, toneOfCall } from './format';
import { grouped, headingOf, type Line } from './groups';

/** Milliseconds that the time axis spans. */
export const SPAN = 16_000;
/** As in the style sheet. */
const ROW = 28;
/** Rows above and below those that are visible. */
const MARGIN = 8;

interface Cached {
  readonly call: CallReport;
  readonly item: HTMLLIElement;
  readonly row: HTMLElement;
}

/** Draws the lines that can be seen, and reuses what has not changed. */
export class List {
  #lines: readonly Line[] = [];
  readonly #list = h('ol', { class: 'lines' });
  #cached = new Map<number, Cached>();
  #firstKey: number | undefined;
  #selected: CallReport | undefined;
  #now = 0;

  constructor(
    private readonly container: HTMLElement,
    private readonly select: (key: number) => void,
  ) {
    container.append(this.#list);
    container.addEventListener('scroll', this.#draw.bind(this), { passive: true });
    new ResizeObserver(this.#draw.bind(this)).observe(container);
  }

  show(
    calls: readonly CallReport[],
    options: { now: number; isGrouped: boolean; selected: CallReport | undefined },
  ): void {
    this.#now = options.now;
    this.#selected = options.selected;
    const added = this.#addedAbove(calls);
    this.#lines = options.isGrouped ? grouped(calls) : calls.map((call) => ({ call }));
    this.#firstKey = calls[0]?.key;
    // Who has scrolled down reads: what comes in above must not move it.
    if (!options.isGrouped && added > 0 && this.container.scrollTop > ROW) this.container.scrollTop += added * ROW;
    this.#draw();
  }

  /** Moves to a call that was chosen by a key, with the focus unless that is elsewhere. */
  moveTo(key: number): void {
    const index = this.#indexOf(key);
    if (index < 0) return;
    const { scrollTop, clientHeight } = this.container;
    const top = index * ROW;
    if (top < scrollTop) this.container.scrollTop = top;
    else if (top + ROW > scrollTop + clientHeight) this.container.scrollTop = top + ROW - clientHeight;
    this.#draw();
    const { activeElement } = document;
    if (activeElement === document.body || this.container.contains(activeElement)) {
      this.#cached.get(key)?.row.focus({ preventScroll: true });
    }
  }

  #indexOf(key: number): number {
    return this.#lines.findIndex((line) => 'call' in line && line.call.key === key);
  }

  #addedAbove(calls: readonly CallReport[]): number {
    if (this.#firstKey === undefined) return 0;
    return Math.max(
      0,
      calls.findIndex(({ key }) => key === this.#firstKey),
    );
  }

  #draw(): void {
    const { scrollTop, clientHeight } = this.container;
    const first = Math.max(0, Math.floor(scrollTop / ROW) - MARGIN);
    const last = Math.min(this.#lines.length, Math.ceil((scrollTop + clientHeight) / ROW) + MARGIN);
    const indices = Array.from({ length: Math.max(0, last - first) }, (_, index) => first + index);
    // What has the focus stays, also out of sight: otherwise the next key would begin at the top of the page.
    const focused = this.#list.contains(document.activeElement) ? document.activeElement : null;
    const index = focused ? this.#indexOf(Number(focused.getAttribute('data-key'))) : -1;
    if (index >= 0 && index < first) indices.unshift(index);
    else if (index >= last) indices.push(index);
    const before = this.#cached;
    this.#cached = new Map();
    const height = `${this.#lines.length * ROW}px`;
    if (this.#list.style.height !== height) this.#list.style.height = height;
    setChildren(
      this.#list,
      indices.map((one) => this.#itemOf(one, before)),
    );
    if (focused && index < 0) this.container.focus({ preventScroll: true });
  }

  #itemOf(index: number, before: ReadonlyMap<number, Cached>): HTMLLIElement {
    const line = this.#lines[index];
    const item =
      line && 'call' in line ? this.#itemOfCall(line.call, before) : h('li', {}, headingOf(line?.heading ?? []));
    item.setAttribute('aria-posinset', String(index + 1));
    item.setAttribute('aria-setsize', String(this.#lines.length));
    const top = `${index * ROW}px`;
    if (item.style.top !== top) item.style.top = top;
    return item;
  }

  #itemOfCall(call: CallReport, before: ReadonlyMap<number, Cached>): HTMLLIElement {
    const known = before.get(call.key);
    const row = known?.call === call && call.state !== 'open' ? known.row : this.#newRow(call, known?.row);
    const item = known?.item ?? h('li', {}, row);
    this.#cached.set(call.key, { call, item, row });
    this.#mark(row, call);
    row.querySelector('.lane')?.replaceChildren(...bars(call, this.#now));
    return item;
  }

  #mark(row: HTMLElement, call: CallReport): void {
    const selected = this.#selected;
    const requestId = call.context?.requestId;
    const isSame =
      selected && selected.key !== call.key && requestId !== undefined && requestId === selected.context?.requestId;
    row.classList.toggle('on', selected?.key === call.key);
    row.classList.toggle('same', Boolean(isSame));
    if (selected?.key === call.key) row.setAttribute('aria-current', 'true');
    else row.removeAttribute('aria-current');
  }

  /** @param before keeps the focus */
  #newRow(call: CallReport, before: HTMLElement | undefined): HTMLElement {
    const row =
      before ??
      h('button', {
        class: 'row',
        'data-key': String(call.key),
        onclick: () => {
          this.select(call.key);
        },
      });
    const [path, query] = pathOf(call.url);
    const took = tookOf(call, this.#now);
    row.replaceChildren(
      h('span', { class: 'when' }, clock(call.at, 2)),
      h('span', { class: `status ${toneOfCall(call)}` }, labelOf(call)),
      h('span', { class: 'method' }, call.method),
      h('span', { class: 'path', title: path + query }, path, h('em', {}, query)),
      h('span', { class: 'client' }, nameOf({ name: call.client, clientId: call.clientId })),
      h('span', { class: `took${call.state === 'open' ? ' dim' : took >= 0.5 ? ' warn' : ''}` }, duration(took)),
      h('span', { class: 'lane', 'aria-hidden': 'true' }),
    );
    return row;
  }
}

/** Attempts by outcome, the waits between them as thin lines, on the axis that ends now. */
function bars(call: CallReport, now: number): HTMLElement[] {
  const from = now - SPAN;
  const percent = (at: number): number => (100 * (at - from)) / SPAN;
  const { attempts, state } = call;
  return attempts.flatMap(({ at, took, outcome, wait }, index) => {
    const end = took === undefined ? now : at + took * 1000;
    const next =
      attempts[index + 1]?.at ?? (state === 'open' && wait !== undefined ? Math.min(now, end + wait * 1000) : end);
    if (next < from) return [];
    const bar = place(h('i', { class: `b-${toneOf(outcome)}` }), percent(at), percent(end) - percent(at));
    return next > end ? [place(h('i', { class: 'wait' }), percent(end), percent(next) - percent(end)), bar] : [bar];
  });
}

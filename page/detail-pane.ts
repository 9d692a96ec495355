import type { CallDetail } from '../src/inspector/report';
import { detail } from './detail';
import { find, h } from './dom';
import type { Store } from './store';
import { copy } from './toast';
import { view } from './view';

/** The pane of the chosen call, whose headers come from the service when it is chosen. */
export class DetailPane {
  readonly #pane = find('.detail');
  #loaded: CallDetail | undefined;

  /** @param filter types a filter */
  constructor(
    private readonly store: Store,
    private readonly filter: (query: string) => void,
  ) {}

  async load(key: number): Promise<void> {
    const response = await fetch(`calls/${key}`).catch(() => undefined);
    if (!response?.ok || view.selected !== key) return;
    this.#loaded = (await response.json()) as CallDetail;
    this.draw(this.store.now);
  }

  /** Only if the call has changed, so that a selection of text stays. */
  draw(now: number): void {
    const call = this.store.call(view.selected);
    const { dataset } = this.#pane;
    find('main').classList.toggle('has-detail', view.selected !== undefined);
    if (view.selected === undefined) {
      delete dataset['key'];
      this.#pane.replaceChildren(h('p', { class: 'dim hint' }, 'Choose a call, or move with j and k.'));
    }
    const loaded = this.#loaded;
    if (!call || loaded?.key !== call.key) return;
    const isSame = dataset['key'] === String(call.key);
    if (isSame && dataset['state'] === call.state && call.state !== 'open') return;
    if (loaded.state !== call.state || loaded.attempts.length !== call.attempts.length) void this.load(call.key);
    const scroll = isSame ? this.#pane.scrollTop : 0;
    dataset['key'] = String(call.key);
    dataset['state'] = loaded.state;
    const actions = { copy, filter: this.filter };
    const nodes = detail({ ...loaded, ...call }, now, this.store.service?.traceURL, actions);
    this.#pane.replaceChildren(...nodes.filter((node) => node !== undefined && node !== false));
    this.#pane.scrollTop = scroll;
  }
}

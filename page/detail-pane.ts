import type { CallDetail, CallReport } from '../src/inspector/report';
import { detail } from './detail';
import { find, h, type Child } from './dom';
import { copy } from './toast';
import { view } from './view';

/** The pane of the chosen call, whose headers come from the service when it is chosen. */
export class DetailPane {
  readonly #pane = find('.detail');
  #loaded: CallDetail | undefined;
  #loading: number | undefined;

  /**
   * @param redraw called when the headers are there
   * @param filter types a filter
   */
  constructor(
    private readonly redraw: () => void,
    private readonly filter: (query: string) => void,
  ) {}

  async load(call: CallReport): Promise<void> {
    const { key } = call;
    if (this.#loading === key) return;
    this.#loading = key;
    const response = await fetch(`calls/${key}`).catch(() => undefined);
    // The service may have forgotten it.
    const loaded = response?.ok ? ((await response.json()) as CallDetail) : { ...call, exchanges: [] };
    this.#loading = undefined;
    if (view.selected !== key) return;
    this.#loaded = loaded;
    this.redraw();
  }

  /** Only if the call has changed, and while nobody selects text in it. */
  draw(call: CallReport | undefined, now: number, traceURL: string | undefined): void {
    const { dataset } = this.#pane;
    find('main').classList.toggle('has-detail', view.selected !== undefined);
    if (view.selected === undefined) {
      delete dataset['key'];
      this.#pane.replaceChildren(h('p', { class: 'dim hint' }, 'Choose a call, or move with j and k.'));
    }
    const loaded = this.#loaded;
    if (!call || loaded?.key !== call.key) return;
    const isSame = dataset['key'] === String(call.key);
    if (isSame && ((dataset['state'] === call.state && call.state !== 'open') || this.#isSelectedIn())) return;
    if (loaded.state !== call.state || loaded.attempts.length !== call.attempts.length) void this.load(call);
    dataset['key'] = String(call.key);
    dataset['state'] = loaded.state;
    const nodes = detail({ ...loaded, ...call }, now, traceURL, { copy, filter: this.filter });
    this.#replace(nodes, isSame);
  }

  #isSelectedIn(): boolean {
    const selection = getSelection();
    return selection?.isCollapsed === false && this.#pane.contains(selection.anchorNode);
  }

  #replace(nodes: readonly Child[], isSame: boolean): void {
    const pane = this.#pane;
    const scroll = isSame ? pane.scrollTop : 0;
    const focused = [...pane.querySelectorAll('button, a')].indexOf(document.activeElement ?? pane);
    pane.replaceChildren(...nodes.filter((node) => node !== undefined && node !== false));
    pane.scrollTop = scroll;
    if (isSame) pane.querySelectorAll<HTMLElement>('button, a')[focused]?.focus({ preventScroll: true });
  }
}

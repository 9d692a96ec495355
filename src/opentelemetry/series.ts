import type { Attributes, AttributeValue } from '@opentelemetry/api';
import * as names from './attribute-names';
import { OTHER } from './closed-values';
import { knownMethods } from './http-method';

/** What the metrics of a call or of a request have in common. */
interface Subject {
  readonly client: string | undefined;
  readonly method: string;
  readonly address: string | undefined;
  readonly port: number | undefined;
  readonly template: string | undefined;
}

/** The attributes of all metrics about one kind of call. Each set of them is made once. */
export class Series {
  readonly #others = new Map<readonly string[], Map<string, Attributes>>();

  constructor(readonly attributes: Attributes) {}

  /**
   * The common attributes and others, of which those that are `undefined` are absent.
   *
   * @param added always the same array for the same names
   * @param values from closed lists
   */
  with(added: readonly string[], ...values: (string | number | undefined)[]): Attributes {
    const key = `${values[0]} ${values[1]} ${values[2]}`;
    let others = this.#others.get(added);
    const known = others?.get(key);
    if (known) return known;
    if (!others) this.#others.set(added, (others = new Map<string, Attributes>()));
    const attributes = { ...this.attributes, ...present(added.map((name, index) => [name, values[index]])) };
    others.set(key, attributes);
    return attributes;
  }
}

/** Servers, clients and templates that are remembered at once. */
const MOST = 1000;

export class AllSeries {
  readonly #series = new Map<string, Series>();
  readonly #methods = knownMethods();
  #last: Partial<Subject> = {};
  #lastSeries: Series | undefined;

  /** That of a call is most often asked for after that of its request. */
  of(subject: Subject): Series {
    const { client, method, address, port, template } = subject;
    const last = this.#last;
    const isSame = last.client === client && last.method === method && last.template === template;
    if (isSame && last.address === address && last.port === port && this.#lastSeries) return this.#lastSeries;
    this.#last = subject;
    return (this.#lastSeries = this.#find(subject));
  }

  #find({ client = '', method, address = '', port = 0, template = '' }: Subject): Series {
    const key = `${client}\0${method}\0${address}\0${port}\0${template}`;
    const known = this.#series.get(key);
    if (known) return known;
    // They come back at once if they are still in use.
    if (this.#series.size >= MOST) this.#series.clear();
    const series = new Series(
      present([
        [names.METHOD, this.#methods.has(method) ? method : OTHER],
        [names.SERVER_ADDRESS, address || undefined],
        [names.SERVER_PORT, port || undefined],
        [names.CLIENT_NAME, client || undefined],
        [names.URL_TEMPLATE, template || undefined],
      ]),
    );
    this.#series.set(key, series);
    return series;
  }
}

function present(entries: readonly (readonly [string, AttributeValue | undefined])[]): Attributes {
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
}

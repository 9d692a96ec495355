// What the service counted, for each call.

const UNSAFE = new Set(['POST', 'PATCH']);

export class Records {
  #records = new Map();
  /** How many more requests may arrive for calls that were judged, by index. */
  #allowances = [];
  /** Requests that belong to no call, or to one that was judged and may send no more. */
  strays = [];

  /** Begins a record. @param plan of the call */
  begin(plan) {
    this.#records.set(plan.index, { plan, requests: 0, firstHop: 0, keys: new Set(), complaints: [] });
  }

  get(index) {
    return this.#records.get(index);
  }

  /** Ends a record. @param allowance how many more requests of the call may be on their way */
  end(index, allowance) {
    this.#records.delete(index);
    this.#allowances[index] = allowance;
  }

  /** Counts a request whose head has arrived. */
  count({ method, index, hop, headers, requestLine }) {
    const record = this.#records.get(index);
    if (!record) {
      if (!(this.#allowances[index]-- > 0)) this.strays.push(requestLine.slice(0, 100));
      return { nth: 1, misbehaves: false };
    }
    record.requests++;
    if (hop === '') record.firstHop++;
    if (UNSAFE.has(method)) record.keys.add(headers['idempotency-key']);
    return { nth: record.firstHop, misbehaves: record.firstHop <= record.plan.misbehaves };
  }

  /** Compares the body of a request with the one that its caller gave. */
  received({ index, hop, method }, content) {
    const record = this.#records.get(index);
    if (!record) return;
    const { plan } = record;
    const expected = method === plan.method ? plan.bytes : Buffer.alloc(0);
    if (expected.equals(content)) return;
    this.complain(index, `${method} /${hop} had a body of ${content.length} bytes instead of ${expected.length}`);
  }

  complain(index, text) {
    this.#records.get(index)?.complaints.push(text);
  }
}

import { currentContext, type RequestContext } from '../../src/index';
import { enterContext, inboundContextSettings, type InboundContextOptions } from '../../src/server/enter-context';
import { serve } from '../server/serve';

describe('trust', () => {
  const foreign = {
    'X-Request-Id': 'edge-1',
    traceparent: `00-${'1'.repeat(32)}-${'2'.repeat(16)}-01`,
    tracestate: 'v=1',
    baggage: 'a=1',
    'X-Request-Attempt': '3',
    'X-Request-Timeout-Ms': '50',
  };
  const own = { 'X-Tenant': 'north', Authorization: 'Bearer inbound' };

  async function contextOf(trust: InboundContextOptions['trust']): Promise<RequestContext | undefined> {
    const contexts: RequestContext[] = [];
    const url = await serve((request, response) => {
      enterContext(request, response, inboundContextSettings({ forward: ['X-Tenant'], trust }), () => {
        const context = currentContext();
        if (context) contexts.push(context);
        response.end();
      });
    });
    const answer = await fetch(url, { headers: { ...foreign, ...own } });
    expect(answer.headers.get('x-request-id')).toBe(contexts[0]?.requestId);
    return contexts[0];
  }

  test.each<[string, InboundContextOptions['trust']]>([
    ['false', false],
    ['a function that says no', () => false],
    ['a promise of true', (async () => Promise.resolve(true)) as never],
  ])('%s takes nothing from strangers but what the service asks for', async (_, trust) => {
    const context = await contextOf(trust);

    expect(context?.requestId).toMatch(/^[\da-f-]{36}$/);
    const none = { trace: undefined, tracestate: undefined, baggage: undefined, deadline: undefined };
    expect(context).toMatchObject({ ...none, attempt: 1, authorization: 'Bearer inbound' });
    expect(context?.headers).toEqual({ 'X-Tenant': 'north' });
    expect(context?.signal).toBeInstanceOf(AbortSignal);
  });

  test.each<[string, InboundContextOptions['trust']]>([
    ['the default', undefined],
    ['true', true],
    ['a function that looks at the request', ({ socket }) => socket.remoteAddress === '127.0.0.1'],
  ])('%s takes the context of the caller', async (_, trust) => {
    const context = await contextOf(trust);

    expect(context).toMatchObject({ requestId: 'edge-1', tracestate: 'v=1', baggage: 'a=1', attempt: 3 });
    expect(context?.trace).toBeDefined();
    expect(context?.deadline).toBeDefined();
  });
});

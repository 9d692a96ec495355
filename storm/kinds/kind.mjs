// A kind of misbehaviour is an object:
//
//   name      for --only and the table
//   does      what the service does
//   serve     does it, with an Exchange (or, if `at` is 'accept', with a Connection)
//   at        'accept' for a new connection, 'head' before the request's body is read; the default is after it
//   may       the outcomes that an attempt may have: a status, a code, or `inBody(code)`; a function gets the plan of the call
//   requests  how many requests the service counts per attempt; [least, most] if that varies, or a function that gets
//             the plan. The default is 1
//   always    whether it is no failure: then each request of a call gets it; otherwise a call may recover
//   closes    whether the service closes connections that it has served before, so that the next request may find one stale
//   call      what all of its calls have in common, such as `timeout: 'short'`, `methods` or `maxRedirects`
//   json      the code with which getJson, postJson and putJson fail after such a response
//   body      'own' (the default) if the body is the call's JSON, 'other' if it is something else
//   retryAfter, forbidsRetry, tokenRefused, idleTimeout   what the response says of a retry

/** An outcome after the head: a stream fails with `code`, after its call has succeeded; HEAD does not meet it. */
export const inBody = (code) => ({ code });

/** The ways in which a broken connection shows, before a response. */
export const BROKEN = ['CONNECTION_RESET', 'CONNECTION_CLOSED'];

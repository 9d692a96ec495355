const POST_FORM = 'use `client.post(url, { data: form })`';

/** What users of other clients look for on a client. */
export const ABSENT_FROM_CLIENT: Readonly<Record<string, string>> = {
  // axios
  interceptors: 'use `client.axios.interceptors`',
  defaults: 'pass options to `new HTTPClient(options)`, or use `client.axios.defaults`',
  create: 'use `new HTTPClient(options)`',
  getUri: 'use `client.axios.getUri(config)`',
  postForm: POST_FORM,
  putForm: POST_FORM.replace('post', 'put'),
  patchForm: POST_FORM.replace('post', 'patch'),
  // got, ky, superagent, needle
  extend: 'use `new HTTPClient({ ...options, ...others })`',
  stream: "use `client.get(url, { responseType: 'stream' })`",
  paginate: 'send one request per page',
  del: 'use `client.delete(url)`',
  getJSON: 'use `client.getJson(url)`',
  postJSON: 'use `client.postJson(url, { json })`',
  putJSON: 'use `client.putJson(url, { json })`',
  patchJSON: 'use `client.patchJson(url, { json })`',
  deleteJson: 'use `client.delete(url)`, and `response.json()`',
  // Python
  get_json: 'use `client.getJson(url)`',
  post_json: 'use `client.postJson(url, { json })`',
};

const CREATE = 'use `new HTTPClient(options)`';
const ON_INSTANCE = 'create a client first, with `new HTTPClient(options)`';

/** What users of other clients look for on the class. */
export const ABSENT_FROM_CLASS: Readonly<Record<string, string>> = {
  create: CREATE,
  extend: CREATE,
  instance: CREATE,
  get: ON_INSTANCE,
  post: ON_INSTANCE,
  put: ON_INSTANCE,
  patch: ON_INSTANCE,
  delete: ON_INSTANCE,
  head: ON_INSTANCE,
  options: ON_INSTANCE,
  request: ON_INSTANCE,
  axios: ON_INSTANCE,
  interceptors: ON_INSTANCE,
  defaults: ON_INSTANCE,
};

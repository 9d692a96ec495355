import type { HTTPResponse } from '../response/http-response';
import type { JSONRequestOptions, RequestOptions } from './options/request-options';

/** The methods of a client that send a request: what they do, and how they fail. */
export interface ClientMethods {
  /**
   * Sends a GET.
   *
   * @example
   * ```ts
   * const response = await client.get('/users', { params: { page: 2 }, timeout: 1 });
   * console.log(response.status, response.data);
   * ```
   * @typeParam T type of `data`; it is not checked
   * @param url absolute, or relative to `baseURL`
   * @param options of this call; they take precedence over those of the client
   * @returns the response, once its body is complete; with `responseType: 'stream'`, once its headers have arrived
   * @throws HTTPError for a 4xx or 5xx; Timeout, ConnectionError or another RequestException if the call fails
   * @throws TypeError or RangeError if an argument is wrong
   */
  get<T = unknown>(url: string | URL, options?: RequestOptions): Promise<HTTPResponse<T>>;
  /**
   * Sends a POST with the body in `json` or `data`. It is retried as a GET is: all attempts of the call carry the same
   * `Idempotency-Key`. With `retry: { unsafeMethods: 'when-not-sent' }`, it is retried only if nothing was sent.
   *
   * @example
   * ```ts
   * await client.post('/orders', { json: { item: 7 } });
   * await client.post('/login', { data: { user: 'ada' } }); // a form
   * ```
   * @throws as `get`
   */
  post<T = unknown>(url: string | URL, options?: RequestOptions): Promise<HTTPResponse<T>>;
  /** Sends a PUT with the body in `json` or `data`. @throws as `get` */
  put<T = unknown>(url: string | URL, options?: RequestOptions): Promise<HTTPResponse<T>>;
  /** Sends a PATCH with the body in `json` or `data`. All attempts carry the same `Idempotency-Key`. @throws as `get` */
  patch<T = unknown>(url: string | URL, options?: RequestOptions): Promise<HTTPResponse<T>>;
  /** Sends a DELETE. @throws as `get` */
  delete<T = unknown>(url: string | URL, options?: RequestOptions): Promise<HTTPResponse<T>>;
  /** Sends a HEAD. The response has status and headers, and no body. @throws as `get` */
  head<T = unknown>(url: string | URL, options?: RequestOptions): Promise<HTTPResponse<T>>;
  /** Sends an OPTIONS. @throws as `get` */
  options<T = unknown>(url: string | URL, options?: RequestOptions): Promise<HTTPResponse<T>>;
  /**
   * Sends a GET, and parses the body as JSON, whatever its content type.
   *
   * @example
   * ```ts
   * const user = await client.getJson('/users/{id}', { pathParams: { id: '7' }, schema: z.object({ name: z.string() }) });
   * console.log(user.name);
   * ```
   * @returns the parsed body; with a `schema`, the output of the schema
   * @throws JSONDecodeError if the body is empty or not valid JSON
   * @throws ResponseValidationError if the body does not match `schema`
   * @throws as `get`
   */
  getJson<T = unknown>(url: string | URL, options?: JSONRequestOptions<T>): Promise<T>;
  /**
   * Sends a POST as `post` does, and parses the body of the response as `getJson` does.
   *
   * @example
   * ```ts
   * const order = await client.postJson<Order>('/orders', { json: { item: 7 } });
   * ```
   * @throws as `getJson`
   */
  postJson<T = unknown>(url: string | URL, options?: JSONRequestOptions<T>): Promise<T>;
  /** Sends a PUT, and parses the body of the response as `getJson` does. @throws as `getJson` */
  putJson<T = unknown>(url: string | URL, options?: JSONRequestOptions<T>): Promise<T>;
  /** Sends a PATCH, and parses the body of the response as `getJson` does. @throws as `getJson` */
  patchJson<T = unknown>(url: string | URL, options?: JSONRequestOptions<T>): Promise<T>;
  /**
   * Sends a request with any method, such as `PROPFIND`. All other methods end up here.
   *
   * @param method in any case; it is sent in upper case
   * @throws as `get`
   */
  request<T = unknown>(method: string, url: string | URL, options?: RequestOptions): Promise<HTTPResponse<T>>;
}

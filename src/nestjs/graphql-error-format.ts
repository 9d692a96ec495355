import { Logger } from '@nestjs/common';
import { checkNames, checkOptions } from '../checks/names';
import { currentContext } from '../context/run-in-context';
import { isRequestException } from '../errors/guards';
import { UpstreamGraphQLError, upstreamMessage } from '../server/upstream-message';
import { isError } from '../util/is-error';
import { isPassedThrough, upstreamSettings, type UpstreamOptions } from '../server/upstream-response';
import { logFailure } from './failure-log';

/** An error as a GraphQL server sends it. The types of `graphql` are not used, which may not be installed. */
interface FormattedError {
  readonly message: string;
  readonly extensions?: Record<string, unknown>;
}

/** Changes an error before a GraphQL server sends it: Apollo's `formatError`. */
export type GraphQLErrorFormat = <T extends FormattedError>(formatted: T, error: unknown) => T;

const NAMES = new Set(['passThrough']);

/**
 * Formats the failures of calls as `UpstreamExceptionFilter` does. Nest runs no filters for field resolvers, unless
 * `fieldResolverEnhancers` says so; this covers them. All other errors stay as they are.
 *
 * @throws TypeError if an option is wrong
 */
export function graphqlErrorFormat(options: UpstreamOptions = {}): GraphQLErrorFormat {
  checkOptions(options);
  checkNames('option of graphqlErrorFormat', options, NAMES, false);
  const settings = upstreamSettings(options);
  const logger = new Logger('graphqlErrorFormat');
  return (formatted, error) => {
    const exception = originalOf(error);
    if (!isRequestException(exception)) return formatted;
    const requestId = currentContext()?.requestId;
    const level = isPassedThrough(exception, settings) ? 'debug' : 'error';
    logFailure(logger, level, exception.message, exception, requestId);
    const known = upstreamMessage(exception, settings, requestId);
    const { message, extensions } = new UpstreamGraphQLError(known, exception);
    return { ...formatted, message, extensions };
  };
}

/** What the resolver threw: GraphQL servers wrap it, some more than once. */
function originalOf(error: unknown): unknown {
  let current = error;
  while (isError(current) && 'originalError' in current && current.originalError !== undefined) {
    current = current.originalError;
  }
  return current;
}

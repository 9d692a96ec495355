import { lazy } from './lazy';

/** By far the largest part of what a client loads. Modules that only clients load import it as usual. */
export const axios = lazy(() => require('axios') as typeof import('axios'));

/** Many small files, for services that verify or sign tokens themselves. */
export const jsonwebtoken = lazy(() => require('jsonwebtoken') as typeof import('jsonwebtoken'));

/** For names that are misspelled. */
export const levenshtein = lazy(() => require('fastest-levenshtein') as typeof import('fastest-levenshtein'));

/** Attributes of metrics only, beside those of `attribute-names.ts`. */
export const CONNECTION_STATE = 'http.connection.state';
export const RESEND_KIND = 'hdms.resend.kind';
export const RESEND_REASON = 'hdms.resend.reason';
export const REFUSAL_REASON = 'hdms.refusal.reason';
export const TOKEN_SOURCE = 'hdms.token.source';

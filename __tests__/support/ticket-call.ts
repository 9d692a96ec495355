/** What reports of one call have in common. */
export const TICKET_CALL = {
  key: 1,
  client: 'tickets',
  clientId: 4,
  method: 'GET',
  url: 'http://ticket-service:8000/api/v1/tickets/456',
  at: 0,
} as const;

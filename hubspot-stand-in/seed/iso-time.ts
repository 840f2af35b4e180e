/** A datetime value as HubSpot stores it (hubspot-api.md §5.5). */
export const isoTime = (at: number): string => new Date(at).toISOString();

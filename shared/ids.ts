/**
 * Ids that must never be swapped. A brand costs nothing at run time: it only stops a person's id from being passed
 * where an account's is wanted.
 */
declare const brand: unique symbol;
type Branded<T, Name extends string> = T & { readonly [brand]: Name };

/** One HubSpot account, our tenant: OAuth's `hub_id`. A whole number. */
export type PortalId = Branded<number, "PortalId">;
/** One CRM company, as HubSpot's record id (decimal digits). */
export type AccountId = Branded<string, "AccountId">;
/** One CRM contact, as HubSpot's record id (decimal digits). */
export type PersonId = Branded<string, "PersonId">;

export const asPortalId = (value: number): PortalId => value as PortalId;
export const asAccountId = (value: string): AccountId => value as AccountId;
export const asPersonId = (value: string): PersonId => value as PersonId;

import { getDomain } from "tldts";

/** "https://www.shop.acme.co.uk/x" → "acme.co.uk"; null when there is none. By the Public Suffix List. */
export function registrableDomain(text: string | null | undefined): string | null {
  if (!text) return null;
  return getDomain(text.trim().toLowerCase(), { allowPrivateDomains: true });
}

import { apiVersion } from "../api-version.ts";
import { invalidRequest, notFound } from "../http/api-error.ts";
import type { PortalRoute } from "../http/api-route.ts";
import type { Portal, PortalOwner } from "../portal.ts";

export function accountRoutes(): PortalRoute[] {
  return [
    {
      method: "GET",
      path: `/account-info/${apiVersion}/details`,
      limit: "general",
      scopes: () => [["oauth"]],
      handle: (_request, portal) => ({ status: 200, body: showAccount(portal) }),
    },
    {
      method: "GET",
      path: `/crm/owners/${apiVersion}`,
      limit: "general",
      scopes: () => [["crm.objects.owners.read"]],
      handle({ query }, portal) {
        const limit = Number(query.get("limit") ?? 100);
        if (!Number.isInteger(limit) || limit < 1 || limit > 500)
          throw invalidRequest("The limit must be between 1 and 500.");
        const wanted = ownersLike(portal, query.get("archived") === "true", query.get("email"));
        const start = Number(query.get("after") ?? 0);
        const results = wanted.slice(start, start + limit).map((owner) => showOwner(owner));
        const next = String(start + limit);
        const paging =
          start + limit < wanted.length ? { paging: { next: { after: next, link: `?after=${next}` } } } : {};
        return { status: 200, body: { results, ...paging } };
      },
    },
    {
      method: "GET",
      path: `/crm/owners/${apiVersion}/:ownerId`,
      limit: "general",
      scopes: () => [["crm.objects.owners.read"]],
      handle({ params, query }, portal) {
        const byUser = query.get("idProperty") === "userId";
        const candidates = ownersLike(portal, query.get("archived") === "true", null);
        const owner = candidates.find((one) => (byUser ? String(one.userId) : one.id) === params.ownerId);
        if (!owner) throw notFound();
        return { status: 200, body: showOwner(owner) };
      },
    },
  ];
}

function ownersLike(portal: Portal, archived: boolean, email: string | null): PortalOwner[] {
  return portal.owners.filter((owner) => owner.archived === archived && (email === null || owner.email === email));
}

/** Owners carry no times in a seed: the first moment that JavaScript can name says so. */
const unknownTime = new Date(0).toISOString();

function showOwner(owner: PortalOwner): object {
  const { id, email, firstName, lastName, userId, archived } = owner;
  const person = archived ? { userIdIncludingInactive: userId } : { userId, userIdIncludingInactive: userId };
  return {
    id,
    email,
    type: "PERSON",
    firstName,
    lastName,
    ...person,
    createdAt: unknownTime,
    updatedAt: unknownTime,
    archived,
  };
}

function showAccount({ settings, clock }: Portal): object {
  const offsetMs = offsetOf(settings.timeZone, clock.now());
  return {
    portalId: settings.portalId,
    accountType: settings.accountType ?? "STANDARD",
    timeZone: settings.timeZone,
    companyCurrency: settings.currency,
    additionalCurrencies: [],
    utcOffset: formatOffset(offsetMs),
    utcOffsetMilliseconds: offsetMs,
    uiDomain: "app.hubspot.com",
    dataHostingLocation: "na1",
  };
}

function offsetOf(timeZone: string, at: number): number {
  const parts = new Intl.DateTimeFormat("en-US", { timeZone, timeZoneName: "longOffset" }).formatToParts(at);
  const text = parts.find((part) => part.type === "timeZoneName")?.value ?? "GMT";
  const [, sign, hours, minutes] = /GMT([+-])(\d\d):(\d\d)/.exec(text) ?? [];
  const size = (Number(hours ?? 0) * 60 + Number(minutes ?? 0)) * 60_000;
  return sign === "-" ? -size : size;
}

function formatOffset(offsetMs: number): string {
  const minutes = Math.abs(offsetMs) / 60_000;
  const two = (value: number) => String(value).padStart(2, "0");
  return `${offsetMs < 0 ? "-" : "+"}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

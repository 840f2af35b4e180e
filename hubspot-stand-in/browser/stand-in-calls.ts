import type {
  ExtensionPageData,
  LinkedPageRecord,
  PageRecord,
  PortalPageData,
  RecordPageData,
} from "../record-page/page-data.ts";
import { pagePaths } from "../record-page/page-paths.ts";

export function readPageData<T extends PortalPageData | RecordPageData | ExtensionPageData>(): T {
  const json = document.getElementById("page-data")?.textContent;
  if (!json) throw new Error("The page came without its data.");
  return JSON.parse(json);
}

export const recordLink = (portalId: number, id: string, typeId = "0-2"): string =>
  `${pagePaths.portal}${portalId}/record/${typeId}/${id}`;

const portalPath = (portalId: number) => `${pagePaths.own}portals/${portalId}`;

export const listCompanies = (portalId: number, query: string): Promise<PageRecord[]> =>
  getJson(`${portalPath(portalId)}/companies?query=${encodeURIComponent(query)}`);

export const readRecord = (portalId: number, typeId: string, id: string): Promise<LinkedPageRecord> =>
  getJson(`${portalPath(portalId)}/records/${typeId}/${encodeURIComponent(id)}`);

export interface PlayedEvent {
  readonly summary: string;
  readonly touchedCompanies: readonly string[];
}

export const playEvent = (portalId: number, key: string, companyId: string): Promise<PlayedEvent> =>
  postJson(`${portalPath(portalId)}/events/${encodeURIComponent(key)}`, { companyId });

export interface FetchedAnswer {
  readonly status: number;
  readonly body: string;
}

export const fetchAsHubSpot = (portalId: number, call: object): Promise<FetchedAnswer> =>
  postJson(`${portalPath(portalId)}/hubspot-fetch`, call);

const getJson = async <T>(path: string): Promise<T> => readAnswer(await fetch(path));

const postJson = async <T>(path: string, body: object): Promise<T> =>
  readAnswer(
    await fetch(path, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    }),
  );

async function readAnswer<T>(response: Response): Promise<T> {
  const body = await response.json();
  if (!response.ok) throw new Error(body.message ?? `The stand-in answered ${response.status}.`);
  return body;
}

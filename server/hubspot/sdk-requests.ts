import { BatchApiRequestFactory as AssociationBatch } from "@hubspot/api-client/lib/codegen/crm/associations/v4/apis/BatchApi.js";
import { createConfiguration as associationsAt } from "@hubspot/api-client/lib/codegen/crm/associations/v4/configuration.js";
import { ServerConfiguration as AssociationsServer } from "@hubspot/api-client/lib/codegen/crm/associations/v4/servers.js";
import { BasicApiRequestFactory as Objects } from "@hubspot/api-client/lib/codegen/crm/objects/apis/BasicApi.js";
import { BatchApiRequestFactory as ObjectBatch } from "@hubspot/api-client/lib/codegen/crm/objects/apis/BatchApi.js";
import { SearchApiRequestFactory as Search } from "@hubspot/api-client/lib/codegen/crm/objects/apis/SearchApi.js";
import { createConfiguration as objectsAt } from "@hubspot/api-client/lib/codegen/crm/objects/configuration.js";
import { ServerConfiguration as ObjectsServer } from "@hubspot/api-client/lib/codegen/crm/objects/servers.js";
import { BatchApiRequestFactory as PropertyBatch } from "@hubspot/api-client/lib/codegen/crm/properties/apis/BatchApi.js";
import { CoreApiRequestFactory as Properties } from "@hubspot/api-client/lib/codegen/crm/properties/apis/CoreApi.js";
import { GroupsApiRequestFactory as Groups } from "@hubspot/api-client/lib/codegen/crm/properties/apis/GroupsApi.js";
import { createConfiguration as propertiesAt } from "@hubspot/api-client/lib/codegen/crm/properties/configuration.js";
import { ServerConfiguration as PropertiesServer } from "@hubspot/api-client/lib/codegen/crm/properties/servers.js";
import { TokensApiRequestFactory as Tokens } from "@hubspot/api-client/lib/codegen/oauth/apis/TokensApi.js";
import { createConfiguration as tokensAt } from "@hubspot/api-client/lib/codegen/oauth/configuration.js";
import { ServerConfiguration as TokensServer } from "@hubspot/api-client/lib/codegen/oauth/servers.js";
import { type ApiVersions, datedUrl } from "./dated-url.ts";
import type { ApiRequest } from "./send-request.ts";

/** What the SDK's generated code makes of a call: each API family has its own class of this shape. */
interface SdkRequest {
  getUrl(): string;
  getHttpMethod(): string;
  getHeaders(): Record<string, string>;
  getBody(): unknown;
}

/** The part of the SDK that we use: it writes requests. Sending and reading are ours (docs/decisions/0006). */
export type SdkRequests = ReturnType<typeof createSdkRequests>;

/** Knows no token, so that one set serves all portals. */
export function createSdkRequests(apiUrl: string) {
  const objects = objectsAt({ baseServer: new ObjectsServer(apiUrl, {}) });
  const associations = associationsAt({ baseServer: new AssociationsServer(apiUrl, {}) });
  const properties = propertiesAt({ baseServer: new PropertiesServer(apiUrl, {}) });
  return {
    objects: new Objects(objects),
    objectBatch: new ObjectBatch(objects),
    search: new Search(objects),
    associationBatch: new AssociationBatch(associations),
    properties: new Properties(properties),
    propertyBatch: new PropertyBatch(properties),
    groups: new Groups(properties),
    tokens: new Tokens(tokensAt({ baseServer: new TokensServer(apiUrl, {}) })),
  };
}

export function toApiRequest(request: SdkRequest, versions: ApiVersions): ApiRequest {
  return {
    url: datedUrl(request.getUrl(), versions),
    method: request.getHttpMethod(),
    headers: request.getHeaders(),
    body: bodyText(request.getBody()),
  };
}

function bodyText(body: unknown): string | undefined {
  if (body === undefined || typeof body === "string") return body;
  if (body instanceof URLSearchParams) return body.toString();
  throw new TypeError("The SDK made a body that is neither JSON nor a form.");
}

/** The SDK types choices as enums of its own; this finds the member for a plain word. */
export function sdkChoice<T extends string>(members: Readonly<Record<string, T>>, word: `${T}`): T {
  const member = Object.values(members).find((candidate) => candidate === word);
  if (member === undefined) throw new RangeError(`The SDK has no choice ${word}.`);
  return member;
}

import type { Gateway } from "./gateway.ts";
import { toApiRequest } from "./sdk-requests.ts";
import type { ApiRequest } from "./send-request.ts";

interface BatchRead {
  readonly objectType: string;
  readonly ids: readonly string[];
  readonly properties: readonly string[];
  readonly archived?: boolean | undefined;
}

export async function batchReadRequest(gateway: Gateway, read: BatchRead): Promise<ApiRequest> {
  const input = {
    inputs: read.ids.map((id) => ({ id })),
    properties: [...new Set(read.properties)],
    propertiesWithHistory: [],
  };
  return toApiRequest(await gateway.sdk.objectBatch.read(read.objectType, input, read.archived), gateway.versions);
}

import type { PortalStatusView } from "@touchstone/shared/card-api.ts";
import type { PortalId } from "@touchstone/shared/ids.ts";

/** How far the portal is: another feature's knowledge. */
export type ReadStatus = (portalId: PortalId) => Promise<PortalStatusView>;

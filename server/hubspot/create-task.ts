import { AssociationSpecAssociationCategoryEnum as Category } from "@hubspot/api-client/lib/codegen/crm/objects/models/AssociationSpec.js";
import type { PortalId } from "@touchstone/shared/ids.ts";
import { record } from "./answers.ts";
import { callHubSpot } from "./call-hubspot.ts";
import type { Gateway } from "./gateway.ts";
import type { Priority } from "./hubspot-options.ts";
import { sdkChoice, toApiRequest } from "./sdk-requests.ts";

export interface TaskOrder {
  readonly subject: string;
  readonly body: string;
  readonly dueAt: number;
  readonly type: "CALL" | "EMAIL" | "TODO";
  /** Id of an owner, not of a user; null: nobody's. */
  readonly ownerId: string | null;
  readonly companyId: string;
  readonly contactIds: readonly string[];
  readonly priority: Priority;
}

/** hubspot-api.md §6.2. */
const taskToCompany = 192;
const taskToContact = 204;

/**
 * Makes one task and returns its id. HubSpot keeps no key that would make this repeatable: it is sent once, and when the
 * answer is lost it throws `HubSpotUnavailable` with outcome "unknown" (hubspot-api.md §6.4).
 */
export async function createTask(gateway: Gateway, portalId: PortalId, order: TaskOrder): Promise<string> {
  const input = {
    properties: {
      hs_timestamp: new Date(order.dueAt).toISOString(),
      hs_task_subject: order.subject,
      hs_task_body: order.body,
      hs_task_status: "NOT_STARTED",
      hs_task_priority: "HIGH",
      hs_task_type: order.type,
      ...(order.ownerId === null ? {} : { hubspot_owner_id: order.ownerId }),
    },
    associations: [
      toAssociation(order.companyId, taskToCompany),
      ...order.contactIds.map((id) => toAssociation(id, taskToContact)),
    ],
  };
  const request = toApiRequest(await gateway.sdk.objects.create("tasks", input), gateway.versions);
  const portal = { id: portalId, priority: order.priority };
  const { id } = await callHubSpot(gateway, { request, answer: record, portal, repeatable: false });
  return id;
}

const toAssociation = (id: string, associationTypeId: number) => ({
  to: { id },
  types: [{ associationCategory: sdkChoice(Category, "HUBSPOT_DEFINED"), associationTypeId }],
});

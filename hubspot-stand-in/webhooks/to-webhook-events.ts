import type { AppDefinition, Subscription } from "../app-definition.ts";
import type { AssociationChange, Change } from "../crm-data/change.ts";
import { factsOf, findClassicType, findSubscribedType, type ObjectTypeFacts } from "../object-types.ts";
import type { ObjectType } from "../seed-data.ts";
import type { Switches } from "../switches.ts";
import type { WebhookEvent } from "./webhook-event.ts";

type Details = Partial<WebhookEvent>;

/** The events that the app's subscriptions get for a change; none when nobody subscribed to it. */
export function toWebhookEvents(
  app: AppDefinition,
  portalId: number,
  change: Change,
  switches: Switches,
  nextEventId: () => number,
): WebhookEvent[] {
  const isEcho = change.actor.changeSource === "INTEGRATION" && change.actor.sourceId === String(app.appId);
  if (isEcho && !switches.ownWriteEcho) return [];
  const events: WebhookEvent[] = [];
  for (const [index, subscription] of app.webhooks.subscriptions.entries()) {
    const style = matchStyle(subscription, change, switches);
    if (!style) continue;
    events.push({
      eventId: switches.uniqueEventIds ? nextEventId() : 100,
      subscriptionId: 1_000 + index,
      portalId,
      appId: app.appId,
      occurredAt: change.at,
      subscriptionType: subscription.subscriptionType,
      attemptNumber: 0,
      changeSource: change.actor.changeSource,
      sourceId: change.actor.sourceId,
      ...describe(change, style, switches),
    });
  }
  return events;
}

/** Generic subscriptions are called `object.…` and carry type ids. */
type Style = "classic" | "generic";

function matchStyle(subscription: Subscription, change: Change, switches: Switches): Style | null {
  const [subject = "", kind] = subscription.subscriptionType.split(".");
  if (kind !== change.kind) return null;
  if (change.kind === "propertyChange" && subscription.propertyName !== change.name) return null;
  const types = typesHeard(change, switches);
  if (subject === "object") {
    const wanted = findSubscribedType(subscription.objectType ?? "")?.name;
    return wanted && types.includes(wanted) ? "generic" : null;
  }
  const wanted = findClassicType(subject)?.name;
  return wanted && types.includes(wanted) ? "classic" : null;
}

function typesHeard(change: Change, switches: Switches): ObjectType[] {
  if (change.kind !== "associationChange") return [change.type];
  return switches.associationEventsTo === "ownSide" ? [change.from.type] : [change.from.type, change.to.type];
}

function describe(change: Change, style: Style, switches: Switches): Details {
  if (change.kind === "associationChange") return describeLink(change, style, switches);
  const typeId = style === "generic" ? { objectTypeId: factsOf(change.type).id } : {};
  if (change.kind === "merge") {
    return {
      ...typeId,
      objectId: Number(change.newId),
      primaryObjectId: Number(change.primaryId),
      mergedObjectIds: change.mergedIds.map(Number),
      newObjectId: Number(change.newId),
      numberOfPropertiesMoved: change.propertiesMoved,
    };
  }
  const base = { ...typeId, objectId: Number(change.id) };
  switch (change.kind) {
    case "propertyChange":
      return { ...base, propertyName: change.name, propertyValue: change.value, isSensitive: false };
    case "creation":
      return { ...base, changeFlag: switches.createdChangeFlag };
    case "deletion":
      return { ...base, changeFlag: "DELETED" };
    default:
      return base;
  }
}

function describeLink({ from, to, removed, primary }: AssociationChange, style: Style, switches: Switches): Details {
  const [fromFacts, toFacts] = [factsOf(from.type), factsOf(to.type)];
  return {
    associationType: `${wordOf(fromFacts, switches)}_TO_${wordOf(toFacts, switches)}`.toUpperCase(),
    fromObjectId: Number(from.id),
    toObjectId: Number(to.id),
    associationRemoved: removed,
    isPrimaryAssociation: primary,
    ...(switches.associationEventsObjectId === "present" && { objectId: Number(from.id) }),
    ...(style === "generic" && { fromObjectTypeId: fromFacts.id, toObjectTypeId: toFacts.id }),
  };
}

const wordOf = ({ name, singular }: ObjectTypeFacts, switches: Switches): string =>
  name === "meetings" ? switches.meetingInAssociationType : singular;

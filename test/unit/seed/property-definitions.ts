import {
  callProperties,
  communicationProperties,
  emailProperties,
  meetingProperties,
  noteProperties,
  taskProperties,
} from "../../../hubspot-stand-in/standard-properties/activity-properties.ts";
import { companyProperties } from "../../../hubspot-stand-in/standard-properties/company-properties.ts";
import { contactProperties } from "../../../hubspot-stand-in/standard-properties/contact-properties.ts";
import { dealProperties } from "../../../hubspot-stand-in/standard-properties/deal-properties.ts";
import type { PropertyDefinition } from "../../../hubspot-stand-in/standard-properties/define-properties.ts";

const byName = (definitions: readonly PropertyDefinition[]) =>
  new Map(definitions.map((definition) => [definition.name, definition]));

export const propertiesByType = {
  companies: byName(companyProperties),
  contacts: byName(contactProperties),
  deals: byName(dealProperties),
  meetings: byName(meetingProperties),
  calls: byName(callProperties),
  emails: byName(emailProperties),
  communications: byName(communicationProperties),
  notes: byName(noteProperties),
  tasks: byName(taskProperties),
};

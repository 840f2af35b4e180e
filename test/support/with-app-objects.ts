import { appObjectFiles } from "../../hubspot-project/app-object-files.ts";
import type { AppDefinition } from "../../hubspot-stand-in/app-definition.ts";
import { toAppObject } from "../../hubspot-stand-in/app-objects.ts";
import { appObjectScopes } from "../../shared/app-objects.ts";

/** The app as an upload with the app objects would define it; the stand-in's switch says whether HubSpot granted their names. */
export function withAppObjects(app: AppDefinition): AppDefinition {
  const objects = appObjectFiles().filter(({ content }) => content.type === "app-object");
  return {
    ...app,
    optionalScopes: [...app.optionalScopes, ...appObjectScopes(app.appId)],
    appObjects: objects.map(({ content }) => toAppObject(content.config, app.appId)),
  };
}

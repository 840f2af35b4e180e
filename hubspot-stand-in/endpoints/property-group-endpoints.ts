import type { PropertyGroup } from "../crm-data/property-store.ts";
import { conflict, invalidRequest, notFound } from "../http/api-error.ts";
import type { PortalRoute } from "../http/api-route.ts";
import { parseObject, parseText } from "../http/read-body.ts";
import { propertyRoute } from "./property-endpoints.ts";

export function propertyGroupRoutes(): PortalRoute[] {
  return [
    propertyRoute("GET", "/groups", "read", (_request, portal, facts) => {
      return { status: 200, body: { results: [...portal.properties.groups(facts.name).values()].map(showGroup) } };
    }),
    propertyRoute("GET", "/groups/:group", "read", ({ params }, portal, facts) => {
      return { status: 200, body: showGroup(requireGroup(portal.properties.groups(facts.name), params.group)) };
    }),
    propertyRoute("POST", "/groups", "write", ({ rawBody }, portal, facts) => {
      const body = parseObject(rawBody);
      const [name, label] = [parseText(body, "name"), parseText(body, "label")];
      const groups = portal.properties.groups(facts.name);
      if (groups.has(name)) throw conflict(`A group named '${name}' already exists.`, "OBJECT_ALREADY_EXISTS");
      const displayOrder = typeof body.displayOrder === "number" ? body.displayOrder : -1;
      groups.set(name, { name, label, displayOrder });
      return { status: 201, body: showGroup({ name, label, displayOrder }) };
    }),
    propertyRoute("PATCH", "/groups/:group", "write", ({ params, rawBody }, portal, facts) => {
      const groups = portal.properties.groups(facts.name);
      const known = requireGroup(groups, params.group);
      const patched = { ...known, label: parseText(parseObject(rawBody), "label") };
      groups.set(known.name, patched);
      return { status: 200, body: showGroup(patched) };
    }),
    propertyRoute("DELETE", "/groups/:group", "write", ({ params }, portal, facts) => {
      const groups = portal.properties.groups(facts.name);
      const { name } = requireGroup(groups, params.group);
      if (portal.properties.list(facts.name, false).some((definition) => definition.groupName === name)) {
        throw invalidRequest(`Group ${name} still has properties.`);
      }
      groups.delete(name);
      return { status: 204 };
    }),
  ];
}

function requireGroup(groups: ReadonlyMap<string, PropertyGroup>, name = ""): PropertyGroup {
  const group = groups.get(name);
  if (!group) throw notFound(`Property group ${name} does not exist`);
  return group;
}

function showGroup(group: PropertyGroup): object {
  return { ...group, archived: false };
}

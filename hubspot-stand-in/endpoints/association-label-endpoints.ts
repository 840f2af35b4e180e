import { apiVersion } from "../api-version.ts";
import { mostOwnLabels } from "../crm-data/association-labels.ts";
import { invalidRequest, notFound } from "../http/api-error.ts";
import type { PortalRoute } from "../http/api-route.ts";
import { parseObject, parseText } from "../http/read-body.ts";
import { pairScopes, requireObjectType } from "./object-scopes.ts";

const base = `/crm/associations/${apiVersion}/:from/:to/labels`;

function readPair(params: Readonly<Record<string, string>>) {
  return [requireObjectType(params, "from").name, requireObjectType(params, "to").name] as const;
}

export function associationLabelRoutes(): PortalRoute[] {
  const shared = (access: "read" | "write") =>
    ({
      limit: "associations",
      scopes: (params: Readonly<Record<string, string>>) => pairScopes(params, access),
    }) as const;
  return [
    {
      ...shared("read"),
      method: "GET",
      path: base,
      handle: ({ params }, portal) => ({ status: 200, body: { results: portal.labels.list(...readPair(params)) } }),
    },
    {
      ...shared("write"),
      method: "POST",
      path: base,
      handle({ params, rawBody }, portal) {
        const body = parseObject(rawBody);
        const label = parseText(body, "label");
        parseText(body, "name");
        const inverse = body.inverseLabel === undefined ? label : parseText(body, "inverseLabel");
        const results = portal.labels.create(...readPair(params), label, inverse);
        if (!results) throw invalidRequest(`There are ${mostOwnLabels} labels between these objects already.`);
        return { status: 200, body: { results } };
      },
    },
    {
      ...shared("write"),
      method: "PUT",
      path: base,
      handle({ params, rawBody }, portal) {
        const body = parseObject(rawBody);
        const renamed = portal.labels.rename(
          ...readPair(params),
          Number(body.associationTypeId),
          parseText(body, "label"),
        );
        if (!renamed) throw notFound();
        return { status: 204 };
      },
    },
    {
      ...shared("write"),
      method: "DELETE",
      path: `${base}/:typeId`,
      handle({ params }, portal) {
        if (!portal.labels.remove(...readPair(params), Number(params.typeId))) throw notFound();
        return { status: 204 };
      },
    },
  ];
}

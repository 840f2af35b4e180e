import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv, type ValidateFunction } from "ajv";
import { z } from "zod";

/**
 * HubSpot's OpenAPI collection, read from a checkout outside of this repository: its licence forbids copies
 * (hubspot-api.md §7).
 */
const files = [
  "CRM/Objects/Rollouts/424/2026-09/objects.json",
  "CRM/Associations/Rollouts/130902/2026-09/associations.json",
  "CRM/Properties/Rollouts/145899/2026-09/properties.json",
  "CRM/App Uninstalls/Rollouts/209039/2026-09/appUninstalls.json",
  "Account/Account Info/Rollouts/144923/2026-09/accountInfo.json",
  "Auth/Oauth/Rollouts/279897/2026-09/oauth.json",
];

/** Bodies for which the specification demands more than HubSpot does (§7, "over-strict required"). */
const looser: Readonly<Record<string, readonly string[]>> = { PublicObjectSearchRequest: [] };

const parameter = z.object({ name: z.string(), in: z.string(), required: z.boolean().optional() });
const operation = z.object({
  parameters: z.array(parameter).optional(),
  requestBody: z
    .object({ content: z.record(z.string(), z.object({ schema: z.record(z.string(), z.unknown()) })) })
    .optional(),
});
const document = z.object({
  paths: z.record(z.string(), z.record(z.string(), operation)),
  components: z.object({ schemas: z.record(z.string(), z.record(z.string(), z.unknown())) }),
});

export interface SpecOperation {
  readonly method: string;
  readonly path: RegExp;
  readonly parameters: readonly z.infer<typeof parameter>[];
  /** By content type. */
  readonly bodies: ReadonlyMap<string, ValidateFunction>;
}

export function loadSpec(folder: string): readonly SpecOperation[] {
  return files.flatMap((file) => {
    const spec = document.parse(JSON.parse(readFileSync(join(folder, file), "utf8")));
    const ajv = new Ajv({ strict: false, validateFormats: false, allErrors: true });
    const components = { schemas: Object.fromEntries(Object.entries(spec.components.schemas).map(closeSchema)) };
    return Object.entries(spec.paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, { parameters = [], requestBody }]) => ({
        method: method.toUpperCase(),
        path: new RegExp(`^${path.replace(/\{[^}]+\}/g, "[^/]+")}$`),
        parameters,
        bodies: new Map(
          Object.entries(requestBody?.content ?? {}).map(([type, { schema }]) => [
            type,
            ajv.compile({ allOf: [closed(schema)], components }),
          ]),
        ),
      })),
    );
  });
}

function closeSchema([name, schema]: [string, Record<string, unknown>]): [string, object] {
  const required = looser[name];
  return [name, closed(required ? { ...schema, required: required.length > 0 ? required : undefined } : schema)];
}

/** A field that is not in the specification is a mistake of ours, so objects allow no others. */
function closed(schema: Record<string, unknown>): Record<string, unknown> {
  const { example: _null, required, ...rest } = schema;
  return {
    ...rest,
    ...(required ? { required } : {}),
    ...("properties" in rest && !("additionalProperties" in rest) ? { additionalProperties: false } : {}),
  };
}

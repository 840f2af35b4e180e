import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { appFromProject } from "../../../hubspot-stand-in/app-from-project.ts";

const credentials = { appId: 1, clientId: "c", clientSecret: "s" };
/** Where a profile variable goes. */
const hole = (name: string) => `\${${name}}`;
let project: string;

async function write(name: string, content: object): Promise<void> {
  const file = path.join(project, name);
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, JSON.stringify(content));
}

async function subscribeTo(objectType: string): Promise<void> {
  const crmObjects = [
    { subscriptionType: "object.creation", objectType, active: true },
    { subscriptionType: "object.propertyChange", objectType, propertyName: "name", active: false },
  ];
  const legacyCrmObjects = [{ subscriptionType: "contact.propertyChange", propertyName: "email", active: true }];
  const hubEvents = [{ subscriptionType: "contact.privacyDeletion", active: true }];
  const settings = { targetUrl: `${hole("origin")}/webhooks`, maxConcurrentRequests: hole("parallel") };
  await write("src/app/webhooks/w-hsmeta.json", {
    uid: "w",
    type: "webhooks",
    config: { settings, subscriptions: { crmObjects, legacyCrmObjects, hubEvents } },
  });
}

beforeEach(async () => {
  project = await mkdtemp(path.join(tmpdir(), "stand-in-project-"));
  await write("hsproject.json", { name: "p", srcDir: "src", platformVersion: "2026.09" });
  const auth = {
    type: "oauth",
    redirectUrls: [`${hole("origin")}/callback`],
    requiredScopes: ["oauth", "crm.objects.companies.read", "crm.objects.contacts.read"],
    optionalScopes: ["timeline", "sales-email-read"],
  };
  await write("src/app/app-hsmeta.json", {
    uid: "a",
    type: "app",
    config: { name: "App", auth, permittedUrls: { fetch: [hole("origin")] } },
  });
  await subscribeTo("company");
  const card = {
    name: "Score",
    location: "crm.record.tab",
    entrypoint: "/app/cards/x.tsx",
    objectTypes: ["companies"],
  };
  await write("src/app/cards/x-hsmeta.json", { uid: "x", type: "card", config: card });
  const field = { typeDefinition: { name: "kind", type: "string", fieldType: "text" }, isRequired: true };
  const actionUrl = `${hole("origin")}/workflow/x`;
  for (const [uid, isPublished] of Object.entries({ y: true, z: false })) {
    const config = { actionUrl, isPublished, inputFields: [field], objectTypes: ["COMPANY"] };
    await write(`src/app/workflow-actions/${uid}-hsmeta.json`, { uid, type: "workflow-action", config });
  }
});

afterEach(() => rm(project, { recursive: true }));

describe("The app read from a project", () => {
  it("has its addresses, scopes, active subscriptions of all three kinds, cards and published workflow actions", async () => {
    const app = await appFromProject(project, { origin: "https://app.example.com", parallel: 8 }, credentials);
    expect(app).toEqual({
      ...credentials,
      name: "App",
      redirectUrls: ["https://app.example.com/callback"],
      requiredScopes: ["oauth", "crm.objects.companies.read", "crm.objects.contacts.read"],
      optionalScopes: ["timeline", "sales-email-read"],
      permittedUrls: ["https://app.example.com"],
      webhooks: {
        targetUrl: "https://app.example.com/webhooks",
        maxConcurrentRequests: 8,
        subscriptions: [
          { subscriptionType: "object.creation", objectType: "company" },
          { subscriptionType: "contact.propertyChange", propertyName: "email" },
          { subscriptionType: "contact.privacyDeletion" },
        ],
      },
      cards: [
        {
          uid: "x",
          name: "Score",
          location: "crm.record.tab",
          entrypoint: "/app/cards/x.tsx",
          objectTypes: ["companies"],
        },
      ],
      workflowActions: [
        {
          uid: "y",
          actionUrl: "https://app.example.com/workflow/x",
          objectTypes: ["COMPANY"],
          requiredFields: ["kind"],
        },
      ],
    });
  });

  it.each([
    ["meeting", /no webhooks for objects of type "meeting"/],
    ["companies", /no webhooks for objects of type "companies"/],
    ["deal", /has to require crm\.objects\.deals\.read to hear of deal/],
    ["email", /has to require sales-email-read to hear of email/],
  ])("is refused when it subscribes to %s", async (objectType, reason) => {
    await subscribeTo(objectType);
    await expect(
      appFromProject(project, { origin: "https://a.example.com", parallel: 8 }, credentials),
    ).rejects.toThrow(reason);
  });

  it("is refused when a profile variable is missing", async () => {
    await expect(appFromProject(project, { parallel: 8 }, credentials)).rejects.toThrow(
      "needs the profile variable origin",
    );
  });
});

import { spawnSync } from "node:child_process";
import { cp, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { validateUpload } from "../../hubspot-project/validate-upload.ts";
import { webhookObjectTypes } from "../../hubspot-project/webhook-object-types.ts";
import { findSubscribedType } from "../../hubspot-stand-in/object-types.ts";
import { optionalScopes, requiredScopes } from "../../server/install/app-scopes.ts";
import { isHeard, mirrorTypes, propertiesOf } from "../../server/intake/record-properties.ts";
import { companyPropertiesOf } from "../../server/scoring/company-properties-of.ts";
import { loadTemplate, templateKeys } from "../../server/scoring/load-template.ts";
import { outputProperties } from "../../shared/output-properties.ts";

const root = path.resolve(import.meta.dirname, "../..");
const source = path.join(root, "hubspot-project", "src", "app");
const readJson = async (...parts: string[]) => JSON.parse(await readFile(path.join(...parts), "utf8"));

const read = {
  app: () => readJson(source, "app-hsmeta.json"),
  webhooks: () => readJson(source, "webhooks", "webhooks-hsmeta.json"),
  cards: (file: string) => readJson(source, "cards", file),
};

interface Subscription {
  readonly subscriptionType: string;
  readonly objectType: string;
  readonly propertyName?: string;
}

/** A copy of the project that a test may spoil; it finds its packages through a link to ours. */
let copy = "";
beforeAll(async () => {
  copy = await mkdtemp(path.join(tmpdir(), "touchstone-project-"));
  const filter = (from: string) => !["node_modules", "build"].includes(path.basename(from));
  await cp(path.join(root, "hubspot-project"), path.join(copy, "hubspot-project"), { recursive: true, filter });
  await cp(path.join(root, "shared"), path.join(copy, "shared"), { recursive: true, filter });
  spawnSync("ln", ["-s", path.join(root, "node_modules"), path.join(copy, "node_modules")]);
});
afterAll(() => rm(copy, { recursive: true, force: true }));

const build = (...args: string[]) => buildWith({}, ...args);
const buildWith = (env: Record<string, string>, ...args: string[]) => {
  const { status, stdout, stderr } = spawnSync("node", ["hubspot-project/build.ts", ...args], {
    cwd: copy,
    encoding: "utf8",
    env: { ...process.env, ...env },
  });
  return { status, stdout, stderr };
};

describe("the HubSpot project", () => {
  it("passes HubSpot's parser and bundler for every profile", () => {
    for (const profile of ["dev", "production"]) {
      const { status, stdout, stderr } = build("--profile", profile);
      expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
      for (const uid of ["touchstone_app", "touchstone_account_card", "touchstone_webhooks"])
        expect(stdout).toContain(uid);
      expect(stdout).toContain("React 18");
    }
  });

  it.each([
    ["dev", false],
    ["production", true],
  ])(
    "has workflow actions and the agent tool in the upload of %s with isPublished: %s",
    async (profile, isPublished) => {
      expect(build("--profile", profile).status).toBe(0);
      const components = await validateUpload(path.join(copy, "hubspot-project/build", profile), profile);
      const actions = components.filter(({ type }) => type === "WORKFLOW_ACTION");
      expect(actions.map(({ uid, config }) => [uid, config]).sort()).toEqual(
        ["account_plan", "enrol_in_play", "record_signal", "rescore_now"].map((name) => [
          `touchstone_${name}`,
          expect.objectContaining({ isPublished }),
        ]),
      );
    },
  );

  it("carries in each extension's folder the packages of ours that it takes: HubSpot's CLI packs them for the first folder only", async () => {
    expect(build("--profile", "dev").status).toBe(0);
    const app = path.join(copy, "hubspot-project/build/dev/src/app");
    for (const [folder, packages] of Object.entries({
      cards: ["shared"],
      pages: ["screens", "shared"],
      settings: ["screens", "shared"],
    })) {
      const { dependencies } = await readJson(app, folder, "package.json");
      const lock = await readJson(app, folder, "package-lock.json");
      expect(lock.packages[""].dependencies).toEqual(dependencies);
      for (const name of packages) {
        expect(dependencies[`@touchstone/${name}`]).toBe(`file:packages/${name}`);
        expect(lock.packages[`node_modules/@touchstone/${name}`].resolved).toBe(`packages/${name}`);
        expect(lock.packages[`packages/${name}`].name).toBe(`@touchstone/${name}`);
        expect((await readJson(app, folder, "packages", name, "package.json")).name).toBe(`@touchstone/${name}`);
      }
      expect(JSON.stringify([dependencies, lock])).not.toContain("../");
    }
  });

  it("has the app objects, with their scopes, only where the environment says that their names are granted", async () => {
    const built = path.join(copy, "hubspot-project/build/dev/src/app/app-hsmeta.json");
    const approved = buildWith({ APP_OBJECTS_APPROVED: "true", HUBSPOT_APP_ID: "16858319" }, "--profile", "dev");
    expect({ status: approved.status, stderr: approved.stderr }).toEqual({ status: 0, stderr: "" });
    for (const key of ["tier", "play", "buying_role"]) {
      expect(approved.stdout).toContain(`APP_OBJECT touchstone_${key}`);
      expect(approved.stdout).toContain(`APP_OBJECT_ASSOCIATION touchstone_${key}_to_companies`);
    }
    const { optionalScopes: asked } = (await readJson(built)).config.auth;
    expect(asked).toContain("crm.app.objects.a16858319_buying_role.edit");
    const without = build("--profile", "dev");
    expect(without.status).toBe(0);
    expect(without.stdout).not.toContain("APP_OBJECT");
    expect((await readJson(built)).config.auth.optionalScopes).toEqual([...optionalScopes]);
    const half = buildWith({ APP_OBJECTS_APPROVED: "true", HUBSPOT_APP_ID: "" }, "--profile", "dev");
    expect([half.status, half.stderr]).toEqual([1, expect.stringContaining("HUBSPOT_APP_ID")]);
  });

  it("has the bulk action only where the environment says that HubSpot's beta takes it", async () => {
    const actions = path.join(copy, "hubspot-project/build/dev/src/app/actions");
    const without = build("--profile", "dev");
    expect({ status: without.status, stderr: without.stderr }).toEqual({ status: 0, stderr: "" });
    expect(without.stdout).not.toContain("touchstone_bulk_action");
    await expect(readdir(actions)).rejects.toThrow("ENOENT");
    const taken = buildWith({ BULK_ACTIONS_BETA: "true" }, "--profile", "dev");
    expect({ status: taken.status, stderr: taken.stderr }).toEqual({ status: 0, stderr: "" });
    expect(taken.stdout).toContain("valid      CRM_BULK_ACTION touchstone_bulk_action");
    expect(taken.stdout).toMatch(/bundled {4}touchstone_bulk_action, [\d.]+ of at most 30 KB, React 18/);
    expect(await readdir(path.join(actions, "packages"))).toEqual(["screens", "shared"]);
  });

  it.each([
    ["cards/account-hsmeta.json", "crm.record.tab", "crm.record.nowhere", "location"],
    ["webhooks/webhooks-hsmeta.json", '"meeting_event"', '"meeting"', "objectType"],
  ])(
    "is refused when a component says something that HubSpot does not know: %s, not %s",
    async (name, right, wrong, field) => {
      const file = path.join(copy, "hubspot-project/src/app", name);
      const good = await readFile(file, "utf8");
      expect(good).toContain(right);
      await writeFile(file, good.replace(right, wrong));
      const { status, stderr } = build("--profile", "dev");
      await writeFile(file, good);
      expect(status).toBe(1);
      expect(stderr).toContain(field);
    },
  );

  it("names the profiles when asked for one that is not there", () => {
    const { status, stderr } = build("--profile", "moon");
    expect(status).toBe(1);
    expect(stderr).toContain("dev, production");
  });

  it("asks for the scopes that the server uses, and no others", async () => {
    const { auth } = (await read.app()).config;
    expect(auth.requiredScopes).toEqual([...requiredScopes]);
    expect(auth.optionalScopes).toEqual([...optionalScopes]);
  });

  it("never subscribes to what the app writes itself, nor twice to anything", async () => {
    const { crmObjects, legacyCrmObjects } = (await read.webhooks()).config.subscriptions;
    const subscriptions: Subscription[] = crmObjects;
    const written = new Set<string>(outputProperties.map(({ name }) => name));
    expect(subscriptions.filter(({ propertyName = "" }) => written.has(propertyName))).toEqual([]);
    const keys = subscriptions.map((one) => [one.subscriptionType, one.objectType, one.propertyName].join(" "));
    expect(new Set(keys).size).toBe(keys.length);
    expect(legacyCrmObjects).toEqual([]);
  });

  it("hears of every type that the mirror holds and that webhooks tell of, by the names that the stand-in takes too", async () => {
    const { crmObjects } = (await read.webhooks()).config.subscriptions;
    const names = [...new Set((crmObjects as Subscription[]).map(({ objectType }) => objectType))];
    const types = names.flatMap((name) => findSubscribedType(name)?.name ?? `nothing is called ${name}`);
    expect(types.sort()).toEqual(mirrorTypes.filter(isHeard).sort());
    expect(names.filter((name) => !webhookObjectTypes.includes(name))).toEqual([]);
  });

  it("hears of no property that the mirror does not read: each change of one would cost reads for nothing", async () => {
    const { crmObjects } = (await read.webhooks()).config.subscriptions;
    const ofModels = templateKeys.flatMap((key) => companyPropertiesOf(loadTemplate(key) ?? {}));
    const idle = (crmObjects as Subscription[]).filter(({ objectType, propertyName }) => {
      const type = mirrorTypes.find((one) => one === findSubscribedType(objectType)?.name);
      return propertyName !== undefined && type !== undefined && !propertiesOf(type, ofModels).includes(propertyName);
    });
    // Says that a person's company is another one: the link is read, not the property.
    expect(idle.map(({ propertyName }) => propertyName)).toEqual(["associatedcompanyid"]);
  });

  it("hears of every company property that a shipped model reads, so that its change is scored within seconds", async () => {
    const { crmObjects } = (await read.webhooks()).config.subscriptions;
    const heard = (crmObjects as Subscription[]).flatMap(({ objectType, propertyName }) =>
      objectType === "company" && propertyName ? [propertyName] : [],
    );
    const asked = templateKeys.flatMap((key) => companyPropertiesOf(loadTemplate(key) ?? {}));
    expect(asked).toContain("touchstone_business_model");
    expect(asked.filter((name) => !heard.includes(name))).toEqual([]);
  });

  it("hears of erased people", async () => {
    const { hubEvents } = (await read.webhooks()).config.subscriptions;
    expect(hubEvents).toContainEqual({ subscriptionType: "contact.privacyDeletion", active: true });
  });

  it("locks the cards' packages to what is tested here, without an address of a registry", async () => {
    const [{ dependencies }, lock, ours] = await Promise.all([
      read.cards("package.json"),
      read.cards("package-lock.json"),
      readJson(root, "package.json"),
    ]);
    expect(lock.packages[""].dependencies).toEqual(dependencies);
    for (const name of ["react", "@hubspot/ui-extensions"]) {
      expect(lock.packages[`node_modules/${name}`].version).toBe(ours.devDependencies[name]);
      expect(dependencies[name]).toBe(ours.devDependencies[name]);
    }
    expect(JSON.stringify(lock)).not.toContain("http");
  });
});

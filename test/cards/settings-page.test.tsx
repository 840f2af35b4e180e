import {
  Alert,
  Button,
  ErrorState,
  Form,
  Input,
  LoadingButton,
  LoadingSpinner,
  Tab,
  Tabs,
  Tag,
} from "@hubspot/ui-extensions";
import { afterEach, describe, expect, it } from "@jest/globals";
import type { ModelsView } from "../../shared/models-api.ts";
import { answerWith, refuseWith } from "./render-card.tsx";
import { mayChange, mayNot, renderSettings } from "./render-settings.tsx";
import { renderedText } from "./rendered-text.ts";

let shown: ReturnType<typeof renderSettings> | undefined;
const show = (...values: Parameters<typeof renderSettings>) => {
  shown = renderSettings(...values);
  return shown;
};
afterEach(() => shown?.close());

const active = { active: true, publishedAt: 1_795_000_000_000, publishedBy: null, note: null, version: 1 } as const;
const models: ModelsView = {
  active: [{ ...active, key: "playbook-100", name: "Playbook 100", purpose: "priority" }],
  versions: [{ ...active, key: "playbook-100", name: "Playbook 100", purpose: "priority" }],
  templates: [
    { key: "two-axis-100", name: "Two axes", purpose: "priority", description: "Fit and intent.", source: "row 19" },
  ],
};
const health = {
  figures: [{ label: "Waiting", value: "0", detail: "Nothing waits." }],
  sync: [
    { label: "Last live change written back", at: 1_795_000_000_000, never: "none" },
    { label: "Longest waiting", at: null, never: "nothing waits" },
  ],
  notices: [],
  failedWrites: [
    { id: "companies:1", name: "Acme", reason: "A rule of the portal refused it.", at: 1_795_000_000_000 },
  ],
  leastKnown: [],
  deadLetters: [],
  reconcile: null,
  kept: ["Events: 30 days"],
  leaving: { lost: ["All scores"], kept: ["Everything in HubSpot"] },
};

describe("the settings page", () => {
  it("says what it waits for while the first answer is on its way", () => {
    expect(show({}).page.find(LoadingSpinner).props.label).toBe("Reading your settings");
  });

  it("says that it is not set up when the upload named no server", () => {
    expect(show({}, {}).page.find(ErrorState).props.title).toBe("This page is not set up");
  });

  it("says why it cannot be read, and reads again when asked to", async () => {
    let isUp = false;
    const { page, shows } = show({
      "GET /api/settings/access": () =>
        isUp ? { ok: true, status: 200, json: async () => mayChange } : refuseWith(503, { message: "In a minute." }),
    });
    await shows("In a minute.");
    expect(page.find(ErrorState).props.title).toBe("Touchstone could not read your settings");
    isUp = true;
    page.find(LoadingButton).trigger("onClick");
    await page.waitFor(() => page.find(Tabs));
  });

  it("tells a person without permission so, with what the server said", async () => {
    const { page, shows } = show({ "GET /api/settings/access": () => refuseWith(403, { message: "Not for you." }) });
    await shows("Not for you.");
    expect(page.find(ErrorState).props).toMatchObject({ title: "You may not see this", type: "lock" });
  });

  it("shows everything read only, with one sentence why, to whoever did not connect the app", async () => {
    const { openTab, page, shows } = show({ "GET /api/settings/access": mayNot, "GET /api/settings/health": health });
    await shows("Only the person who connected it may.");
    expect(page.find(Alert).props.title).toBe("Read only");
    openTab("health");
    await shows("Disconnect and delete data");
    const writes = page
      .findAll(Button)
      .concat(page.findAll(LoadingButton))
      .map((button) => [renderedText(button), button.props.disabled]);
    expect(Object.fromEntries(writes)).toMatchObject({
      "Disconnect and delete data": true,
      "Compare with HubSpot now": true,
    });
  });

  it("has six sections, and only the open one asks the server", async () => {
    const { openTab, page, shows } = show({ "GET /api/settings/access": mayChange, "GET /api/models": models });
    await shows("row 19");
    expect(page.findAll(Tab).map(({ props }) => props.title)).toEqual([
      "Model",
      "Tiers and capacity",
      "Roles and messages",
      "Hot and cold",
      "Properties",
      "Health",
    ]);
    openTab("properties");
    await page.waitFor(() => expect(page.find(LoadingSpinner).props.label).toBe("Reading the properties"));
  });

  it.each([
    ["model", "Touchstone could not read the models", "/api/models"],
    ["tiers", "Touchstone could not read the tiers", "/api/tiers"],
    ["messages", "Touchstone could not read the roles", "/api/committee/settings"],
    ["rules", "Touchstone could not read the rules", "/api/settings/rules"],
    ["properties", "Touchstone could not read the properties", "/api/settings/properties"],
    ["health", "Touchstone could not read the health of this portal", "/api/settings/health"],
  ])("keeps the other sections when %s cannot be read", async (id, title, path) => {
    const { openTab, page, shows } = show({
      "GET /api/settings/access": mayChange,
      [`GET ${path}`]: () => refuseWith(500, { message: "Something went wrong on our side." }),
    });
    await page.waitFor(() => page.find(Tabs));
    openTab(id);
    await shows("Something went wrong on our side.");
    expect(page.find(ErrorState).props.title).toBe(title);
    expect(page.findAll(Tab)).toHaveLength(6);
  });

  it("tells how soon results come, what waits, when HubSpot last agreed, and that nothing failed", async () => {
    const { openTab, page, shows, text } = show({
      "GET /api/settings/access": mayChange,
      "GET /api/settings/health": { ...health, failedWrites: [], notices: ["Look at industry."] },
      "GET /api/portal/api-keys": { keys: [] },
    });
    await page.waitFor(() => page.find(Tabs));
    openTab("health");
    await shows("HubSpot took every result.");
    for (const part of [
      "Last live change written back 18 Nov 2026",
      "Longest waiting nothing waits",
      "Look at industry.",
      "Not compared yet",
      "A quarter of the priority model or more is known of every account.",
      "Events: 30 days",
    ])
      expect(text().replaceAll(/\s+/g, " ")).toContain(part);
  });

  it("says what its own words mean", async () => {
    const { openTab, page } = show({
      "GET /api/settings/access": mayChange,
      "GET /api/settings/rules": { rules: [] },
    });
    await page.waitFor(() => page.find(Tabs));
    openTab("rules");
    await page.waitFor(() => page.find(Tag));
    const said = page.findAll(Tag).map((tag) => [renderedText(tag), renderedText(tag.props.overlay ?? { text: "" })]);
    expect(Object.fromEntries(said)).toMatchObject({ band: expect.stringContaining("range of points") });
  });

  it("names what HubSpot refused by company and reason, and says what leaving loses and keeps before it asks", async () => {
    const { openTab, page, sent, shows } = show({
      "GET /api/settings/access": mayChange,
      "GET /api/settings/health": health,
      "GET /api/portal/api-keys": { keys: [] },
      "POST /api/portal/disconnect": { disconnected: "HubSpot is told within a minute." },
    });
    await page.waitFor(() => page.find(Tabs));
    openTab("health");
    await shows("A rule of the portal refused it.");
    await shows("There is no key yet.");
    const leave = page.find(Button, (node) => renderedText(node) === "Disconnect and delete data");
    const question = leave.props.overlay;
    if (!question) throw new Error("the button asks first");
    expect(renderedText(question)).toMatch(/Lost for ever.*All scores.*Stays in HubSpot.*Everything in HubSpot/);
    expect(sent("/api/portal/disconnect")).toEqual([]);
    question.find(Form).trigger("onSubmit");
    await page.waitFor(() => expect(sent("/api/portal/disconnect")).toEqual([{}]));
    await shows("HubSpot is told within a minute.");
  });

  it("shows a new key once, made under an id of its own", async () => {
    const key = { keyId: "a", label: "Feed", createdBy: "77", createdAt: 1, lastUsedAt: null, revokedAt: null };
    const { openTab, page, sent, shows } = show({
      "GET /api/settings/access": mayChange,
      "GET /api/settings/health": health,
      "GET /api/portal/api-keys": { keys: [] },
      "POST /api/portal/api-keys": { ...key, secret: "touchstone_secret" },
    });
    await page.waitFor(() => page.find(Tabs));
    openTab("health");
    await shows("There is no key yet.");
    page.find(Input).props.onInput?.("Feed");
    await page.waitFor(() => {
      const make = page.find(LoadingButton, (node) => renderedText(node) === "Make a key");
      expect(make.props.disabled).toBe(false);
    });
    page.find(LoadingButton, (node) => renderedText(node) === "Make a key").trigger("onClick");
    await shows("touchstone_secret");
    openTab("rules");
    await shows("Not saved: the key that is shown this once. Opening Hot and cold loses it.");
    expect(sent("/api/portal/api-keys")).toEqual([
      { label: "Feed", requestId: expect.stringMatching(/^page-[\w-]+$/) },
    ]);
  });

  it("makes one key when the answer was lost and the person presses again, and forgets its secret with the key", async () => {
    const key = { keyId: "a", label: "Feed", createdBy: "77", createdAt: 1, lastUsedAt: null, revokedAt: null };
    let attempts = 0;
    const { openTab, page, sent, shows, text } = show({
      "GET /api/settings/access": mayChange,
      "GET /api/settings/health": health,
      "GET /api/portal/api-keys": () => answerWith({ keys: attempts < 2 ? [] : [key] }),
      "POST /api/portal/api-keys": () => {
        attempts += 1;
        return attempts === 1
          ? refuseWith(504, { message: "It took too long." })
          : answerWith({ ...key, secret: `touchstone_secret_${attempts}` });
      },
      "POST /api/portal/api-keys/a/revoke": { ...key, revokedAt: 2 },
    });
    const make = () => page.find(LoadingButton, (node) => renderedText(node) === "Make a key");
    const type = async () => {
      page.find(Input).props.onInput?.("Feed");
      await page.waitFor(() => expect(make().props.disabled).toBe(false));
    };
    await page.waitFor(() => page.find(Tabs));
    openTab("health");
    await shows("There is no key yet.");
    await type();
    make().trigger("onClick");
    await shows("It took too long.");
    make().trigger("onClick");
    await shows("touchstone_secret_2");
    await shows("Last used");
    const ids = () => sent("/api/portal/api-keys").map((body) => (body as { requestId: string }).requestId);
    expect(new Set(ids()).size).toBe(1);
    const revoke = page.find(Button, (node) => renderedText(node) === "Revoke").props.overlay;
    if (!revoke) throw new Error("the button asks first");
    revoke.find(Form).trigger("onSubmit");
    await page.waitFor(() => expect(text()).not.toContain("touchstone_secret_2"));
    await type();
    make().trigger("onClick");
    await page.waitFor(() => expect(new Set(ids()).size).toBe(2));
  });
});

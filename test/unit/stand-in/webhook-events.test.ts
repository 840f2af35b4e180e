import { afterEach, describe, expect, it } from "@jest/globals";
import { appWith, portalId, startReceiver, startStandIn, startWithWebhooks, stopAll } from "./stand-in-under-test.ts";

afterEach(stopAll);

const nameChanges = [{ subscriptionType: "company.propertyChange", propertyName: "name" }];
const links = [{ subscriptionType: "contact.associationChange" }, { subscriptionType: "company.associationChange" }];
const updates = "/crm/objects/2026-09/companies/batch/update";

describe("What a webhook carries", () => {
  it("is only what the app subscribed to, in both styles", async () => {
    const subscriptions = [
      ...nameChanges,
      { subscriptionType: "object.propertyChange", objectType: "company", propertyName: "name" },
    ];
    const { standIn, receiver } = await startWithWebhooks(subscriptions);
    standIn.crm(portalId).update("companies", "101", { name: "New", city: "Ulm" });
    standIn.crm(portalId).update("companies", "101", { name: "New" });
    await standIn.webhooks.settled();
    const shared = {
      portalId,
      appId: 99,
      attemptNumber: 0,
      objectId: 101,
      changeSource: "CRM_UI",
      sourceId: "userId:501",
      propertyName: "name",
      propertyValue: "New",
      isSensitive: false,
    };
    expect(receiver.events()).toEqual([
      {
        ...shared,
        eventId: expect.any(Number),
        subscriptionId: 1000,
        occurredAt: expect.any(Number),
        subscriptionType: "company.propertyChange",
      },
      {
        ...shared,
        eventId: expect.any(Number),
        subscriptionId: 1001,
        occurredAt: expect.any(Number),
        subscriptionType: "object.propertyChange",
        objectTypeId: "0-2",
      },
    ]);
  });

  it.each([
    [true, "CREATED"],
    [false, "NEW"],
  ] as const)(
    "on a creation with createSendsPropertyChanges %s and changeFlag %s",
    async (createSendsPropertyChanges, createdChangeFlag) => {
      const subscriptions = [{ subscriptionType: "object.creation", objectType: "company" }, ...nameChanges];
      const { standIn, receiver } = await startWithWebhooks(subscriptions, {
        switches: { createSendsPropertyChanges, createdChangeFlag },
      });
      standIn.crm(portalId).create("companies", { name: "Cedar" });
      await standIn.webhooks.settled();
      const [created, ...rest] = receiver.events();
      expect(created).toMatchObject({
        subscriptionType: "object.creation",
        changeFlag: createdChangeFlag,
        objectTypeId: "0-2",
      });
      expect(rest).toHaveLength(createSendsPropertyChanges ? 1 : 0);
    },
  );

  it("covers activities through the generic style", async () => {
    const { standIn, receiver } = await startWithWebhooks([
      { subscriptionType: "object.creation", objectType: "meeting_event" },
    ]);
    standIn.crm(portalId).create("meetings", { hs_meeting_title: "Demo" }, [{ type: "contacts", id: "201" }]);
    await standIn.webhooks.settled();
    expect(receiver.events()).toMatchObject([{ subscriptionType: "object.creation", objectTypeId: "0-47" }]);
  });

  it("on deletion, restoring and a merge", async () => {
    const subscriptions = ["deletion", "restore", "merge", "creation"].map((kind) => ({
      subscriptionType: `company.${kind}`,
    }));
    const { standIn, receiver } = await startWithWebhooks(subscriptions);
    const crm = standIn.crm(portalId);
    crm.delete("companies", "101");
    crm.restore("companies", "101");
    const newId = Number(crm.merge("companies", "101", "102"));
    await standIn.webhooks.settled();
    expect(receiver.events()).toMatchObject([
      { subscriptionType: "company.deletion", objectId: 101, changeFlag: "DELETED" },
      { subscriptionType: "company.restore", objectId: 101 },
      {
        subscriptionType: "company.merge",
        primaryObjectId: 101,
        mergedObjectIds: [102],
        newObjectId: newId,
        numberOfPropertiesMoved: 0,
      },
    ]);
  });

  it("on a merge with mergeSendsCompanions also deletions and the creation", async () => {
    const subscriptions = ["deletion", "merge", "creation"].map((kind) => ({ subscriptionType: `company.${kind}` }));
    const { standIn, receiver } = await startWithWebhooks(subscriptions, { switches: { mergeSendsCompanions: true } });
    standIn.crm(portalId).merge("companies", "101", "102");
    await standIn.webhooks.settled();
    expect(
      receiver
        .events()
        .map(({ subscriptionType }) => subscriptionType)
        .sort(),
    ).toEqual(["company.creation", "company.deletion", "company.deletion", "company.merge"]);
  });

  it("on a link once per direction, and twice for a primary one", async () => {
    const { standIn, receiver } = await startWithWebhooks(links);
    const crm = standIn.crm(portalId);
    crm.associate({ type: "contacts", id: "203" }, { type: "companies", id: "101" });
    await standIn.webhooks.settled();
    expect(receiver.events()).toMatchObject([
      {
        subscriptionType: "contact.associationChange",
        associationType: "CONTACT_TO_COMPANY",
        fromObjectId: 203,
        toObjectId: 101,
        associationRemoved: false,
        isPrimaryAssociation: false,
      },
      {
        subscriptionType: "company.associationChange",
        associationType: "COMPANY_TO_CONTACT",
        fromObjectId: 101,
        toObjectId: 203,
      },
    ]);
    expect(receiver.events()[0]).not.toHaveProperty("objectId");
    crm.disassociate({ type: "contacts", id: "201" }, { type: "companies", id: "101" });
    await standIn.webhooks.settled();
    const removed = receiver.events().filter(({ associationRemoved }) => associationRemoved);
    expect(removed.map(({ associationType, isPrimaryAssociation }) => [associationType, isPrimaryAssociation])).toEqual(
      [
        ["CONTACT_TO_COMPANY", true],
        ["COMPANY_TO_CONTACT", true],
        ["CONTACT_TO_COMPANY", false],
        ["COMPANY_TO_CONTACT", false],
      ],
    );
  });

  it("on a link with associationEventsObjectId present and associationEventsTo bothSides", async () => {
    const switches = { associationEventsObjectId: "present", associationEventsTo: "bothSides" } as const;
    const { standIn, receiver } = await startWithWebhooks(
      [{ subscriptionType: "object.associationChange", objectType: "contact" }],
      { switches },
    );
    standIn.crm(portalId).associate({ type: "contacts", id: "203" }, { type: "companies", id: "101" });
    await standIn.webhooks.settled();
    expect(receiver.events()).toMatchObject([
      { associationType: "CONTACT_TO_COMPANY", objectId: 203, fromObjectTypeId: "0-1", toObjectTypeId: "0-2" },
      { associationType: "COMPANY_TO_CONTACT", objectId: 101 },
    ]);
  });

  it.each([
    ["privacyFirst", ["contact.privacyDeletion", "contact.deletion"]],
    ["deletionFirst", ["contact.deletion", "contact.privacyDeletion"]],
  ] as const)("on an erasure with privacyDeletionOrder %s in that order", async (privacyDeletionOrder, types) => {
    const subscriptions = [{ subscriptionType: "contact.privacyDeletion" }, { subscriptionType: "contact.deletion" }];
    const { standIn, receiver } = await startWithWebhooks(subscriptions, { switches: { privacyDeletionOrder } });
    standIn.crm(portalId).privacyDelete("201");
    await standIn.webhooks.settled();
    expect(receiver.events().map(({ subscriptionType }) => subscriptionType)).toEqual(types);
  });

  it.each([true, false])("with ownWriteEcho %s for the app's own writes", async (ownWriteEcho) => {
    const { standIn, receiver, call } = await startWithWebhooks(nameChanges, { switches: { ownWriteEcho } });
    await call("POST", updates, { inputs: [{ id: "101", properties: { name: "By the app" } }] });
    await standIn.webhooks.settled();
    const echo = { changeSource: "INTEGRATION", sourceId: "99", propertyValue: "By the app" };
    expect(receiver.events()).toMatchObject(ownWriteEcho ? [echo] : []);
  });

  it.each([true, false])("with uniqueEventIds %s carries such ids", async (uniqueEventIds) => {
    const { standIn, receiver } = await startWithWebhooks(nameChanges, { switches: { uniqueEventIds } });
    for (const id of ["101", "102"]) standIn.crm(portalId).update("companies", id, { name: "Same" });
    await standIn.webhooks.settled();
    expect(new Set(receiver.events().map(({ eventId }) => eventId)).size).toBe(uniqueEventIds ? 2 : 1);
  });

  it.each([false, true])("after an uninstall with webhooksAfterUninstall %s", async (webhooksAfterUninstall) => {
    const { standIn, receiver } = await startWithWebhooks(nameChanges, { switches: { webhooksAfterUninstall } });
    standIn.uninstall(portalId);
    standIn.crm(portalId).update("companies", "101", { name: "Later" });
    await standIn.webhooks.settled();
    expect(receiver.events()).toHaveLength(webhooksAfterUninstall ? 1 : 0);
  });

  it("is nothing before the app was let in", async () => {
    const receiver = await startReceiver();
    const webhooks = { targetUrl: receiver.url, maxConcurrentRequests: 10, subscriptions: nameChanges };
    const standIn = await startStandIn({ app: appWith({ webhooks }), webhookTiming: { collectMs: 1 } });
    standIn.crm(portalId).update("companies", "101", { name: "Early" });
    await standIn.webhooks.settled();
    expect(receiver.requests).toEqual([]);
  });
});

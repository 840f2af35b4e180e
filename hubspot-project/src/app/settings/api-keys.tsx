import { Alert, Input, Text } from "@hubspot/ui-extensions";
import { Answered } from "@touchstone/screens/answered.tsx";
import { ConfirmButton } from "@touchstone/screens/confirm-button.tsx";
import { Part } from "@touchstone/screens/part.tsx";
import { PlainTable } from "@touchstone/screens/plain-table.tsx";
import { type ApiKeyView, type CreatedApiKeyView, signalsApi } from "@touchstone/shared/signals-api.ts";
import { useState } from "react";
import { SaveRow } from "./save-row.tsx";
import { useSettings } from "./settings-context.ts";
import { useUnsaved } from "./unsaved.ts";
import { usePost } from "./use-post.ts";
import { useSection } from "./use-section.ts";

/** New for each key, the same until it is answered: a key whose answer was lost is not made a second time. */
const newRequestId = (): string => `page-${Date.now().toString(36)}-${Math.random().toString(36).slice(2, 12)}`;

/** Keys with which other systems send signals. */
export function ApiKeys() {
  const { access } = useSettings();
  const source = useSection<{ keys: readonly ApiKeyView[] }>(signalsApi.listKeys.path(), "keys");
  const write = usePost();
  const [label, setLabel] = useState("");
  const [requestId, setRequestId] = useState(newRequestId);
  const [made, setMade] = useState<CreatedApiKeyView | null>(null);
  useUnsaved("the key that is shown this once", made !== null);
  const create = async () => {
    const body = { label: label.trim(), requestId };
    const key = await write.post<CreatedApiKeyView>(
      signalsApi.createKey.path(),
      body,
      "secret",
      `The key ${body.label} is made.`,
    );
    if (key === null) return;
    setMade(key);
    setLabel("");
    setRequestId(newRequestId());
    source.refresh();
  };
  const forget = (keyId: string) => {
    setMade((key) => (key?.keyId === keyId ? null : key));
    source.refresh();
  };
  return (
    <Part
      title="Keys for other systems"
      text="With a key, another system sends what it observed: visits, intent, events."
    >
      {made === null ? null : (
        <Alert title={`Copy the key ${made.label} now: it is shown this once`} variant="success">
          {made.secret}
        </Alert>
      )}
      <Answered source={source} what="the keys">
        {({ keys }) => (keys.length === 0 ? <Text>There is no key yet.</Text> : <Keys keys={keys} revoked={forget} />)}
      </Answered>
      <Input
        label="Label of a new key"
        name="key-label"
        description="Who will use it, for example: intent feed"
        value={label}
        readOnly={!access.mayChange}
        onInput={setLabel}
      />
      <SaveRow write={write} label="Make a key" ready={label.trim() !== ""} save={create} />
    </Part>
  );
}

function Keys({ keys, revoked }: { keys: readonly ApiKeyView[]; revoked(keyId: string): void }) {
  const { access, format } = useSettings();
  const write = usePost();
  const revoke = async ({ keyId, label }: ApiKeyView) => {
    const done = await write.post(signalsApi.revokeKey.path(keyId), {}, "revokedAt", `The key ${label} is revoked.`);
    if (done !== null) revoked(keyId);
    return done !== null;
  };
  return (
    <PlainTable
      columns={["Key", "Made", "Last used", "End"]}
      rows={keys.map((key) => ({
        key: key.keyId,
        cells: [
          key.label,
          format.day(key.createdAt),
          key.lastUsedAt === null ? "never" : format.moment(key.lastUsedAt),
          key.revokedAt === null ? (
            <ConfirmButton
              key="revoke"
              id={`revoke-${key.keyId}`}
              label="Revoke"
              title={`Revoke the key ${key.label}?`}
              destructive
              small
              disabled={!access.mayChange}
              write={write}
              confirm={() => revoke(key)}
            >
              <Text>What is sent with it is refused from then on. What it sent before stays.</Text>
            </ConfirmButton>
          ) : (
            `revoked ${format.day(key.revokedAt)}`
          ),
        ],
      }))}
    />
  );
}

import {
  Button,
  ButtonRow,
  Form,
  List,
  LoadingButton,
  MultiSelect,
  Panel,
  PanelBody,
  PanelSection,
  useExtensionActions,
} from "@hubspot/ui-extensions";
import type { CommitteePersonView, RoleView } from "@touchstone/shared/committee-api.ts";
import { panelPath } from "@touchstone/shared/record-cards-api.ts";
import { useState } from "react";
import { Column } from "./column.tsx";
import { Small } from "./small.tsx";
import type { Server } from "./use-server.ts";
import { useWrite } from "./use-write.ts";

interface RolePanelProps {
  readonly person: CommitteePersonView;
  readonly choices: readonly RoleView[];
  readonly companyId: string;
  readonly server: Server;
  saved(): void;
}

export const rolePanelId = (personId: string): string => `touchstone-role-${personId}`;

/** Says what part somebody plays. Roles that HubSpot's own field names stay whatever is chosen here. */
export function RolePanel({ person, choices, companyId, server, saved }: RolePanelProps) {
  const { closeOverlay } = useExtensionActions<"crm.record.tab">();
  const [roles, setRoles] = useState<(string | number | boolean)[]>(() => person.roles.map(({ key }) => key));
  const { writing, write } = useWrite(server);
  const save = async () => {
    const body = { personId: person.personId, roles };
    const done = await write(panelPath(companyId, "committee/people"), body, `Saved what part ${person.name} plays.`);
    if (!done) return;
    closeOverlay(rolePanelId(person.personId));
    saved();
  };
  return (
    <Panel id={rolePanelId(person.personId)} title={`Role of ${person.name}`} width="sm">
      <PanelBody>
        <PanelSection>
          <Form onSubmit={() => void save()}>
            <Column gap="md">
              <MultiSelect
                label="Roles in the purchase"
                name="roles"
                description="None: the role is not known."
                options={choices.map(({ key, label }) => ({ value: key, label }))}
                value={roles}
                onChange={setRoles}
              />
              <Suggestions person={person} take={(role) => setRoles((ticked) => [...new Set([...ticked, role])])} />
              {person.rolesFrom.includes("crm") ? (
                <Small>HubSpot’s own field Buying Role names one too: change that one on the contact.</Small>
              ) : null}
              <ButtonRow>
                <LoadingButton variant="primary" type="submit" loading={writing}>
                  Save role
                </LoadingButton>
              </ButtonRow>
              <Small>The account is scored again at once.</Small>
              <CaresAbout choices={choices.filter(({ key }) => roles.includes(key))} />
            </Column>
          </Form>
        </PanelSection>
      </PanelBody>
    </Panel>
  );
}

function Suggestions({ person, take }: { person: CommitteePersonView; take(role: string): void }) {
  return (
    <>
      {person.suggestions.map(({ role, label, reason }) => (
        <Column key={role}>
          <Small>{reason}</Small>
          <ButtonRow>
            <Button size="sm" onClick={() => take(role)}>{`Take ${label.toLowerCase()}`}</Button>
          </ButtonRow>
        </Column>
      ))}
    </>
  );
}

/** What the message has to begin with (row 76). */
function CaresAbout({ choices }: { choices: readonly RoleView[] }) {
  const cares = choices.flatMap(({ label, caresAbout }) => (caresAbout === null ? [] : [`${label}: ${caresAbout}`]));
  if (cares.length === 0) return null;
  return (
    <List variant="unordered-styled">
      {cares.map((line) => (
        <Small key={line}>{line}</Small>
      ))}
    </List>
  );
}

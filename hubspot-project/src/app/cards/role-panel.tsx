import { Button, ButtonRow } from "@hubspot/ui-extensions";
import type { CommitteePersonView } from "@touchstone/shared/committee-api.ts";
import type { FormField } from "@touchstone/shared/form-fields.ts";
import { panelPath } from "@touchstone/shared/record-cards-api.ts";
import { Column } from "./column.tsx";
import { FormPanel } from "./form-panel.tsx";
import { Small } from "./small.tsx";
import type { Server } from "./use-server.ts";

interface RolePanelProps {
  readonly person: CommitteePersonView;
  readonly fields: readonly FormField[];
  readonly companyId: string;
  readonly server: Server;
  saved(): void;
}

/** Says what part somebody plays. Roles that HubSpot's own field names stay whatever is chosen here. */
export const RolePanel = ({ person, fields, companyId, ...rest }: RolePanelProps) => (
  <FormPanel
    // What was saved is what the form begins with the next time.
    key={JSON.stringify(person.answers)}
    id={`touchstone-role-${person.personId}`}
    title={`Role of ${person.name}`}
    form={{ fields, values: person.answers, note: person.answersNote }}
    yes="Save role"
    done={`Saved what part ${person.name} plays.`}
    path={panelPath(companyId, "committee/people")}
    also={{ personId: person.personId }}
    {...rest}
  >
    {({ roles }, change) =>
      person.suggestions.map(({ role, label, reason }) => (
        <Column key={role}>
          <Small>{reason}</Small>
          <ButtonRow>
            <Button
              size="sm"
              onClick={() => change("roles", [...new Set([...(Array.isArray(roles) ? roles : []), role])])}
            >{`Take ${label.toLowerCase()}`}</Button>
          </ButtonRow>
        </Column>
      ))
    }
  </FormPanel>
);
